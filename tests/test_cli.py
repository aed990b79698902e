"""The quietpage command: what it prints, and how it fails."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run
from pdf.document import column, document

from quietpage.article import Article, Page
from quietpage.library import database
from quietpage.library.anchoring import Selector
from quietpage.library.library import Library

STORY = (
    "The ferry to the island leaves at seven in the morning, and nobody on the pier remembers a day when it did not. "
)
PAGE = f"<title>The ferry</title><nav><a href=/>Home</a></nav><article><h1>The ferry</h1><p>{STORY * 3}</p></article>"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library(path) as library:
        for number, word in enumerate(("umbrella", "summit"), 1):
            url = f"https://site.test/{number}"
            article = Article(url, f"About the {word}", f"<p>The {word} text</p>", f"The {word} text", site="Site")
            library.save(article, Page(url, "<p>x"))
    return path


def test_search_prints_hits_with_their_snippets(db: Path) -> None:
    result = run("--db", db, "search", "umbrella")
    assert result.exit_code == 0
    assert "About the umbrella" in result.stdout
    assert "The umbrella text" in result.stdout
    assert "summit" not in result.stdout


def test_search_takes_a_quoted_argument_as_a_phrase(db: Path) -> None:
    assert "umbrella" in run("--db", db, "search", "umbrella text").stdout
    assert run("--db", db, "search", "text umbrella").stdout == ""


def test_search_takes_the_language_and_says_what_it_did_not_understand(db: Path) -> None:
    assert "About the summit" in run("--db", db, "search", "title:About the").stdout
    assert run("--db", db, "search", "--", "umbrella", "-text").stdout == ""
    assert "searched as words" in run("--db", db, "search", "umbrella", "saved:noon").stderr


def test_search_says_what_it_took_a_misspelt_word_for(db: Path) -> None:
    result = run("--db", db, "search", "umbrlela")
    assert "Showing results for: umbrella" in result.stderr
    assert "About the umbrella" in result.stdout


def test_a_search_without_hits_says_so(db: Path) -> None:
    result = run("--db", db, "search", "zebra")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing found.\n")


def test_hits_as_json_are_whole(db: Path) -> None:
    hits = json.loads(run("--db", db, "search", "--json", "summit").stdout)
    assert hits["total"] == 1
    assert hits["hits"][0]["title"] == "About the summit"
    assert hits["hits"][0]["saved_at"].endswith("Z")


def test_list_is_newest_first(db: Path) -> None:
    printed = run("--db", db, "list").stdout
    assert printed.index("About the summit") < printed.index("About the umbrella")


@pytest.mark.parametrize(
    ("form", "expected"),
    [("text", "The umbrella text"), ("html", "<p>The umbrella text</p>"), ("markdown", "# About the umbrella")],
)
def test_show_prints_an_article(db: Path, form: str, expected: str) -> None:
    assert expected in run("--db", db, "show", "1", "--format", form).stdout


def test_show_as_json_has_every_fact(db: Path) -> None:
    facts = json.loads(run("--db", db, "show", "1", "--format", "json").stdout)
    assert (facts["id"], facts["url"], facts["state"]) == (1, "https://site.test/1", "unread")


def test_a_folder_that_may_only_be_read_is_said_in_one_sentence(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(db) + ".serving")

    monkeypatch.setattr("quietpage.web.instance.os.open", refuses)
    said = run("--db", db, "serve")
    assert (said.exit_code, "library.db.serving: Permission denied" in said.stderr) == (1, True)
    assert "not running" in run("--db", db, "doctor").stdout


def test_delete_and_restore(db: Path) -> None:
    assert "restore 1" in run("--db", db, "delete", "1").stdout
    assert run("--db", db, "show", "1").exit_code == 1
    assert run("--db", db, "restore", "1").exit_code == 0
    assert run("--db", db, "show", "1").exit_code == 0


def test_highlights_are_printed_in_each_format(db: Path) -> None:
    with Library(db) as library:
        library.marks.add(1, Selector(0, 8, "umbrella"), "green", "take it along")
        library.marks.add(2, Selector(0, 6, "summit"), "pink")
    printed = run("--db", db, "highlights").output
    assert "# About the umbrella\n\nSite · <https://site.test/1>\n\n> umbrella\n\ntake it along\n" in printed
    assert printed.index("summit") < printed.index("umbrella")
    assert "summit" not in run("--db", db, "highlights", "take", "--format", "csv").output
    assert json.loads(run("--db", db, "highlights", "--color", "pink", "--format", "jsonld").output)["first"]["items"]
    assert run("--db", db, "highlights", "--article", "1", "--color", "pink").output == ""


def test_an_unknown_article_is_one_clear_sentence(db: Path) -> None:
    result = run("--db", db, "show", "99")
    assert result.exit_code == 1
    assert result.stderr == "Error: There is no article 99 in the library.\n"


def test_a_file_that_is_no_library_is_one_clear_sentence(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"no database " * 1000)
    result = run("--db", path, "list")
    assert result.exit_code == 1
    assert "cannot be opened as a Quietpage library" in result.stderr
    assert "Traceback" not in result.output


def test_a_locked_library_is_one_clear_sentence(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 20)
    with contextlib.closing(sqlite3.connect(db)) as other:
        other.execute("begin immediate")
        result = run("--db", db, "delete", "1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: The library cannot be read or written just now (database is locked).\n"


def test_a_damaged_library_is_one_clear_sentence(db: Path) -> None:
    with contextlib.closing(sqlite3.connect(db)) as other:
        other.execute("pragma wal_checkpoint(truncate)")
        page_size = other.execute("pragma page_size").fetchone()[0]
    size = db.stat().st_size
    with db.open("r+b") as file:  # all but the first page, which holds the header and the schema's root
        file.seek(page_size)
        file.write(b"\xee" * (size - page_size))
    result = run("--db", db, "search", "umbrella")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_a_page_cannot_command_the_terminal() -> None:
    page = PAGE.replace("nobody", "\x1b[2Jno\x9bbody").replace("Home", "\x1b]0;x\x07")
    for form in ("text", "html", "markdown", "json"):
        result = run("clean", "-", "--url", "https://site.test/", "--explain", "--format", form, given=page)
        assert "ferry" in result.stdout
        assert not set("\x1b\x9b\x07") & set(result.stdout + result.stderr), form


def test_a_console_that_lacks_a_character_shows_a_mark(db: Path) -> None:
    with Library(db) as library:
        url = "https://site.test/3"
        library.save(Article(url, "Grüße aus 北京", "<p>t</p>", "t"), Page(url, "x"))
    command = [sys.executable, "-m", "quietpage", "--db", str(db), "list"]
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    printed = subprocess.run(command, capture_output=True, env=environment, check=True).stdout
    assert "Grüße aus ??".encode("cp1252") in printed


def test_clean_prints_the_clean_text(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    result = run("clean", file, "--url", "https://site.test/ferry")
    assert result.exit_code == 0
    assert result.stdout.startswith("The ferry\n")
    assert STORY.strip() in result.stdout
    assert "Home" not in result.stdout


def test_clean_reads_standard_input_and_explains_what_it_removed() -> None:
    result = run("clean", "-", "--url", "https://site.test/ferry", "--explain", "--format", "json", given=PAGE)
    assert json.loads(result.stdout)["title"] == "The ferry"
    header, *rows = result.stderr.splitlines()
    assert header.split() == ["step", "why", "what"]
    assert any("navigation" in row and "Home" in row for row in rows)


def test_clean_is_corrected_with_selectors() -> None:
    page = f"{PAGE}<footer class=license><p>Free to copy</p></footer>"
    options = ("--keep", ".license", "--drop", "h1", "--drop", "nav", "--explain")
    result = run("clean", "-", "--url", "https://site.test/ferry", *options, given=page)
    assert result.stdout.rstrip().endswith("Free to copy")
    assert "left out by your selector “nav”" in result.stderr


def test_a_correction_that_is_no_selector_is_refused_in_one_sentence() -> None:
    result = run("clean", "-", "--url", "https://site.test/", "--keep", "div[", given=PAGE)
    assert result.exit_code == 1
    assert result.stderr == "Error: 'div[' is not a CSS selector.\n"


def test_clean_markdown_has_its_title() -> None:
    result = run("clean", "-", "--url", "https://site.test/ferry", "--format", "markdown", given=PAGE)
    assert result.stdout.startswith("# The ferry\n\nThe ferry to the island")


def test_a_page_without_an_article_ends_with_status_one_and_its_text() -> None:
    result = run("clean", "-", "--url", "https://site.test/login", given="<button>Log in</button><a href=/>Help</a>")
    assert result.exit_code == 1
    assert "Log in" in result.stdout
    assert "No article found." in result.stderr


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    result = run("clean", tmp_path / "nothing.html", "--url", "https://site.test/")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_open_without_a_server_says_how_to_start_one(db: Path) -> None:
    result = run("--db", db, "open")
    assert result.exit_code == 1
    assert "quietpage serve" in result.stderr


def test_the_module_runs_as_the_command_does(db: Path) -> None:
    command = [sys.executable, "-m", "quietpage", "--db", str(db), "search", "umbrella"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "About the umbrella" in printed


def test_help_needs_neither_the_web_nor_the_parser() -> None:
    ask = (
        "import sys; from quietpage.cli import main; main(['--help'], standalone_mode=False);"
        "print(sorted({'flask', 'bs4', 'selectolax', 'nh3', 'waitress'} & set(sys.modules)))"
    )
    printed = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    assert printed.splitlines()[-1] == "[]"


def test_save_keeps_a_pdf(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "light.pdf"
    file.write_bytes(document([column(["The keeper of the harbor light counts the ships."])], "/Title (The light)"))
    assert "The light" in run("--db", db, "save", file).stdout
    assert "The light" in run("--db", db, "search", "keeper").stdout


def test_a_pdf_that_cannot_be_read_is_one_clear_sentence(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "light.pdf"
    file.write_bytes(b"%PDF-1.4 nothing")
    result = run("--db", db, "save", file)
    assert (result.exit_code, "damaged" in result.stderr) == (1, True)
