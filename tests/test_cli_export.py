"""``quietpage export``: to a file, to a pipe, into a folder that is brought up to date."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from commands import run

from quietpage.article import Article, Page
from quietpage.formats.exports import FORMATS
from quietpage.library.incoming import Captured, Incoming
from quietpage.library.library import Library


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library(path) as library:
        for number, word in enumerate(("umbrella", "summit"), 1):
            url = f"https://site.test/{number}"
            article = Article(url, f"About the {word}?", f"<p>The {word} text</p>", f"The {word} text", site="Site")
            library.save(article, Page(url, "<p>x"))
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_goes_to_a_pipe(form: str, db: Path) -> None:
    result = run("--db", db, "export", "umbrella", "--format", form)
    assert result.exit_code == 0
    data = result.stdout_bytes
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(archive.read(name) for name in archive.namelist())
    assert b"About the umbrella" in data
    assert b"summit" not in data


def test_a_file_is_there_when_it_is_whole(db: Path, tmp_path: Path) -> None:
    to = tmp_path / "out.jsonl"
    result = run("--db", db, "export", "-o", to)
    assert (result.exit_code, result.stderr) == (0, f"{to}: 2 articles.\n")
    assert json.loads(to.read_text(encoding="utf-8").splitlines()[-1])["articles"] == 2
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
    assert "cannot be written" in run("--db", db, "export", "-o", tmp_path / "no" / "out.jsonl").stderr


def test_a_folder_gets_a_file_with_a_name_of_its_own(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    run("--db", db, "export", "umbrella", "--format", "epub", "-o", folder)
    (made,) = folder.iterdir()
    assert made.name.startswith("quietpage umbrella 20")
    assert made.suffix == ".epub"


def test_a_folder_of_notes_is_brought_up_to_date(db: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    assert "2 new, 0 changed, 0 unchanged." in run("--db", db, "export", "--format", "markdown", "-o", vault).stderr
    assert sorted(path.name for path in vault.glob("*.md")) == ["About the summit.md", "About the umbrella.md"]
    (vault / "About the summit.md").write_text("mine", encoding="utf-8")
    with Library(db) as library:
        library.marks.set_note(1, "A note")
    result = run("--db", db, "export", "--format", "markdown", "-o", vault)
    assert "0 new, 1 changed, 0 unchanged." in result.stderr
    assert "About the summit.md" in result.stderr
    assert (vault / "About the summit.md").read_text(encoding="utf-8") == "mine"
    run("--db", db, "export", "--format", "markdown", "-o", vault, "--overwrite")
    assert "The summit text" in (vault / "About the summit.md").read_text(encoding="utf-8")


def test_a_folder_whose_record_is_broken_is_left_alone(db: Path, tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / ".quietpage.json").write_text('{"articles": {"1": ["../x", "", ""]}, "version": 1}')
    result = run("--db", db, "export", "--format", "markdown", "-o", tmp_path / "vault")
    assert result.exit_code == 1
    assert "another folder" in result.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_not_captured_is_counted_and_left_out_of_what_is_to_be_read(form: str, db: Path) -> None:
    with Library(db) as library:
        library.imports.take("pocket", [Captured(Incoming("row 2", "https://pocket.test/", title="Only an address"))])
    result = run("--db", db, "export", "--format", form)
    data = result.stdout_bytes
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(archive.read(name) for name in archive.namelist())
    assert b"About the umbrella" in data
    assert (b"Only an address" in data) is (form in ("json", "csv", "bookmarks"))
    assert result.stderr.startswith("1 not captured yet: ")
    assert ("left out" in result.stderr) is (form not in ("json", "csv", "bookmarks"))
    only = run("--db", db, "export", "is:uncaptured", "--format", form)
    assert only.exit_code == 0
    assert "No article" not in only.stderr
    assert run("--db", db, "export", "umbrella", "--format", form).stderr == ""


def test_a_search_that_finds_nothing_says_so(db: Path) -> None:
    assert "No article has all of that." in run("--db", db, "export", "zebra").stderr
