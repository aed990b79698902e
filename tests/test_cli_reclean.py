"""Cleaning anew on the command line: shown before it is done, asked, resumed, and one page's failure stops nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from commands import run

from quietpage.article import Article, Page
from quietpage.cleaner.pipeline import clean
from quietpage.library.library import Library
from quietpage.web import cleaning

STORY = (
    "The ferry to island {} leaves at seven in the morning, and nobody on the pier remembers a day when it did not. "
)
NOTE = '<div class="pier-note"><p>The harbor master keeps a ledger of all hulls that came in, and reads it.</p></div>'


def html(number: int) -> str:
    paragraphs = "".join(f"<p>{at}. {STORY.format(number) * 2}</p>" for at in range(6))
    return f"<title>Ferry {number}</title><article><h1>Ferry {number}</h1>{paragraphs}{NOTE}</article>"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Three articles; the second and the third show another text than their pages hold."""
    path = tmp_path / "library.db"
    with Library(path) as library:
        for number in (1, 2, 3):
            page = Page(f"https://harbor.example/{number}", html(number))
            article = clean(page)
            if number > 1:
                article = replace(article, html="<p>Old words</p>", text="Old words", word_count=2)
            library.save(article, page)
        library.shelf.tag([2], add=["sea"])
    return path


def texts(db: Path) -> list[bool]:
    """Whether each article shows what its page holds."""
    with Library(db) as library:
        return ["Old words" not in library.get(one).article.text for one in library.ids()]


def test_a_dry_run_shows_what_would_change_and_changes_nothing(db: Path) -> None:
    result = run("--db", db, "reclean", "--all", "--dry-run")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["2", "3"]
    assert "Ferry 2  2 → " in result.stdout
    assert "paragraphs changed" in result.stdout
    assert result.stderr == "2 of 3 would change.\n"
    assert texts(db) == [True, False, False]


def test_it_asks_before_it_changes_anything(db: Path) -> None:
    assert "Change them?" in run("--db", db, "reclean", "--all", given="n\n").stderr
    assert texts(db) == [True, False, False]
    assert "2 of 3 changed." in run("--db", db, "reclean", "--all", given="y\n").stderr
    assert texts(db) == [True, True, True]
    assert "0 of 3 would change." in run("--db", db, "reclean", "--all").stderr


@pytest.mark.parametrize("asked", ["2", "tag:sea", "is:unread"])
def test_articles_are_chosen_by_id_or_by_a_search(db: Path, asked: str) -> None:
    run("--db", db, "reclean", asked, "--yes")
    assert texts(db) == [True, True, asked == "is:unread"]


def test_programs_are_told_what_changed(db: Path) -> None:
    would = json.loads(run("--db", db, "reclean", "--all", "--dry-run", "--json").stdout)
    assert ([one["id"] for one in would["articles"]], would["changed"]) == ([2, 3], 0)
    assert texts(db) == [True, False, False]
    told = json.loads(run("--db", db, "reclean", "--all", "--yes", "--json").stdout)
    assert ([one["outcome"] for one in told["articles"]], told["changed"]) == (["changed", "changed"], 2)
    assert told["articles"][0]["words_after"] > told["articles"][0]["words_before"] == 2


def test_which_articles_has_to_be_said(db: Path) -> None:
    assert run("--db", db, "reclean").exit_code == 2
    assert run("--db", db, "reclean", "1", "--all").exit_code == 2


def test_a_run_that_was_broken_off_goes_on_where_it_was(db: Path) -> None:
    with Library(db) as library:
        library.recleanings.reach("--all", 2)
    result = run("--db", db, "reclean", "--all", "--yes")
    assert "Going on after article 2." in result.stderr
    assert texts(db) == [True, False, True]
    run("--db", db, "reclean", "--all", "--yes")
    assert texts(db) == [True, True, True]


def test_it_can_begin_anew(db: Path) -> None:
    with Library(db) as library:
        library.recleanings.reach("--all", 2)
    run("--db", db, "reclean", "--all", "--yes", "--restart")
    assert texts(db) == [True, True, True]


def test_one_page_that_cannot_be_cleaned_stops_nothing(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_at_second(page: Page, **more: object) -> Article:
        if page.url.endswith("2"):
            raise KeyError("a defect")
        return clean(page)

    monkeypatch.setattr(cleaning, "clean_bounded", fail_at_second)
    result = run("--db", db, "reclean", "1", "2", "3", "9", "--yes")
    assert result.exit_code == 1
    assert "KeyError while cleaning it" in result.stdout
    assert "There is no article 9" in result.stdout
    assert "2 of 4 could not be cleaned." in result.stderr
    assert texts(db) == [True, False, True]


def test_clean_knows_what_the_library_has_corrected(db: Path) -> None:
    with Library(db) as library:
        library.corrections.add("drop", ".pier-note", "https://harbor.example/")
    command = ("--db", db, "clean", "-", "--url", "https://harbor.example/9")
    result = run(*command, given=html(9))
    assert "ledger" not in result.stdout
    assert "Corrected as in your library (1); --no-rules leaves that off." in result.stderr
    assert "ledger" in run(*command, "--no-rules", given=html(9)).stdout
    both = run(*command, "--drop", "p:first-of-type", given=html(9))
    assert "ledger" not in both.stdout
    assert "0. The ferry" not in both.stdout


def test_clean_needs_no_library(tmp_path: Path) -> None:
    nowhere = tmp_path / "none.db"
    assert "ledger" in run("--db", nowhere, "clean", "-", "--url", "https://harbor.example/9", given=html(9)).stdout
    assert not nowhere.exists()
    nowhere.write_text("no database")
    result = run("--db", nowhere, "clean", "-", "--url", "https://harbor.example/9", given=html(9))
    assert "ledger" in result.stdout
    assert "Your library's corrections are left off" in result.stderr
