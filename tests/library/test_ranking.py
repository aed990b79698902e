"""Which of the articles found come first, in small libraries and in large ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from quietpage.library import database, partial, schema, search
from quietpage.library.cursors import write_cursor
from quietpage.library.library import Library

from .conftest import Save


def address(number: int) -> str:
    return f"https://site.test/{number}"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten matches are many, as 1,500 are elsewhere."""
    monkeypatch.setattr(search, "RANKED_WHOLE", 10)
    monkeypatch.setattr(search, "RANKED_NEWEST", 4)


def test_the_word_as_it_was_typed_comes_before_its_other_forms(library: Library, save: Save) -> None:
    save("promise promise promise", url=address(1), title="Promises")
    exact = save("some text in which somebody promised something to somebody else", url=address(2))
    save("promising promise", url=address(3))
    hits = library.search("promised")
    assert hits.total == 3
    assert hits.hits[0].id == exact.id


def test_words_side_by_side_come_before_the_same_words_apart(library: Library, save: Save) -> None:
    together = save("some text of the low tide and more text about other things", url=address(1))
    save("some low text of the ocean and more text about a high tide", url=address(2))
    assert library.search("low tide").hits[0].id == together.id


def test_of_many_matches_those_about_the_word_come_first_however_old(large: None, library: Library, save: Save) -> None:
    titled = save("filler " * 300 + "harbor", url=address(1), title="The harbor")
    repeated = save("filler " * 300 + "harbor " * 9, url=address(2))
    for number in range(3, 40):
        save("filler " * 300 + "harbor", url=address(number))
    hits = library.search("harbor")
    assert (hits.total, hits.capped) == (10, True)
    assert [hit.id for hit in hits.hits][:2] == [titled.id, repeated.id]
    assert hits.hits[2].id == 39


def test_every_one_of_many_matches_can_be_reached_once(large: None, library: Library, save: Save) -> None:
    ids = {save("filler " * 200 + "harbor", url=address(number)).id for number in range(33)}
    ids.add(save("text", url=address(40), title="The harbor").id)
    found, cursor = [], None
    while True:
        hits = library.search("harbor", limit=5, cursor=cursor)
        found += [hit.id for hit in hits.hits]
        cursor = hits.next_cursor
        if cursor is None:
            break
    assert len(found) == len(set(found))
    assert set(found) == ids


def test_of_words_too_common_to_score_those_about_them_still_come_first(
    large: None, library: Library, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quietpage.library.matching.POSTINGS_SCORED", 5)
    monkeypatch.setattr("quietpage.library.matching.POSTINGS_TELLING", 5)
    old = save("filler " * 300 + "harbor", url=address(1), title="The harbor")
    for number in range(2, 40):
        save("filler " * 300 + "harbor", url=address(number), title="The harbor" if number == 38 else "T")
    assert [hit.id for hit in library.search("harbor").hits][:3] == [38, old.id, 39]


def shuffle_scores(library: Library, save: Save, number: int) -> None:
    """An article that comes first, others that make the words commoner, and one of the first page that goes."""
    save("harbor " * 9, url=address(number), title="Harbor, harbor")
    for other in range(3):
        save("the moon over the sea " * other, url=address(number + 1 + other))


@pytest.mark.parametrize(
    "query", ["harbor", "harbor moon", "the moon over a harbor of the sea", "harb* -tram", "#x OR tide"]
)
@pytest.mark.parametrize("amount", [9, 33])
def test_pages_of_a_ranking_do_not_shift_while_articles_arrive_and_go(
    large: None, library: Library, save: Save, query: str, amount: int
) -> None:
    texts = ("harbor moon", "moon over the harbor tide", "the sea", "harbors tide")
    for number in range(amount):
        save("filler " * (number % 5) + texts[number % 4], url=address(number), title="Harbor" if number % 7 else "T")
    expected = {hit.id for hit in library.search(query, limit=100).hits}
    found: list[int] = []
    hits = library.search(query, limit=4)
    while True:
        found += [hit.id for hit in hits.hits]
        if not hits.next_cursor:
            break
        shuffle_scores(library, save, 100 * len(found))
        library.shelf.delete(found[-1:])
        hits = library.search(query, limit=4, cursor=hits.next_cursor)
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize("few", [0, 100])
def test_filters_hold_among_many_matches(
    few: int, large: None, library: Library, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW_CHOSEN", few)
    for number in range(1, 31):
        save("filler " * 200 + "harbor", url=address(number), title=f"Harbor {number}")
    library._database().execute("update articles set state = 'read' where id = 7")
    assert [hit.id for hit in library.search("harbor is:read").hits] == [7]
    assert 7 not in {hit.id for hit in library.search("harbor is:unread", limit=100).hits}
    library._database().execute("update articles set saved_at = '2026-05-06' where id between 11 and 13")
    assert {hit.id for hit in library.search("harbor saved:2026-05").hits} == {11, 12, 13}
    assert {hit.id for hit in library.search("harbor -saved:>2026-05", limit=100).hits} == {11, 12, 13}
    assert library.search("harbor saved:1999").total == 0
    library.delete(8)
    assert 8 not in {hit.id for hit in library.search("harbor", limit=100).hits}


def test_a_beginning_that_many_words_have_is_found_by_its_commonest(library: Library, save: Save) -> None:
    for number in range(40):
        save(f"harbor{number % 3} text", url=address(number))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quietpage.library.finding.BROAD_POSTINGS", 10)
        hits = library.search("harb*", limit=50)
    assert hits.total == 40
    assert all(any(piece.match for piece in hit.snippet) for hit in hits.hits)


def test_a_question_finds_what_holds_most_of_its_words_behind_what_holds_all(library: Library, save: Save) -> None:
    whole = save("filler " * 50 + "where do low tides come from", url=address(1))
    some = save("low tides come twice", url=address(2), title="Low tides")
    save("nothing of the kind", url=address(3))
    hits = library.search("where do low tides come from")
    assert [hit.id for hit in hits.hits][:2] == [whole.id, some.id]
    assert (hits.whole, hits.partial) == (1, False)
    assert not library.search("where tides").partial


def test_a_question_is_answered_also_by_words_its_best_answers_share(library: Library, save: Save) -> None:
    for number in range(3):
        save("gravity of the moon pulls the ocean: spring tide, neap tide", url=address(number))
    related = save("spring and neap follow the moon", url=address(4))
    for number in range(5, 30):
        save("bread and butter and honey", url=address(number))
    hits = library.search("what gravity pulls every ocean")
    assert related.id in {hit.id for hit in hits.hits}
    assert partial.QUESTION_TERMS == 5


def test_common_words_do_not_keep_a_rare_one_from_ranking(library: Library, save: Save) -> None:
    for number in range(20):
        save("the common text", url=address(number))
    rare = save("the common text of a lighthouse", url=address(30))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quietpage.library.matching.POSTINGS_SCORED", 5)
        assert [hit.id for hit in library.search("the common lighthouse").hits] == [rare.id]


def test_a_place_far_behind_the_last_hit_is_an_empty_page(library: Library, save: Save) -> None:
    save("harbor")
    assert library.search("harbor", cursor=write_cursor(9, 9, "1")).hits == ()
    assert library.search("is:unread", cursor=write_cursor("", 0)).hits == ()


def test_an_older_library_is_ranked_and_corrected_too(path: Path) -> None:
    database.create_private(path)
    db = Database(sqlite3.connect(path))
    schema.migrations.apply(db, stop_before=schema.rank_at_any_size.__name__)
    time = "2026-01-02T03:04:05.000000Z"
    row = {"address": "a", "url": "a", "title": "Lighthouses", "text": "lighthouses of 北京 and a harbor", "html": ""}
    db.table("articles").insert(row | {"saved_at": time, "updated_at": time})
    db.close()
    with Library(path) as library:
        assert library.search("京").total == 1
        assert library.search("lighthuoses").corrected == "lighthouses"
        row = library._database().execute("select salient from articles").fetchone()
        assert "\ue000lighthouses" in row[0].split()
