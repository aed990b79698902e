"""Opening a library file: new, older, newer, broken, killed in the middle."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from quietpage.library import database, schema
from quietpage.library.library import Library, LibraryTooNew, LibraryUnreadable

SAVE_UNTIL_KILLED = """
import sys
from quietpage.article import Article, Page
from quietpage.library.library import Library
library = Library(sys.argv[1])
for number in range(100_000):
    url = f"https://site.test/{number}"
    library.save(Article(url, "T", "<p>text</p>", f"text {number}"), Page(url, "text"))
    print(number, flush=True)
"""
TIME = "2026-01-02T03:04:05.000000Z"
SAVE_TWENTY = """
import sys
from quietpage.article import Article, Page
from quietpage.library.library import Library
with Library(sys.argv[1]) as library:
    for number in range(20):
        url = f"https://site.test/{sys.argv[2]}/{number}"
        library.save(Article(url, "T", "<p>text</p>", "text"), Page(url, "text"))
"""


def test_a_library_is_made_where_there_is_none(path: Path) -> None:
    with Library(path) as library:
        assert library.recent().total == 0
    with Library(path) as again:
        assert again.recent().total == 0


def test_an_older_library_is_backed_up_before_it_is_brought_up_to_date(path: Path) -> None:
    database.create_private(path)
    db = Database(sqlite3.connect(path))
    schema.migrations.apply(db, stop_before=schema.create_browsers.__name__)
    db.close()
    with Library(path) as library:
        assert library.browsers.all() == ()
    backup = path.with_name("library.db.before-create_browsers")
    old = Database(sqlite3.connect(backup))
    assert "articles" in old.table_names()
    assert "browsers" not in old.table_names()
    old.close()


def test_an_older_full_text_index_is_built_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database.create_private(path)
    db = Database(sqlite3.connect(path))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "TOKENIZER", "porter unicode61 remove_diacritics 2")
        schema.migrations.apply(db, stop_before=schema.keep_marks_in_words.__name__)
    row = {
        "address": "a",
        "url": "a",
        "title": "T",
        "html": "",
        "text": "हिन्दी",
        "saved_at": TIME,
        "updated_at": TIME,
    }
    db.table("articles").insert(row)
    db.close()
    with Library(path) as library:
        terms = library._database().execute("select count(*) from articles_fts where articles_fts match 'न्'")
        assert terms.fetchone()[0] == 0
        assert library.search("हिन्दी").total == 1


def test_a_newer_library_is_refused_and_left_alone(path: Path) -> None:
    Library(path).close()
    connection = sqlite3.connect(path)
    connection.execute("insert into _sqlite_migrations (migration_set, name) values ('quietpage', 'from_the_future')")
    connection.commit()
    connection.close()
    with pytest.raises(LibraryTooNew, match="from_the_future"):
        Library(path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear reader, this is no database at all. " * 100)
    before = path.read_bytes()
    with pytest.raises(LibraryUnreadable, match=r"letter\.txt"):
        Library(path)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("create table places (url)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LibraryUnreadable, match="another program"):
        Library(path)
    assert path.read_bytes() == before


def test_a_change_that_fails_leaves_the_library_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library(path).close()
    changes = Migrations("quietpage")
    changes(name="create_articles")(schema.create_articles)
    changes(name="create_browsers")(schema.create_browsers)
    changes(name="index_the_kept")(schema.index_the_kept)
    changes(name="keep_marks_in_words")(schema.keep_marks_in_words)

    @changes()
    def fail_halfway(db: Database) -> None:
        db.table("half").create({"id": int})
        db.execute("insert into nowhere values (1)")

    with monkeypatch.context() as patch, pytest.raises(LibraryUnreadable, match="left as it was"):
        patch.setattr(database, "migrations", changes)
        Library(path)
    with Library(path) as library:
        assert "half" not in library._database().table_names()
    assert path.with_name("library.db.before-fail_halfway").exists()


def test_a_folder_that_cannot_be_made_is_said_to_be_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryUnreadable, match="opened for writing"):
        Library(tmp_path / "file" / "library.db")


def test_an_acknowledged_save_survives_a_killed_process(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SAVE_UNTIL_KILLED, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(20)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout.read().split("\n")[:-1]]
    with Library(path) as library:
        kept = {hit.url for hit in library.recent(limit=100_000).hits}
    assert {f"https://site.test/{number}" for number in acknowledged} <= kept


def test_processes_save_side_by_side(path: Path) -> None:
    Library(path).close()
    command = [sys.executable, "-c", SAVE_TWENTY, str(path)]
    processes = [subprocess.Popen([*command, name], stderr=subprocess.PIPE) for name in "ab"]
    errors = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], errors
    with Library(path) as library:
        assert library.recent().total == 40


def test_two_processes_may_open_a_new_library_at_once(path: Path) -> None:
    command = [sys.executable, "-c", "import sys; from quietpage.library.library import Library; Library(sys.argv[1])"]
    processes = [subprocess.Popen([*command, str(path)], stderr=subprocess.PIPE) for _ in range(4)]
    errors = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0], errors


def test_a_library_that_another_process_makes_meanwhile_is_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = database.migrations.pending

    def pending_a_moment_ago(db: Database) -> list[object]:
        known = asked(db)
        monkeypatch.setattr(database.migrations, "pending", asked)
        Library(path).close()  # the other process
        return known

    monkeypatch.setattr(database.migrations, "pending", pending_a_moment_ago)
    with Library(path) as library:
        assert library.recent().total == 0
    assert not list(path.parent.glob("*.before-*"))


def test_a_new_library_waits_for_another_process_that_holds_the_file(path: Path) -> None:
    database.create_private(path)
    other = sqlite3.connect(path, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    letting_go = threading.Timer(0.2, other.rollback)
    letting_go.start()
    with Library(path) as library:
        assert library.recent().total == 0
    letting_go.join()
    other.close()
