"""`quietpage doctor`: what it says, how it ends, and what it saves of a hurt library."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_cli import PAGE, db, run

from quietpage.article import Page
from quietpage.cli import main
from quietpage.library.library import Library
from quietpage.web import checkup
from quietpage.web.cleaning import clean_for
from quietpage.web.instance import Instance

__all__ = ["db"]  # the library of the other tests of the command line: two articles
URL = "https://harbor.example/ferry"


@pytest.fixture
def hurt(db: Path) -> Path:
    """The same with a real page, whose article is gone."""
    with Library(db) as library:
        page = Page(URL, PAGE)
        library.save(clean_for(library, page), page)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("delete from articles where id = 3")
    return db


def test_all_is_well(db: Path) -> None:
    said = run("--db", db, "doctor")
    assert said.exit_code == 0
    assert "All is well." in said.stdout
    for name in ("python", "server", "sqlite", "permissions", "disk", "backups", "structure", "index", "contents"):
        assert re.search(rf"^[✓·] {name} ", said.stdout, re.M), name


def test_what_is_wrong_is_said_with_a_remedy_and_status_1(hurt: Path) -> None:
    said = run("--db", hurt, "doctor")
    assert said.exit_code == 1
    assert "✗ references" in said.stdout
    assert "--recover NEWFILE" in said.stdout
    assert "All is well" not in said.stdout


def test_programs_read_it_as_json(hurt: Path) -> None:
    said = CliRunner().invoke(main, ["--db", str(hurt), "doctor", "--json"])
    found = json.loads(said.stdout)
    assert (said.exit_code, found["ok"]) == (1, False)
    wrong = [one["name"] for one in found["checks"] if one["level"] == "bad"]
    assert wrong == ["references"]


def test_no_library_is_none_made(tmp_path: Path) -> None:
    said = run("--db", tmp_path / "none.db", "doctor")
    assert said.exit_code == 0
    assert "no library" in said.stdout
    assert not list(tmp_path.iterdir())


def test_a_running_server_is_named_with_its_version(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance = Instance(db)
    instance.says("http://127.0.0.1:8766")
    assert checkup.server(db).said == "It is running at http://127.0.0.1:8766."
    monkeypatch.setattr(checkup, "__version__", "99.0.0")
    assert (checkup.server(db).level, "this is 99.0.0" in checkup.server(db).said) == ("note", True)
    instance.close()
    assert "not running" in checkup.server(db).said


def test_recovery_brings_a_lost_article_back_from_its_page_and_tells_the_way_on(hurt: Path, tmp_path: Path) -> None:
    before = hurt.read_bytes()
    said = run("--db", hurt, "doctor", "--recover", tmp_path / "new.db")
    assert said.exit_code == 0
    assert "2 articles" in said.stdout
    assert "1 more articles were cleaned anew" in said.stdout
    assert f"quietpage restore {tmp_path / 'new.db'}" in said.stdout
    assert hurt.read_bytes() == before
    assert run("--db", hurt, "restore", tmp_path / "new.db").exit_code == 0
    with Library(hurt) as library:
        assert library.search("pier").total == 1
    assert run("--db", hurt, "doctor").exit_code == 0


def test_recovery_waits_until_no_server_runs(db: Path, tmp_path: Path) -> None:
    instance = Instance(db)
    instance.says("http://127.0.0.1:8766")
    said = run("--db", db, "doctor", "--recover", tmp_path / "new.db")
    instance.close()
    assert (said.exit_code, "Stop it first" in said.stderr) == (1, True)
    assert not (tmp_path / "new.db").exists()
