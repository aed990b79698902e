"""Filters of the search language, asked of a library."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from quietpage.article import Article, Page
from quietpage.library import database, schema
from quietpage.library.library import Library

from .test_query import PIECES

FRAGMENTS = [*PIECES, "boats ", "-kn"]


def keep(library: Library, number: int, text: str, **facts: object) -> int:
    url = str(facts.pop("url", f"https://www.harbor.example/{number}"))
    captured = datetime(2026, number, 10, 12, tzinfo=UTC)
    article = Article(url=url, **{"title": f"Title {number}", "html": f"<p>{text}</p>", "text": text, **facts})  # type: ignore[arg-type]
    return library.save(article, Page(url, text, captured_at=captured)).id


@pytest.fixture
def kept(library: Library) -> Library:
    """Three articles: 1 on boats, 2 on boats and knots, 3 on knots."""
    keep(library, 1, "boats", language="en", byline="Ada Lin", html="<p>boats</p><img src=a>", word_count=100)
    keep(library, 2, "boats and knots", language="en-GB", html="<pre>knots</pre>", word_count=2500)
    published = datetime(2025, 5, 5, 23, tzinfo=UTC)
    address = "https://news.shore.example/3"
    keep(library, 3, "knots", url=address, title="京都 boats", site="The Shore", byline="山田", published_at=published)
    db = library._database()
    db.execute("update articles set state = 'read', favorite = 1 where id = 2")
    db.execute("insert into tags (id, name) values (1, 'Sea'), (2, 'two words')")
    db.execute("insert into article_tags (article_id, tag_id) values (1, 1), (2, 1), (3, 2)")
    db.conn.commit()
    return library


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("boats", {1, 2, 3}),
        ("title:boats", {3}),
        ("title:京都", {3}),
        ("byline:lin", {1}),
        ("byline:山田", {3}),
        ("boats -knots", {1}),
        ("-knots", {1}),
        ("-boats", set()),
        ("byline:lin OR title:京都", {1, 3}),
        ("knots OR is:unread", {1, 2, 3}),
        ("knots (is:read OR byline:lin)", {2}),
        ("site:harbor.example", {1, 2}),
        ("site:harbor", {1, 2}),
        ("site:shore.example", {3}),
        ('site:"the shore"', {3}),
        ("-site:shore", {1, 2}),
        ("site:arbor.example", set()),
        ("lang:en", {1, 2}),
        ("lang:en-gb", {2}),
        ("-lang:en", {3}),
        ("#sea", {1, 2}),
        ("tag:sea -is:read", {1}),
        ('tag:"two words"', {3}),
        ("is:unread", {1, 3}),
        ("is:read", {2}),
        ("is:favorite", {2}),
        ("has:image", {1}),
        ("has:code", {2}),
        ("has:image OR has:code", {1, 2}),
        ("saved:2026-02", {2}),
        ("saved:>2026-01-10 boats", {2, 3}),
        ("saved:<=2026-02-10", {1, 2}),
        ("published:2025", {3}),
        ("-published:2025", {1, 2}),
        ("words:>2000", {2}),
        ("words:100", {1}),
        ("-(boats knots)", {1}),
        ("is:unread is:read", set()),
    ],
)
def test_filters_choose(kept: Library, query: str, ids: set[int]) -> None:
    hits = kept.search(query)
    assert {hit.id for hit in hits.hits} == ids
    assert hits.total == len(ids)
    assert not hits.hints


def test_without_all_words_the_filters_and_exclusions_still_hold(kept: Library) -> None:
    hits = kept.search("boats zebra -knots is:unread")
    assert hits.partial
    assert {hit.id for hit in hits.hits} == {1}


def test_filters_alone_list_the_newest_first_in_pages(kept: Library) -> None:
    first = kept.search("is:unread", limit=1)
    assert [hit.id for hit in first.hits] == [3]
    assert [hit.id for hit in kept.search("is:unread", cursor=first.next_cursor).hits] == [1]


def test_hits_show_their_tags(kept: Library) -> None:
    assert {hit.id: hit.tags for hit in kept.search("boats").hits} == {1: ("Sea",), 2: ("Sea",), 3: ("two words",)}
    assert {hit.id: hit.tags for hit in kept.recent().hits} == {1: ("Sea",), 2: ("Sea",), 3: ("two words",)}


def test_the_trash_is_never_found(kept: Library) -> None:
    kept.delete(1)
    for query in ("is:unread", "boats", "boats is:unread", "-knots", "boats OR is:unread"):
        assert 1 not in {hit.id for hit in kept.search(query).hits}, query


def test_what_did_not_parse_is_hinted_at(kept: Library) -> None:
    assert kept.search("saved:banana").hints
    assert kept.search("()").total == 0


@pytest.mark.parametrize(
    "query",
    [
        '"' * 3,
        "(" * 10_000,
        "word " * 2_000,
        "x" * 10_000,
        "the of and",
        "OR AND OR",
        "* ** -*",
        "\x00\x01\x02",
        "<b onclick=x>",
        "saved:9999-99",
        "title:* byline:()",
        "-a -b OR -c",
        "'; drop table articles; --",
    ],
)
def test_bad_input_gets_a_sensible_answer(kept: Library, query: str) -> None:
    assert 0 <= kept.search(query).total <= 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)))
def test_any_text_can_be_searched_for(kept: Library, query: str) -> None:
    assert 0 <= kept.search(query).total <= 3


def test_the_articles_of_an_older_library_can_be_filtered(path: Path) -> None:
    database.create_private(path)
    db = Database(sqlite3.connect(path))
    schema.migrations.apply(db, stop_before=schema.add_filters.__name__)
    time = "2026-01-02T03:04:05.000000Z"
    row = {"address": "a", "url": "https://www.harbor.example/1", "title": "T", "text": "boats"}
    db.table("articles").insert(row | {"html": "<img><pre>x</pre>", "saved_at": time, "updated_at": time})
    db.close()
    with Library(path) as library:
        for query in ("boats site:harbor.example has:image has:code -is:favorite", "has:image"):
            assert library.search(query).total == 1, query
        library._database().execute("update articles set text = 'knots'")
        assert (library.search("boats").total, library.search("knots").total) == (0, 1)
