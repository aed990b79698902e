"""Entries without their pages: which come next, why one is left alone, and what fills one, wherever it leads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quietpage.article import Article, Page
from quietpage.library.incoming import Captured, Incoming, Quote
from quietpage.library.kept import BadCursor, NoSuchArticle
from quietpage.library.library import Library

DAY = datetime(2020, 1, 1, tzinfo=UTC)
SHORT, LONG = "https://sho.rt/1", "https://news.test/the-tides?utm_source=x"
TEXT = "High water comes twice a day. Low water follows it six hours later."


def bring(library: Library, *urls: str, **more: object) -> None:
    """Import addresses, each a day older than the one before."""
    batch = [
        Captured(Incoming(f"row {n}", url, saved_at=DAY - timedelta(days=n), **more))  # type: ignore[arg-type]
        for n, url in enumerate(urls)
    ]
    library.imports.take("pocket", batch)


def article(url: str, text: str = TEXT, canonical: str | None = None) -> Article:
    return Article(url, "The tides", f"<p>{text}</p>", text, word_count=13, canonical_url=canonical)


def page(url: str, capture_id: str | None = None) -> Page:
    return Page(url, "<p>page", capture_id=capture_id)


def queue(library: Library, **asked: object) -> list[int]:
    return [one.id for one in library.uncaptured.entries(**asked).entries]  # type: ignore[arg-type]


def test_the_newest_come_first_page_by_page(library: Library) -> None:
    bring(library, *(f"https://a.test/{number}" for number in range(5)))
    first = library.uncaptured.entries(limit=3)
    assert ([one.id for one in first.entries], first.to_try, first.failed) == ([1, 2, 3], 5, 0)
    rest = library.uncaptured.entries(limit=3, cursor=first.next_cursor)
    assert ([one.id for one in rest.entries], rest.next_cursor) == ([4, 5], None)
    with pytest.raises(BadCursor):
        library.uncaptured.entries(cursor="no")


def test_the_list_costs_no_sorting(library: Library) -> None:
    plan = library._database().execute(
        "explain query plan select id from articles left join tries on article_id = id where versions = 0 and "
        "deleted_at is null and (saved_at, id) < ('~', 0) and why is null order by saved_at desc, id desc limit 3"
    )
    told = " ".join(str(row["detail"]) for row in plan.fetchall())
    assert "uncaptured_newest" in told and "B-TREE" not in told


def test_what_failed_is_left_alone_until_somebody_asks(library: Library) -> None:
    bring(library, "https://a.test/1", "https://a.test/2", "https://a.test/3")
    library.uncaptured.note_failure(2, "not_found", 404)
    library.uncaptured.note_failure(3, "unreachable")
    assert (queue(library), queue(library, failed=True), library.uncaptured.counts()) == ([1], [2, 3], (1, 2))
    (known, _) = library.uncaptured.entries(failed=True).entries
    assert known.failure and (known.failure.why, known.failure.status) == ("not_found", 404)
    assert known.failure == library.uncaptured.failure(2)
    assert datetime.now(UTC) - known.failure.tried_at < timedelta(minutes=1)
    library.uncaptured.try_again(2)
    assert queue(library) == [1, 2]
    library.uncaptured.try_again()
    assert queue(library) == [1, 2, 3]


def test_only_an_entry_that_is_there_can_fail(library: Library) -> None:
    bring(library, SHORT)
    with pytest.raises(NoSuchArticle):
        library.uncaptured.note_failure(7, "closed")
    library.delete(1)
    assert library.uncaptured.counts() == (0, 0)
    with pytest.raises(NoSuchArticle):
        library.save(article(LONG), page(LONG), 1)
    library.restore(1)
    library.save(article(LONG), page(LONG), 1)
    library.uncaptured.note_failure(1, "closed")  # too late: its page is here
    assert library.uncaptured.failure(1) is None


def test_a_page_to_which_an_address_led_fills_the_entry(library: Library) -> None:
    bring(library, SHORT, tags=("sea",), state="archived", favorite=True, note="for Ada", quotes=(Quote("Low water"),))
    library.uncaptured.note_failure(1, "too_slow")
    saved = library.save(article(LONG), page(LONG, "c-1"), 1)
    kept = library.get(1)
    assert (saved.id, saved.outcome) == (1, "created")
    assert (kept.article.text, kept.article.url, kept.saved_at) == (TEXT, LONG, DAY)
    assert (kept.tags, kept.state, kept.favorite) == (("sea",), "archived", True)
    marked = library.marks.of(1)
    assert (marked.note, [one.passage.exact for one in marked.highlights]) == ("for Ada", ["Low water"])
    assert library.uncaptured.failure(1) is None
    assert library.save(article(LONG), page(LONG, "c-1"), 1).outcome == "unchanged"  # the same delivery once more


def test_afterwards_both_addresses_are_the_same_article(library: Library) -> None:
    bring(library, SHORT)
    library.save(article(LONG), page(LONG), 1)
    bring(library, SHORT, LONG)  # the same file once more
    assert library.recent().total == 1
    assert [library.lookup(url).id for url in (SHORT, LONG)] == [1, 1]  # type: ignore[union-attr]
    assert library.imports.known(SHORT) == 1
    assert library.save(article(LONG, "Other words"), page(LONG)).outcome == "updated"
    assert library.save(article(SHORT, "Words again"), page(SHORT)).id == 1


def test_an_entry_whose_page_is_kept_already_becomes_one_with_it(library: Library) -> None:
    library.save(article(LONG), page(LONG))
    library.shelf.tag([1], add=["moon"])
    library.marks.set_note(1, "mine")
    bring(
        library, SHORT, tags=("sea",), note="theirs", quotes=(Quote("Low water", note="when?"),), more={"mood": "calm"}
    )
    saved = library.save(article(LONG, TEXT), page(LONG), 2)
    kept = library.get(1)
    assert (saved.id, library.recent().total, kept.versions) == (1, 1, 1)
    assert (kept.tags, kept.saved_at) == (("moon", "sea"), DAY)
    assert library.marks.of(1).note == "mine\n\ntheirs"
    assert [(one.passage.exact, one.note) for one in library.marks.of(1).highlights] == [("Low water", "when?")]
    assert library.imports.said_of(1) == {"pocket": {"mood": "calm"}}
    bring(library, SHORT)
    assert library.recent().total == 1


def test_two_entries_that_lead_to_the_same_page_become_one(library: Library) -> None:
    bring(library, SHORT, "https://sho.rt/2", LONG, tags=("sea",))
    for entry in (1, 2):
        library.save(article(LONG), page(LONG), entry)
    assert library.recent().total == 1
    assert {library.lookup(url).id for url in (SHORT, LONG, "https://sho.rt/2")} == {3}  # type: ignore[union-attr]
    assert library.get(3).versions == 1


def test_an_entry_under_the_address_that_a_page_calls_its_own_is_filled(library: Library) -> None:
    bring(library, "https://news.test/tides", "https://other.test/tides")
    mobile = "https://www.news.test/m/tides"
    saved = library.save(article(mobile, canonical="https://news.test/tides"), page(mobile))
    assert saved.id == 1
    foreign = "https://evil.test/"
    assert library.save(article(foreign, "x", "https://other.test/tides"), page(foreign)).id == 3


def test_what_a_page_does_not_say_of_itself_stays_as_it_was_imported(library: Library) -> None:
    bring(library, SHORT, byline="Ada Quill", published_at=DAY, title="Tides", language="en")
    library.save(Article(LONG, "", f"<p>{TEXT}</p>", TEXT), page(LONG), 1)
    kept = library.get(1).article
    assert (kept.title, kept.byline, kept.published_at, kept.language) == ("Tides", "Ada Quill", DAY, "en")


def test_a_page_with_no_more_than_was_known_is_kept_all_the_same(library: Library) -> None:
    bring(library, SHORT, title="Tides", excerpt=TEXT)
    saved = library.save(Article(SHORT, "Tides", f"<p>{TEXT}</p>", TEXT), page(SHORT))
    assert (saved.outcome, library.get(1).versions) == ("created", 1)


def test_a_purged_entry_leaves_nothing(library: Library) -> None:
    bring(library, SHORT)
    library.save(article(LONG), page(LONG), 1)
    bring(library, "https://a.test/")
    library.uncaptured.note_failure(2, "closed")
    for one in (1, 2):
        library.delete(one)
        library.shelf.purge([one])
    tables = (library._database().table(name) for name in ("tries", "led_here"))
    assert [table.count for table in tables] == [0, 0]
