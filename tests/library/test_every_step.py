"""Every state a library was ever in comes up to date whole, whatever breaks on the way; a newer one is left alone."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from quietpage.library import checksums, database, schema
from quietpage.library.library import Library, LibraryTooNew, LibraryUnreadable

NAMES = [step.__name__ for step in schema.STEPS]
FACTS: dict[str, Any] = {  # what a row holds where nothing more telling is known of its column
    "title": "The {n} ferry",
    "html": "<h2>Part</h2><p>harbor{n} and the tide</p>",
    "text": "Part\n\nharbor{n} and the tide",
    "address": "https://www.site{n}.test/story",
    "url": "https://www.site{n}.test/story",
    "host": "site{n}.test",
    "byline": "Lin {n}",
    "language": "en-GB",
    "name": "tag{n}",
    "folded": "tag{n}",
    "saved_at": "202{n}-01-02T03:04:05.000000Z",
    "updated_at": "202{n}-01-02T03:04:05.000000Z",
    "created_at": "202{n}-01-02T03:04:05.000000Z",
    "exact": "harbor{n}",
    "color": "green",
    "state": "unread",
    "deleted_at": None,
    "revoked_at": None,
    "published_at": "202{n}-01-02T03:04:05+01:00",
    "modified_at": None,
    "warning": None,
    "content_sha256": None,
}
DERIVED = {
    "words",
    "tallies",
    "sketches",
    "sketch_keys",
    "links",
    "linking",
    "checksums",
}  # made of the articles, by steps or later


def tables(db: Database) -> list[str]:
    """The tables that hold a person's things: no index's, no view, nothing of SQLite's."""
    names = [name for name in db.table_names() if not name.startswith(("articles_fts", "sqlite_", "_sqlite"))]
    return [name for name in names if name not in DERIVED]


def row_of(db: Database, table: str, number: int) -> dict[str, Any]:
    """A row of any table: every column has something, keys lead to rows of the same number."""
    row: dict[str, Any] = {}
    for column in db.table(table).columns:
        given = FACTS.get(column.name)
        if column.name in FACTS and not (table == "searches" and column.name == "name"):
            row[column.name] = given.format(n=number) if isinstance(given, str) else given
        elif column.type == "INTEGER":
            row[column.name] = 1 if column.name in ("versions", "shown", "found", "number") else number
        elif column.type in ("FLOAT", "REAL"):
            row[column.name] = 0.5
        elif column.type == "BLOB":
            row[column.name] = f"{table} {column.name} {number}".encode()
        else:
            row[column.name] = f"{table} {column.name} {number}"
    return row | {name: f"hash {number}" for name in row if name == "sha256"}


def library_at(path: Path, steps: int) -> None:
    """A library with the first so many steps, and two rows in every table that it has by then."""
    database.create_private(path)
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        stop = NAMES[steps] if steps < len(NAMES) else None
        schema.migrations.apply(db, stop_before=stop) if stop else schema.migrations.apply(db)
        connection.execute("PRAGMA journal_mode = WAL")
        order = ["articles", *(name for name in tables(db) if name != "articles")]
        for number in (1, 2):
            for table in order:
                db.table(table).insert(row_of(db, table, number))
        if "checksums" in db.table_names():
            checksums.remember_missing(db)
        connection.commit()


def contents(path: Path, columns: dict[str, list[str]] | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, by the columns that are asked for or all there are."""
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        asked = columns or {name: sorted(db.table(name).columns_dict) for name in tables(db)}
        found = {}
        for table, names in asked.items():
            quoted = ", ".join(f'"{name}"' for name in names)
            rows = sorted(map(tuple, connection.execute(f'select {quoted} from "{table}"').fetchall()), key=repr)
            found[table] = rows
        return found


def columns_of(path: Path) -> dict[str, list[str]]:
    """Of each table the columns that no step writes anew."""
    anew = {"bigrams", "salient", "host", "pictures", "code_blocks", "articles", "shown", "folded"}
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        return {name: sorted(set(db.table(name).columns_dict) - anew) for name in tables(db)}


@pytest.mark.parametrize("steps", range(1, len(NAMES)), ids=lambda steps: f"before {NAMES[steps]}")
def test_a_library_of_every_earlier_state_comes_up_to_date_with_every_row(path: Path, steps: int) -> None:
    library_at(path, steps)
    asked = columns_of(path)
    before = contents(path, asked)
    with Library(path) as library:
        db = library._database()
        assert [one.name for one in schema.migrations.applied(db)] == NAMES
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert list(checksums.changed_since(db)) == []
        assert db.table("checksums").count == 2
        db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
        assert [hit.id for hit in library.search("harbor1").hits] == [1]
        assert {one.value: one.articles for one in library.look("")[1].site} == {"site1.test": 1, "site2.test": 1}
        assert schema_of(db) == schema_of_a_new_one(path.parent / "new.db")
    assert contents(path, asked) == before
    backup = path.with_name(f"library.db.before-{NAMES[steps]}")
    assert contents(backup, asked) == before


def schema_of(db: Database) -> set[tuple[str, str]]:
    """What there is, by kind and name."""
    return {
        (row[0], row[1]) for row in db.execute("select type, name from sqlite_schema where name not like 'sqlite_%'")
    }


def schema_of_a_new_one(path: Path) -> set[tuple[str, str]]:
    with Library(path) as library:
        return schema_of(library._database())


@pytest.mark.parametrize("failing", range(len(NAMES) - 1, 0, -4), ids=lambda step: f"in {NAMES[step]}")
def test_a_step_that_breaks_at_its_end_leaves_everything_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """All steps up to it run, and it breaks: those before it go back as well."""
    library_at(path, min(2, failing))
    before = contents(path)
    broken = Migrations("quietpage")

    def breaks(db: Database) -> None:
        schema.STEPS[failing](db)
        raise sqlite3.OperationalError("the disk went away")

    for number, step in enumerate(schema.STEPS):
        broken(name=step.__name__)(breaks if number == failing else step)
    with monkeypatch.context() as patch, pytest.raises(LibraryUnreadable, match="left as it was"):
        patch.setattr(database, "migrations", broken)
        Library(path)
    assert contents(path) == before
    with Library(path) as library:
        assert library.recent().total == 2


@pytest.mark.parametrize("name", ["from_the_future", "keep_highlights_better"])
def test_a_newer_library_is_refused_and_not_one_byte_of_it_changes(path: Path, name: str) -> None:
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into _sqlite_migrations (migration_set, name) values ('quietpage', ?)", (name,))
        connection.execute("create table unheard_of (what)")
    before = {one.name: hashlib.sha256(one.read_bytes()).digest() for one in path.parent.iterdir()}
    with pytest.raises(LibraryTooNew, match=name):
        Library(path)
    assert {one.name: hashlib.sha256(one.read_bytes()).digest() for one in path.parent.iterdir()} == before
