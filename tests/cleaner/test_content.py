"""Find the content of a page."""

from __future__ import annotations

import re

import pytest

from quietpage.article import Page, Removed
from quietpage.cleaner.content import best_threshold, find_content
from quietpage.cleaner.document import parse
from quietpage.cleaner.metadata import read_metadata

STORY = [
    "The harbor at Lindholm froze on Tuesday for the first time in thirty years, and the ferries stayed at the quay.",
    "Fishermen broke the ice with poles before dawn, while children who had never seen it so thick walked out to them.",
    "“We waited for the icebreaker until noon,” said the harbor master, who keeps a diary of every winter since 1971.",
    "By the evening the wind had turned, and the first boats could leave again, though slowly and one after another.",
]
MENU = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in "news sport culture weather travel".split())
PAGE = f"""<html><head><title>The frozen harbor</title></head><body>
<header class="site-header"><nav class="menu"><ul>{MENU}</ul></nav></header>
<main><article class="post"><h1 class="entry-title">The frozen harbor</h1><div class="entry-content">
{"".join(f"<p>{paragraph}</p>" for paragraph in STORY)}
<figure><img src="/ice.jpg"></figure></div></article>
<div class="comments"><h3>Leave a comment</h3><form class="comment-form">
<p>Your email address will not be published.</p>
</form></div></main>
<aside class="sidebar widget"><h3>Most read</h3><ul>{MENU}</ul></aside>
<footer class="site-footer"><p>Copyright 2026 Site.
<a href="/terms">Terms</a> <a href="/imprint">Imprint</a></p></footer>
</body></html>"""


def find(html: str) -> tuple[str, list[Removed]]:
    removed: list[Removed] = []
    document = parse(html, "https://site.test/")
    metadata = read_metadata(document, Page(url=document.url, html=html))
    return find_content(document, metadata, removed).html, removed


def test_every_paragraph_of_the_story_is_found_in_order() -> None:
    html, _ = find(PAGE)
    assert [text for text in re.findall(r"<p>([^<]*)</p>", html) if text in STORY] == STORY


@pytest.mark.parametrize("clutter", ["Weather", "Most read", "Copyright 2026", "Your email address", "Leave a comment"])
def test_what_stands_around_the_story_is_cut(clutter: str) -> None:
    assert clutter not in find(PAGE)[0]


def test_every_cut_leaves_a_trace_with_its_reason() -> None:
    _, removed = find(PAGE)
    assert {piece.step for piece in removed} == {"content"}
    assert any("Weather" in piece.html and piece.reason == "in the page's head" for piece in removed)
    assert all(piece.reason for piece in removed)


def test_what_the_browser_did_not_display_is_no_content() -> None:
    html, removed = find(PAGE.replace("<p>Fishermen", "<p data-qp-hidden>Fishermen"))
    assert "Fishermen" not in html
    assert any(piece.reason == "hidden on the page" for piece in removed)


def test_a_page_that_displays_nothing_else_gives_what_it_did_not_display() -> None:
    html, _ = find(PAGE.replace("<body>", "<body data-qp-hidden>").replace("<main>", "<main data-qp-hidden>"))
    assert STORY[0] in html


def test_pictures_among_the_content_stay() -> None:
    assert "/ice.jpg" in find(PAGE)[0]


def test_a_page_without_text_has_no_content() -> None:
    assert find("<body><img src=a></body>")[0] == ""


def test_the_threshold_is_where_the_expected_f1_is_best() -> None:
    assert best_threshold([(0.9, 100, 0), (0.8, 100, 1), (0.1, 100, 2)]) == 0.8


def test_a_paragraph_that_begins_in_an_inline_element_is_whole() -> None:
    html, _ = find(f'<body><div class="entry-content"><b class="dateline">Lindholm</b> {" ".join(STORY)}</div></body>')
    assert "Lindholm" in html
    assert STORY[-1] in html
