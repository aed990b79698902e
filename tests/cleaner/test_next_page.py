from __future__ import annotations

import pytest

from quietpage import clean

STORY = "<p>" + "The ferry left the harbour at dawn, and nobody on the pier said a word about it. " * 6 + "</p>"


def next_of(url: str, *links: str) -> str | None:
    """Where the article at ``url`` goes on, if it has these links."""
    anchors = "".join(f'<a href="{link}">on</a> ' for link in links)
    page = f"<title>The ferry</title><article><h1>The ferry</h1>{STORY * 3}</article><p>{anchors}</p>"
    return clean(page, url).next_page


@pytest.mark.parametrize(
    ("here", "link", "found"),
    [
        ("https://example.org/ferry", "/ferry/2", "https://example.org/ferry/2"),
        ("https://example.org/ferry/", "/ferry/2/", "https://example.org/ferry/2/"),
        ("https://example.org/ferry.html", "ferry-2.html", "https://example.org/ferry-2.html"),
        ("https://example.org/ferry.html", "ferry_p2.html", "https://example.org/ferry_p2.html"),
        ("https://example.org/ferry", "?page=2", "https://example.org/ferry?page=2"),
        ("https://example.org/ferry?id=7", "?id=7&amp;page=2", "https://example.org/ferry?id=7&page=2"),
        ("https://example.org/ferry?page=2", "?page=3#top", "https://example.org/ferry?page=3"),
        ("https://example.org/ferry/seite-2", "/ferry/seite-3", "https://example.org/ferry/seite-3"),
    ],
)
def test_an_article_goes_on_where_its_address_counts_on(here: str, link: str, found: str) -> None:
    assert next_of(here, "/", "/harbour", link) == found


@pytest.mark.parametrize(
    ("here", "link"),
    [
        ("https://example.org/ferry", "/harbour/2"),
        ("https://example.org/ferry", "/ferry/3"),
        ("https://example.org/ferry", "/ferry/comment-page-2"),
        ("https://example.org/news/12", "/news/13"),  # another article
        ("https://example.org/ferry", "https://example.net/ferry/2"),
        ("https://example.org/ferry?page=2", "?page=1"),
        ("https://example.org/ferry", "javascript:go(2)"),
        ("https://example.org/ferry", "http://[/ferry/2"),
    ],
)
def test_what_only_ends_with_a_number_is_no_next_page(here: str, link: str) -> None:
    assert next_of(here, link) is None
