"""What holds for every page: clean() raises only NotAnArticle, invents and loses no word, lets clean pages be."""

from __future__ import annotations

import re
from itertools import accumulate, combinations
from pathlib import Path

import pytest
from benchmarks.figures import html_text
from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quietpage import Article, NotAnArticle, clean
from quietpage.cleaner.document import parse
from quietpage.cleaner.sanitize import sanitize
from quietpage.cleaner.text import INVISIBLE
from quietpage.cleaner.tidy.node import BLOCKS

PART_WORDS = BLOCKS | {"br", "hr", "fieldset", "legend"}
APART = ["script", "style", "template", "svg", "iframe", "video", "select", "option", "title", "rt", "rp"]
URL = "https://example.org/news/rain"
PAGES = Path(__file__).resolve().parent.parent / "pages"
# The same pages on every run; a page may take its time on a busy machine.
EVERY = settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None
)

TAGS = (
    "p div span a ul ol li h1 h2 h3 table tr td th caption figure figcaption img blockquote pre code br hr em strong "
    "section article aside nav header footer main form button input select option iframe video dl dt dd details "
    "summary math mi svg script style noscript template title base meta b i font center x-widget ruby rt sup"
).split()
NAMES = "comment share related caption byline ad newsletter author content article entry player tags lang-c".split()
SPOKEN = "rain river dam the of See also Share By 7 May 2024 é 雨が降った مطر \u00ad \ufffd".split(" ")
WORDS = st.sampled_from([*SPOKEN, "&amp;", "&lt;b&gt;", "<", ">", '"', "'", "]]>"])
TEXT = st.lists(WORDS, max_size=30).map(" ".join)
ATTRIBUTE = st.one_of(
    st.sampled_from(NAMES).map(lambda name: f'class="{name}"'),
    st.sampled_from(NAMES).map(lambda name: f"id={name}"),
    st.sampled_from(
        ["href=#a", 'href="/b"', "href=javascript:x", 'href="http://["', "src=x.png", "src=data:,", "hidden"]
    ),
    st.sampled_from(
        ["colspan=2", "style=display:none", "lang=de", "dir=rtl", 'srcset="a 1x, b 2x"', "onclick=x()", "='"]
    ),
)


def opened(tag: str, attributes: list[str], text: str, closed: bool) -> str:
    """One element with its text; not every page closes what it opens."""
    return f"<{' '.join([tag, *attributes])}>{text}" + (f"</{tag}>" if closed else "")


PIECE = st.builds(opened, st.sampled_from(TAGS), st.lists(ATTRIBUTE, max_size=3), TEXT, st.booleans())
SOUP = st.lists(st.one_of(PIECE, PIECE, TEXT, st.sampled_from([f"</{tag}>" for tag in TAGS])), max_size=40).map("".join)
SENTENCE = "The river rose all night, and by the morning the lower fields were gone under water."
PARAGRAPHS = (
    f"<p>{SENTENCE} {SENTENCE}</p><p>It fell again on Sunday, and the sheep were driven back to the fields.</p>"
)
STORY = st.lists(
    st.one_of(
        st.just(f"<p>{SENTENCE} {SENTENCE} It fell again.</p>"),
        st.just(
            "<h2>What the gauge said</h2><p>At noon it stood at four metres, the highest mark in ninety years.</p>"
        ),
        st.just("<ul><li>The mill was shut, and its men were sent home.</li><li>The school was not shut.</li></ul>"),
        st.just("<blockquote><p>“We have seen worse,” said the miller, who had not.</p></blockquote>"),
        st.just("<pre><code>level = 4.0\n  if level > 3:\n    warn()</code></pre>"),
    ),
    max_size=8,
).map(lambda pieces: PARAGRAPHS + "".join(pieces))


def cleaned(html: str | bytes) -> Article:
    """The article, or what remains of a page that holds none."""
    try:
        return clean(html, URL)
    except NotAnArticle as nothing:
        return nothing.remains


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", INVISIBLE.sub("", text)))


def removed_words(article: Article) -> set[str]:
    return words(" ".join(html_text(piece.html) for piece in article.removed))


@EVERY
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_page(page: bytes) -> None:
    assert isinstance(cleaned(page).text, str)


@EVERY
@given(st.text(max_size=1_000))
def test_any_text_is_a_page(page: str) -> None:
    assert isinstance(cleaned(page).text, str)


@EVERY
@given(SOUP)
def test_what_is_shown_passes_the_sanitiser_unchanged(page: str) -> None:
    html = cleaned(page).html
    assert sanitize(html) == html


@pytest.mark.parametrize(
    "page",
    [f"<h2>{SENTENCE}<x-day><h2>It fell", f"<p>{SENTENCE}<x-day><p>It fell", f"{SENTENCE}<pre><x-code>\n<img>"],
)
def test_what_an_unknown_element_held_apart_passes_the_sanitiser_unchanged(page: str) -> None:
    html = cleaned(page).html
    assert sanitize(html) == html


@settings(EVERY, max_examples=400)
@given(SOUP, STORY)
def test_no_word_is_invented(page: str, story: str) -> None:
    """Every word is one of the page's, or made of pieces that nothing but inline tags parts there."""
    html = f"{page}{story}"
    forms = (html, html.replace("template", "div"))  # a template is read where the page shows nothing
    known = set().union(*(words_that_may_be_read(form) for form in forms))
    assert sorted(words(cleaned(html).text) - known) == []


def words_that_may_be_read(page: str) -> set[str]:
    """The words of a page: whole, and each run of their pieces where inline tags part them; soft hyphens are none.

    What is not shown, or not in its place, stands apart, and what is around it runs on. What only browsers without
    scripts show, or what is hidden, is read both ways: it may be all that the page holds.
    """
    soup = BeautifulSoup(parse(page, URL).body, "html.parser")
    lines: list[list[str]] = []
    for aside in (APART, ["noscript"], lambda tag: tag.has_attr("hidden") or tag.has_attr("style")):
        lines += [line for found in soup.find_all(aside) for line in lines_of(found.extract())]
        lines += lines_of(soup)
    return {word for line in lines for word in runs_of_pieces(line)}


def lines_of(root: Tag) -> list[list[str]]:
    """The texts in an element, those between two tags that are not inline together."""
    lines: list[list[str]] = [[]]
    waiting: list[PageElement | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            lines.append([])
        elif isinstance(node, Tag):
            edge = [None] if node.name in PART_WORDS else []
            waiting += [*edge, *reversed(node.contents), *edge]
        elif not isinstance(node, Comment):
            lines[-1].append(INVISIBLE.sub("", str(node)))
    return lines


def runs_of_pieces(line: list[str]) -> set[str]:
    """The words of a line, and of each run of its pieces that are one word there."""
    ends = set(accumulate(map(len, line), initial=0))
    found = set()
    for word in re.finditer(r"\w+", "".join(line)):
        joints = [word.start(), *sorted(end for end in ends if word.start() < end < word.end()), word.end()]
        found |= {word.string[begin:end] for begin, end in combinations(joints, 2)}
    return found


def test_words_around_a_block_that_is_cut_stay_apart() -> None:
    assert "rainrain" not in cleaned(f'rain<p class="comment">river</p>rain{PARAGRAPHS}').text


@EVERY
@given(STORY)
def test_the_paragraphs_of_a_story_stay(story: str) -> None:
    """A judge that has learned from pages may leave out a short line, not a paragraph of prose."""
    article = clean(f"<title>Rain</title><h1>Rain</h1><div>{story}</div>", URL)
    paragraphs = [" ".join(found.split()) for found in re.findall(r"<p>([^<]{60,})</p>", story)]
    assert [paragraph for paragraph in paragraphs if paragraph not in article.text] == []


@EVERY
@given(STORY)
def test_what_is_left_out_of_a_story_is_recorded(story: str) -> None:
    article = clean(f"<title>Rain</title><h1>Rain</h1><div>{story}</div>", URL)
    assert words(html_text(story)) <= words(article.text) | removed_words(article)


@pytest.mark.parametrize("name", sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir()))
def test_a_clean_page_stays_as_it_is(name: str) -> None:
    article = clean((PAGES / name / "source.html").read_bytes(), URL)
    again = clean(f"<title>{article.title}</title><article><h1>{article.title}</h1>{article.html}</article>", URL)
    assert again.text == article.text
    assert prose(again.html) == prose(article.html)


def prose(html: str) -> str:
    """Clean HTML without line breaks."""
    return re.sub(r"\s*\n\s*", "", html)
