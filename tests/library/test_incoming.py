"""What comes from elsewhere is kept, or merged with what is there, and nothing of either is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quietpage.article import Article, Page
from quietpage.library.incoming import Arrival, Captured, Incoming, Quote
from quietpage.library.library import Library

URL = "https://a.example/tides"
EARLY, LATE = datetime(2019, 5, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
TEXT = "High water comes twice a day. Low water follows it six hours later."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db") as library:
        yield library


def article(text: str = TEXT) -> Article:
    return Article(URL, "The tides", f"<p>{text}</p>", text, word_count=13)


def page(text: str = TEXT, at: datetime = EARLY) -> Page:
    return Page(URL, f"<article>{text}</article>", captured_at=at)


def take(library: Library, one: Incoming, text: str | None = None) -> Arrival:
    """Take one entry in, with a page where there is a text."""
    both = (article(text), page(text)) if text else (None, None)
    (arrival,) = library.imports.take("Pocket", [Captured(one, *both)])
    return arrival


ONE = Incoming("row 2", URL, title="Tides", saved_at=EARLY, tags=("sea",), state="archived", excerpt="About the moon")


def test_an_address_alone_is_an_article_that_is_not_captured_yet(library: Library) -> None:
    arrival = take(library, ONE)
    kept = library.get(arrival.id)
    assert arrival == Arrival("row 2", URL, "new", 1)
    assert (kept.saved_at, kept.state, kept.tags, kept.versions) == (EARLY, "archived", ("sea",), 0)
    (hit,) = library.search("moon is:uncaptured").hits
    assert (hit.title, hit.captured) == ("Tides", False)


def test_its_first_capture_fills_it_and_keeps_all_that_was_said(library: Library) -> None:
    take(library, replace(ONE, note="for Ada", quotes=(Quote("Low water follows", note="when?"),), favorite=True))
    assert [one.passage.exact for one in library.marks.of(1).orphans] == ["Low water follows"]
    saved = library.save(article(), page(at=LATE))
    kept = library.get(1)
    assert (saved.outcome, saved.version, saved.change) == ("created", 1, None)
    assert (kept.article.text, kept.saved_at, kept.tags, kept.favorite) == (TEXT, EARLY, ("sea",), True)
    (found,) = library.marks.of(1).highlights
    assert (found.passage.exact, found.passage.begins, found.note) == ("Low water follows", 30, "when?")
    assert library.marks.of(1).note == "for Ada"
    assert library.search("is:uncaptured").total == 0


def test_once_more_changes_nothing(library: Library) -> None:
    one = replace(ONE, note="for Ada", quotes=(Quote("High water"),), more={"mood": "calm"})
    assert [take(library, one, TEXT).came for _ in range(3)] == ["new", "same", "same"]
    assert library.get(1).versions == 1
    assert len(library.marks.of(1).highlights) == 1
    assert library.marks.of(1).note == "for Ada"


def test_the_better_of_both_is_kept(library: Library) -> None:
    library.save(article(), page(at=LATE))
    library.shelf.mark([1], state="read", progress=0.8)
    library.shelf.tag([1], add=["moon"])
    assert take(library, replace(ONE, state=None, progress=0.2, favorite=True)).came == "merged"
    kept = library.get(1)
    assert (kept.saved_at, kept.state, kept.progress, kept.favorite) == (EARLY, "read", 0.8, True)
    assert kept.tags == ("moon", "sea")
    assert kept.article.title == "The tides"


def test_a_page_from_elsewhere_never_takes_the_place_of_one_captured_here(library: Library) -> None:
    library.save(article(), page(at=LATE))
    assert take(library, ONE, "An older text of the same page, as another program fetched it.").came == "merged"
    assert library.get(1).article.text == TEXT
    assert [version.number for version in library.versions(1)] == [2, 1]
    assert b"An older text" in library.captured_page(1, 2)


def test_what_has_no_place_is_kept_beside(library: Library) -> None:
    take(library, replace(ONE, more={"mood": "calm", "list": [1, {"a": None}]}))
    assert library.imports.said_of(1) == {"Pocket": {"mood": "calm", "list": [1, {"a": None}]}}


def test_a_dry_run_keeps_nothing(library: Library) -> None:
    assert [one.came for one in library.imports.would_take([Captured(ONE)])] == ["new"]
    assert library.recent().total == 0


def test_an_article_in_the_trash_gets_what_comes_and_stays_there(library: Library) -> None:
    library.save(article(), page(at=LATE))
    library.delete(1)
    take(library, ONE)
    assert library.recent().total == 0
    library.restore(1)
    assert library.get(1).tags == ("sea",)


def test_a_purged_article_leaves_nothing_of_its_import(library: Library) -> None:
    take(library, replace(ONE, more={"mood": "calm"}))
    library.delete(1)
    library.shelf.purge([1])
    assert library._database().execute("select count(*) from imported").fetchone()[0] == 0
