"""Whatever happens to the file or the process: what was acknowledged is there, whole and once, and the rest is said."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from benchmarks.torture_kill import kill
from flask import Flask
from flask.testing import FlaskClient
from web.conftest import BASE, STORY, Browser
from werkzeug.test import TestResponse

from quietpage.article import Article, Page
from quietpage.library import database, times
from quietpage.library.library import Library
from quietpage.library.trouble import LibraryAway, trouble_of
from quietpage.web.app import Config, create_app

from .conftest import Save

ON_WINDOWS = sys.platform == "win32"


@pytest.fixture
def app(path: Path) -> Iterator[Flask]:
    app = create_app(Config(path))
    yield app
    app.extensions["quietpage"].library.close()


@pytest.fixture
def me(app: Flask) -> FlaskClient:
    return person_at(app)


def person_at(app: Flask) -> FlaskClient:
    """A browser that was let in."""
    client = Browser(app, app.response_class)
    assert client.get(f"/open?code={app.extensions['quietpage'].library.links.mint()}").status_code == 200
    return client


def saved(client: FlaskClient, number: int = 1, capture_id: str | None = None) -> TestResponse:
    """Save a page."""
    body = {
        "url": f"https://harbor.example/{number}",
        "html": STORY.replace("The last ferry", f"Ferry {number}"),
        "capture_id": capture_id or f"c-{number}",
    }
    return client.post("/api/articles", json=body, headers={"Origin": BASE})


def whole(path: Path) -> bool:
    """Whether a library is whole: its pages, its references, and its index, which is compared with the articles."""
    with Library(path) as library:
        db = library._database()
        db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
        checked = [tuple(row) for row in db.execute("PRAGMA integrity_check")]
        return checked == [("ok",)] and not db.execute("PRAGMA foreign_key_check").fetchall()


def refused(answer: TestResponse, status: int, words: str) -> None:
    """The answer says what is the matter, and when to try again."""
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0
    assert words in answer.json["detail"]


def test_what_was_acknowledged_before_the_server_was_killed_is_there_whole_and_once(tmp_path: Path) -> None:
    """The real server, killed among the saves of sixteen clients; `make torture` does it fifty times."""
    figures = kill(tmp_path, seed=1, rounds=1, saves=24)
    assert [str(figure) for figure in figures if not figure.kept] == []


def test_a_capture_that_arrives_a_hundred_times_at_once_is_one_article(app: Flask, path: Path) -> None:
    clients = [person_at(app) for _ in range(4)]
    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(lambda number: saved(clients[number % 4], capture_id="the same"), range(100)))
    assert sorted(answer.status_code for answer in answers) == [200] * 99 + [201]
    assert {answer.json["id"] for answer in answers} == {1}
    assert {answer.json["versions"] for answer in answers} == {1}
    with closing(sqlite3.connect(path)) as db:
        counts = [db.execute(f"select count(*) from {table}").fetchone()[0] for table in ("articles", "versions")]
    assert counts == [1, 1]


def test_a_full_disk_is_said_leaves_no_half_article_and_heals_by_itself(
    app: Flask, me: FlaskClient, path: Path
) -> None:
    assert saved(me).status_code == 201
    db = app.extensions["quietpage"].library._database()
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 1}")  # SQLite's own way to fill a disk
    refused(saved(me, 2), 507, "full")
    assert me.get("/api/articles").json["total"] == 1
    assert me.get("/read/1").status_code == 200
    db.execute("PRAGMA max_page_count = 1000000")
    assert saved(me, 2).status_code == 201
    assert whole(path)


def test_a_file_that_may_only_be_read_is_read_and_says_so(app: Flask, me: FlaskClient, path: Path) -> None:
    assert saved(me).status_code == 201
    db = app.extensions["quietpage"].library._database()
    db.execute("PRAGMA query_only = on")
    refused(saved(me, 2), 503, "may only be read")
    assert me.get("/read/1").status_code == 200
    db.execute("PRAGMA query_only = off")
    assert saved(me, 2).status_code == 201
    assert whole(path)


def test_while_another_program_holds_the_file_reading_goes_on_and_saving_says_when_to_come_back(
    app: Flask, me: FlaskClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert saved(me).status_code == 201
    app.extensions["quietpage"].library._database().execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused(saved(me, 2), 503, "Another program")
        assert me.get("/read/1").status_code == 200
        assert me.get("/api/articles?q=ferry").json["total"] == 1
        other.execute("ROLLBACK")
    assert saved(me, 2).status_code == 201
    assert whole(path)


def test_a_browser_s_last_visit_is_noted_only_where_that_holds_nobody_up(library: Library, path: Path) -> None:
    one = library.browsers.add(name="x", origin="moz-extension://x", token_hash=b"h" * 32, proof_key=b"k" * 32)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        library.browsers.seen(one.id)
        other.execute("ROLLBACK")
    seen = library.browsers.get(one.id)
    assert seen
    assert seen.last_seen_at is None
    assert library._database().execute("PRAGMA busy_timeout").fetchone()[0] == database.BUSY_TIMEOUT_MS


@pytest.mark.skipif(ON_WINDOWS, reason="Windows deletes no file that is open")
def test_a_deleted_library_acknowledges_nothing_and_goes_on_when_it_is_back(
    app: Flask, me: FlaskClient, path: Path
) -> None:
    assert saved(me).status_code == 201
    aside = path.with_name("aside.db")
    path.rename(aside)
    refused(saved(me, 2), 503, "not there any more")
    assert not path.exists()  # no empty library takes its place
    page = me.get("/")
    assert (page.status_code, "Retry-After" in page.headers) == (503, True)
    aside.rename(path)
    assert saved(me, 2).status_code == 201
    assert me.get("/api/articles").json["total"] == 2
    assert whole(path)


@pytest.mark.skipif(ON_WINDOWS, reason="Windows replaces no file that is open")
def test_another_library_in_its_place_is_served_from_then_on(
    app: Flask, me: FlaskClient, path: Path, tmp_path: Path
) -> None:
    assert saved(me).status_code == 201
    with Library(tmp_path / "other.db") as other:
        other.save(Article("https://site.test/", "T", "<p>zebra</p>", "zebra"), Page("https://site.test/", "x"))
        code = other.links.mint()
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    os.replace(tmp_path / "other.db", path)
    client = Browser(app, app.response_class)
    assert client.get(f"/open?code={code}").status_code == 200
    assert client.get("/api/articles?q=zebra").json["total"] == 1
    assert saved(client, 2).status_code == 201
    assert whole(path)


@pytest.mark.skipif(ON_WINDOWS, reason="Windows replaces no file that is open")
def test_what_is_no_library_in_its_place_is_left_alone(app: Flask, me: FlaskClient, path: Path) -> None:
    assert saved(me).status_code == 201
    letter = path.with_name("letter")
    letter.write_bytes(b"Dear reader" * 1000)
    letter.replace(path)
    refused(saved(me, 2), 503, "cannot be opened")
    assert path.read_bytes() == b"Dear reader" * 1000


def test_a_clock_set_back_loses_nothing_and_mixes_up_no_version(
    library: Library, save: Save, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = save("the first text")

    def a_year_ago() -> str:
        return times.write_time(datetime.now(UTC) - timedelta(days=365))

    for module in [one for one in list(sys.modules.values()) if getattr(one, "now", None) is times.now]:
        monkeypatch.setattr(module, "now", a_year_ago)
    assert save("the second text").id == first.id
    assert save("another story", url="https://site.test/other").outcome == "created"
    assert [version.number for version in library.versions(first.id)] == [2, 1]
    assert library.get(first.id).article.text == "the second text"
    assert library.recent().total == 2
    assert library.links.redeem(library.links.mint())
    assert whole(path)


def test_two_servers_on_one_file_keep_what_both_acknowledge(app: Flask, path: Path) -> None:
    other = create_app(Config(path, port=8766))
    clients = [person_at(app), Browser(other, other.response_class)]
    link = f"/open?code={other.extensions['quietpage'].library.links.mint()}"
    assert clients[1].get(link, base_url="http://127.0.0.1:8766").status_code == 200

    def save(number: int) -> int:
        here = BASE if number % 2 else "http://127.0.0.1:8766"
        body = {"url": f"https://harbor.example/{number // 2}", "html": STORY, "capture_id": f"c-{number // 2}"}
        sent = clients[1 - number % 2].post("/api/articles", json=body, headers={"Origin": here}, base_url=here)
        return sent.status_code

    with ThreadPoolExecutor(4) as crowd:
        answers = list(crowd.map(save, range(20)))
    other.extensions["quietpage"].library.close()
    assert sorted(answers) == [200] * 10 + [201] * 10
    with Library(path) as library:
        assert library.recent().total == 10
    assert whole(path)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, "full"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "locked"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "read-only"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "damaged"),
        (sqlite3.SQLITE_IOERR_WRITE, "unknown"),
    ],
)
def test_each_trouble_is_told_from_sqlite_s_code(tmp_path: Path, code: int, kind: str) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    assert trouble_of(error, tmp_path / "library.db") == kind
    assert trouble_of(LibraryAway("x"), tmp_path / "library.db") == "away"


def test_a_write_that_fails_where_no_room_is_left_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quietpage.library.trouble.free_bytes", lambda library: 0)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert trouble_of(error, tmp_path / "library.db") == "full"
