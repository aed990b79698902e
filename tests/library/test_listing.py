"""Lists in an order a person chose, a page at a time, while articles arrive."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from quietpage.article import Article, Page
from quietpage.library.library import BadCursor, Library
from quietpage.library.listing import SORTS, Sort


def keep(library: Library, number: int, words: int, year: int | None) -> int:
    published = datetime(year, 1, 1, tzinfo=UTC) if year else None
    article = Article(f"https://site.test/{number}", f"T{number}", "", f"tide {number}", published_at=published)
    article = Article(
        article.url, article.title, "<p>", article.text, published_at=published, word_count=words, language="en"
    )
    return library.save(article, Page(article.url, "<p>")).id


@pytest.fixture
def three(library: Library) -> list[int]:
    return [keep(library, 0, 300, 2024), keep(library, 1, 100, None), keep(library, 2, 200, 2025)]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("saved", [2, 1, 0]), ("published", [2, 0, 1]), ("longest", [0, 2, 1]), ("shortest", [1, 2, 0])],
)
@pytest.mark.parametrize("query", ["", "tide", "is:unread", "tide is:unread"])
def test_a_list_is_in_the_order_asked_for(
    library: Library, three: list[int], query: str, sort: Sort, order: list[int]
) -> None:
    hits = library.search(query, sort=sort)
    assert [hit.id for hit in hits.hits] == [three[place] for place in order]
    assert hits.total == 3


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", ["", "tide", "is:unread"])
def test_pages_do_not_shift_while_articles_arrive(library: Library, three: list[int], query: str, sort: Sort) -> None:
    expected = [hit.id for hit in library.search(query, sort=sort).hits]
    first = library.search(query, sort=sort, limit=1)
    keep(library, 9, {"longest": 900, "shortest": 1}.get(sort, 5), 2026)
    second = library.search(query, sort=sort, limit=2, cursor=first.next_cursor)
    assert [hit.id for hit in (*first.hits, *second.hits)][:3] == expected


def test_a_misspelt_word_is_corrected_in_any_order(library: Library) -> None:
    article = Article("https://site.test/x", "Lighthouses", "<p>", "lighthouses")
    library.save(article, Page(article.url, "<p>"))
    hits = library.search("lighthuoses", sort="longest")
    assert (hits.total, hits.corrected) == (1, "lighthouses")


def test_a_cursor_of_another_list_is_refused(library: Library, three: list[int]) -> None:
    cursor = library.search("is:unread", limit=1).next_cursor
    with pytest.raises(BadCursor):
        library.search("", sort="longest", cursor=cursor)
    with pytest.raises(BadCursor):
        library.search("tide", cursor=cursor)
