"""No page deceives the pass that caps its depth: what it lets through, the parser nests no deeper."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from quietpage.cleaner import depth
from quietpage.cleaner.depth import MAX_DEPTH, MAX_LEFT_OPEN, cap_depth, capped, nests_well

NAMES = (
    "div p span b i a font li ul ol dl dd table tbody tr td th caption template button object select option form "
    "h1 h2 section nobr ruby rt svg math g mi foreignObject desc title style script textarea noscript iframe "
    "br img input link source body html head applet marquee pre center code article xmp noembed search dialog "
    "menu summary details hgroup main colgroup col frameset image nav figure aside header address"
).split()
TAGS = st.builds(
    "<{}{}{}>".format,
    st.sampled_from(["", "", "", "/", "/"]),
    st.sampled_from(NAMES),
    st.sampled_from(["", "", " a=1", "/"]),
)
MARKUP = "<!--> <!-- --> --!> <!x </ <![CDATA[ ]]> < </ > word &lt; <DIV> </Div> </titlex> <script><!--<script>".split()
QUOTES = ["<i a='", '<i a="', '"', "'", "<i ", '<i ="', "<i a=", "<? ", "<i a=/>", "<i a= />", '<i a=b"/>']
SPACES = ["<b\x0b>", "</b\x0b>", "</p\xa0>", "<lin\u212a>", "<font a=1>", "<font a=2>", "<b a=3>", "<!doctype html>"]
ODDITIES = st.sampled_from([*MARKUP, *QUOTES, *SPACES])
PIECES = st.lists(st.one_of(TAGS, TAGS, TAGS, ODDITIES), min_size=1, max_size=8).map("".join)
NESTED = st.recursive(
    st.sampled_from(["", "word", "<br>", "<svg><path/></svg>", "<!-- -->", "<script><!--<script></script>"]),
    lambda inner: (
        st.builds("<{0}{2}>{1}</{0}>".format, st.sampled_from(NAMES), inner, st.sampled_from(["", " a=1", "/"]))
        | st.builds("{}{}".format, inner, inner)
    ),
    max_leaves=6,
)
SHALLOW = 8
SLACK = 22  # what the parser adds by itself (html, body, tbody, tr …), and formatting that it opens again


def depth_of(html: str) -> int:
    """How deep the parser nests it."""
    deepest, waiting = 0, [(LexborHTMLParser(html).root, 1)]
    while waiting:
        node, level = waiting.pop()
        while node is not None:
            deepest = max(deepest, level if node.is_element_node else 0)
            if node.first_child is not None:
                waiting.append((node.first_child, level + 1))
            node = node.next
    return deepest


@settings(max_examples=400, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(PIECES, PIECES)
def test_no_order_of_tags_deceives_the_cap(before: str, unit: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(depth, "MAX_DEPTH", SHALLOW)
        patch.setattr(depth, "MAX_LEFT_OPEN", 4)
        assert depth_of(capped(before + unit * 60)) <= SHALLOW + SLACK


@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(NESTED)
def test_what_is_written_as_nesting_well_nests_no_deeper(unit: str) -> None:
    html = unit * 60
    assert not nests_well(html) or depth_of(html) <= html.count("<") // 60 + SLACK


@pytest.mark.parametrize(
    "unit",
    [
        "<span><div></span>",
        "<li><ul></li>",
        "<b><div></b>",
        "<a><i></a>",
        "<form><div></form>",
        "<noscript><div></noscript>",
        "<div><table><td></div>",
        "<div><div></body><body>",
        "<div><? </div>",
        "<math><mi><div></math>",
        "<svg><g><![CDATA[></g>]]>",
        "<p><section></p>",
        "<dd><address><dd><ol></address>",
        "<svg><main/></p>",
        "<ruby><p><rt>",
        "</p><p><math><dl><div>",
        "<h1><nav></h2><aside></h1>",
        "<pre></template><a><template><marquee>",
        "<table><td><b><object><div></td></table></b>",
        "<ruby><li><rt><div></li>",
        "<form><li></form><div></li>",
    ],
)
def test_an_end_tag_that_closes_nothing_does_not_hide_the_depth(unit: str) -> None:
    assert depth_of(cap_depth(unit * 6000)) <= 2 * MAX_DEPTH


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!-->", "-->"),
        ("<!-- --!>", "-->"),
        ('<x ">', '<y ">'),
        ('<x =">', '<y ">'),
        ("<title></titlex><script></title>", "</script>"),
        ("<script><!--<script></script><title></script>", "</title>"),
        ("<svg><style>", "</style>"),
    ],
)
def test_what_only_looks_like_text_does_not_hide_the_depth(before: str, after: str) -> None:
    assert depth_of(capped(f"{before}{'<div>' * 3000}{after}")) <= MAX_DEPTH + SLACK


@pytest.mark.parametrize("parent", ["p", "div", "li", "section"])
def test_formatting_left_open_is_not_opened_again_without_end(parent: str) -> None:
    html = "".join(f"<{parent}><font size={n}>word{n}</{parent}>" for n in range(2000))
    assert len(LexborHTMLParser(cap_depth(html)).css("font")) < 2000 * (MAX_LEFT_OPEN + 2)


def test_formatting_left_open_here_and_there_stays_as_it_is() -> None:
    html = "<p><b>bold</p>" * 10 + "<p>words</p>" * 10
    assert capped(html) == html


def test_bodies_without_end_are_left_out() -> None:
    html = "".join(f"<body a{n}> word{n} " for n in range(20_000))
    assert cap_depth(html).count("<body") == 16
    assert [word for word in cap_depth(html).split() if word.startswith("word")] == [f"word{n}" for n in range(20_000)]


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>one<li><p>two<li>three</ul>" * 400,
        "<dl><dt>a<dd>b<dt>c<dd>d</dl>" * 400,
        "<table><tr><td>1<td>2<tr><td>3</table>" * 400,
        "<p>one<p>two<div>three</div></p>" * 400,
        '<svg><desc>x</desc><g><path d="M0"/></g></svg><p>y</p>' * 400,
        "<button><svg><use/></svg>b</button>" * 400,
        "<p><math><mrow><mi>x</mi><mo>=</mo></mrow></math></p>" * 400,
        "<form><p>one</p><input><input></form>" * 400,
        "<table><tr><td><a name=a>x<td><b>y</table>" * 10,
    ],
)
def test_what_people_write_is_not_taken_for_deep(html: str) -> None:
    """End tags that may be left out, foreign elements, and what is closed in another order."""
    assert capped(html) == html
