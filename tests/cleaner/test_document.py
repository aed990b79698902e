"""The whole page, parsed and read into elements and blocks."""

from __future__ import annotations

from html import escape

import pytest

from quietpage.cleaner.depth import MAX_DEPTH, cap_depth
from quietpage.cleaner.document import Document, parse
from quietpage.cleaner.written_tags import class_words

URL = "https://site.test/2026/story"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def read(body: str) -> Document:
    return parse(f"<html><body>{body}</body></html>", URL)


def test_block_elements_break_the_text_and_inline_ones_do_not() -> None:
    assert texts(read("<p>One <b>bold</b> word.</p>loose<div>Two</div>")) == ["One bold word.", "loose", "Two"]


def test_two_line_breaks_end_a_paragraph_and_one_is_a_space() -> None:
    assert texts(read("<div>a<br>b<br> <br>c</div>")) == ["a b", "c"]


def test_entities_are_text() -> None:
    assert texts(read("<p>5 &lt; 6 &amp;&amp; 7&nbsp;&gt; 6 &amp;lt;</p>")) == ["5 < 6 && 7 > 6 &lt;"]


@pytest.mark.parametrize("tag", ["script", "style", "template", "select", "textarea", "video", "noframes", "object"])
def test_what_is_no_text_of_the_page_is_not_read(tag: str) -> None:
    assert texts(read(f"<p>before</p><{tag}><b>not me</b></{tag}><p>after</p>")) == ["before", "after"]


def test_text_shown_as_it_is_written_does_not_pass_for_tags() -> None:
    assert texts(read("<p>a</p><xmp><b> & </xmp><p>c</p>")) == ["a", "<b> &", "c"]


def test_a_frame_keeps_its_place_and_loses_what_stands_in_it() -> None:
    document = read('<p>a</p><iframe src="/v"><p>"not me</p></iframe><p>b</p>')
    assert texts(document) == ["a", "b"]
    assert '<iframe src="/v"></iframe>' in document.body


def test_elements_add_up_what_their_blocks_say() -> None:
    document = read('<div class="story"><p>12345</p><p><a href="/x">123</a></p></div>')
    story = next(element for element in document.elements if element.class_name == "story")
    assert (story.chars, story.link_chars, story.blocks, story.children) == (8, 3, 2, 2)


def test_an_element_knows_its_place_in_the_html() -> None:
    document = read('<div id="a"><p>one</p></div><p>two</p>')
    element = next(element for element in document.elements if "#a" in element.description or element.tag == "div")
    assert document.html(element) == '<div id="a"><p>one</p></div>'


def test_attributes_with_angle_brackets_and_quotes_are_read_as_one_tag() -> None:
    assert texts(read("<p title='a > b \"c\" <i>'>kept</p>")) == ["kept"]


def test_a_quote_in_an_attribute_name_does_not_swallow_what_follows() -> None:
    document = read('<div><a href="/x?t="Hand-Written" text"">link</a> after</div><p>next</p>')
    assert texts(document) == ["link after", "next"]
    assert all(document.html(element).endswith(f"</{element.tag}>") for element in document.elements)


@pytest.mark.parametrize("how", ["hidden", 'aria-hidden="true"', 'style="color:red; display : none"'])
def test_hidden_elements_are_marked_with_all_they_hold(how: str) -> None:
    assert [block.element.place.hidden for block in read(f"<div {how}><p>a</p></div><p>b</p>").blocks] == [True, False]


def test_what_the_browser_did_not_display_is_marked() -> None:
    document = read("<div data-qp-hidden><p>a</p></div><p>b</p>")
    assert [block.element.place.not_displayed for block in document.blocks] == [True, False]


def test_class_names_fall_into_words() -> None:
    assert class_words("postMeta related-posts col2") == ("post", "meta", "related", "posts", "col")


def test_facts_are_read_before_scripts_are_struck() -> None:
    document = parse(
        '<head><meta property="og:Title" content=" T "><base href="/sub/">'
        '<script type="application/ld+json">{"a": 1}</script></head><body><p>x',
        URL,
    )
    assert '<meta property="og:Title" content=" T ">' in document.head()
    assert list(document.json_ld()) == ['{"a": 1}']
    assert document.base_url == "https://site.test/sub/"


def test_a_page_without_anything_has_no_blocks() -> None:
    assert parse("", URL).blocks == []


def test_depth_is_capped_and_no_word_is_lost() -> None:
    deep = "<div>" * 5000 + "deepest" + "</div>" * 5000 + "<p>after</p>"
    capped = cap_depth(deep)
    assert capped.count("<div>") == MAX_DEPTH
    assert texts(parse(deep, URL)) == ["deepest", "after"]


def test_a_page_of_ordinary_depth_stays_as_it_is() -> None:
    flat = "<p>text" * 5000
    assert cap_depth(flat).count("<p>") == 5000


def test_a_hundred_thousand_nested_tags_keep_every_word() -> None:
    deep = "".join(f"<span>w{n} " for n in range(100_000))
    assert " ".join(texts(parse(deep, URL))).split() == [f"w{n}" for n in range(100_000)]


def test_fifty_thousand_siblings_are_read() -> None:
    assert len(parse("<p>a</p>" * 50_000, URL).blocks) == 50_000


def test_a_megabyte_of_text_is_one_block() -> None:
    document = read("<p>" + "word " * 200_000 + "</p>")
    assert [block.chars for block in document.blocks] == [999_999]


def test_a_stray_quote_in_a_tag_swallows_no_text() -> None:
    document = read('<p><img alt="a"b" src="x.png"> first</p><p class="c""d">second</p><p>third</p>')
    assert texts(document) == ["first", "second", "third"]


def test_end_tags_in_attributes_and_comments_do_not_hide_the_depth() -> None:
    for opener in ('<div title="</div>">', "<div><!--</div>-->", "<x-y>"):
        assert cap_depth(opener * 20_000).count(opener[:4]) == MAX_DEPTH, opener


LINKS = "".join(f'<li><a href="/{n}">Part {n}</a></li>' for n in range(5))


@pytest.mark.parametrize("tag", ['div class="main-menu"', 'div id="footer"', 'ul role="navigation"', "aside", "nav"])
def test_chrome_that_holds_little_but_links_is_not_read(tag: str) -> None:
    name = tag.partition(" ")[0]
    document = parse(f"<p>Before.</p><{tag}><ul>{LINKS}</ul></{name}><p>After.</p>", URL)
    assert [block.text for block in document.blocks] == ["Before.", "After."]
    assert [document.html(element)[: len(tag) + 1] for element in document.chrome] == [f"<{tag}"]
    document.read(all_of_it=True)
    assert len(document.blocks) == 7


@pytest.mark.parametrize(
    "inner", [f"<h1>The title</h1><ul>{LINKS}</ul>", "<p>Prose.</p>" * 8 + LINKS, '<a href="/">One link</a> in it.']
)
def test_what_is_only_called_chrome_is_read(inner: str) -> None:
    assert not parse(f'<div class="sidebar">{inner}</div>', URL).chrome


@pytest.mark.parametrize(("kind", "source"), [("math/tex", "a < b & c"), ("math/tex; mode=display", "\\frac{a}{b}")])
def test_a_formulas_source_in_a_script_becomes_an_element_that_is_not_read(kind: str, source: str) -> None:
    document = parse(f'<p>so <script type="{kind}">{source}</script> it is</p><script>run()</script>', URL)
    assert f'<math-script type="{kind}">{escape(source)}</math-script>' in document.body
    assert [block.text for block in document.blocks] == ["so it is"]
    assert "run" not in document.body
