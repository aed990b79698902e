"""Where the rows of a hurt library are: its pages, told apart by the trees that lead to them, or by how they look."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from quietpage.library import backups, btree, database
from quietpage.library.btree import Pages, Row, Value

PAGE_SIZE = 4096  # SQLite's own since 2016, and so every library's
SCHEMA_ROOT = 1
Named = tuple[str, str, str, int]  # kind, name, table, and the page where it begins
TYPES: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "TEXT": (str,),
    "REAL": (int, float),
    "FLOAT": (int, float),
    "BLOB": (bytes,),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the new library has it: what a row has to look like to be one of it."""

    name: str
    columns: tuple[str, ...]
    types: tuple[tuple[type, ...], ...]  # none: any
    needed: tuple[bool, ...]
    alias: int | None  # the column that is the rowid, which stands in no record
    without_rowid: bool

    def fits(self, row: Row) -> bool:
        """Whether a row can be one of this table's. Older ones may lack the last columns."""
        if len(row.values) > len(self.columns) or any(self.needed[len(row.values) :]):
            return False
        if self.alias is not None and (row.rowid <= 0 or row.values[self.alias] is not None):
            return False
        return all(
            (value is None and (not needed or at == self.alias)) or (value is not None and isinstance(value, types))
            for at, (value, types, needed) in enumerate(zip(row.values, self.types, self.needed, strict=False))
        )

    def named(self, row: Row) -> dict[str, Value]:
        """A row by its columns' names."""
        named = dict(zip(self.columns, row.values, strict=False))
        return named if self.alias is None else named | {self.columns[self.alias]: row.rowid}


def table_of(db: Database, name: str) -> Table:
    """How a table's rows look."""
    columns = list(db.execute(f"select name, upper(type) as type, \"notnull\", pk from pragma_table_info('{name}')"))
    keys = [at for at, column in enumerate(columns) if column["pk"]]
    without = "without rowid" in str(db.table(name).schema).lower()
    alias = keys[0] if len(keys) == 1 and columns[keys[0]]["type"] == "INTEGER" and not without else None
    return Table(
        name,
        tuple(column["name"] for column in columns),
        tuple(TYPES.get(column["type"], (int, float, str, bytes)) for column in columns),
        tuple(bool(column["notnull"] or column["pk"]) for column in columns),
        alias,
        without,
    )


def copy_of(hurt: Path, work: Path) -> None:
    """A copy to read: its header mended, and what was still in the log brought in, as far as SQLite can."""
    backups.remove(work)
    database.create_private(work)
    shutil.copyfile(hurt, work)
    log = hurt.with_name(hurt.name + "-wal")
    if log.exists():
        shutil.copyfile(log, work.with_name(work.name + "-wal"))
    mend_header(work)
    with contextlib.suppress(sqlite3.DatabaseError), backups.opened(work) as connection:
        connection.execute("PRAGMA writable_schema = on")  # what is hurt in the schema stops nothing
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def mend_header(path: Path) -> None:
    """Write those parts of the file's header that are the same in every library (file format, section 1.3)."""
    with path.open("r+b") as file:
        file.write(b"SQLite format 3\x00" + PAGE_SIZE.to_bytes(2, "big") + bytes([2, 2, 0, 64, 32, 32]))
        file.seek(44)
        file.write((4).to_bytes(4, "big"))  # the schema's format
        file.seek(56)
        file.write((1).to_bytes(4, "big"))  # UTF-8


def roots(pages: Pages) -> list[Named]:
    """What the schema names, as far as it can be read: kind, name, table and the page where it begins.

    Where its own tree does not lead there, its rows are looked for in the whole file.
    """
    named = named_in(pages, pages.tree(SCHEMA_ROOT, set()))
    if not any(name == "articles" for _, name, _, _ in named):
        named = named_in(pages, (number for number, rows in swept(pages, set()) if all(map(is_schema, rows))))
    return named


def named_in(pages: Pages, places: Iterable[int]) -> list[Named]:
    """What these pages of the schema name."""
    rows = (row.values for page in places for row in pages.rows(page) if is_schema(row))
    return [(str(kind), str(name), str(table), root) for kind, name, table, root, _ in rows if isinstance(root, int)]


def is_schema(row: Row) -> bool:
    """Whether a row looks like one of the schema's."""
    match row.values:
        case ("table" | "index" | "view" | "trigger", str(), str(), int(), str() | None):
            return True
    return False


def leaves(pages: Pages, known: Sequence[Named], tables: dict[str, Table]) -> dict[str, list[int]]:
    """The pages of each table's rows, in the tables' order: those its tree leads to, then those that only look like it.

    A page that no tree leads to belongs to the one table that all its rows fit.
    """
    seen = pages.free()
    list(pages.tree(SCHEMA_ROOT, seen))
    of_table: dict[str, list[int]] = {name: [] for name in tables}
    begin = {name: root for kind, name, _, root in known if kind == "table"}
    for name in tables:
        if name in begin:
            of_table[name] = list(pages.tree(begin[name], seen))
    for _, name, _, root in known:
        if root and name not in tables:
            list(pages.tree(root, seen))  # an index, or what is made anew: not to be taken for rows
    for number, rows in swept(pages, seen):
        fitting = [name for name, table in tables.items() if not table.without_rowid and all(map(table.fits, rows))]
        if len(fitting) == 1:
            of_table[fitting[0]].append(number)
    return of_table


def swept(pages: Pages, seen: set[int]) -> Iterator[tuple[int, list[Row]]]:
    """The pages of rows that no tree led to."""
    for number in range(SCHEMA_ROOT + 1, pages.count + 1):
        if number not in seen:
            with contextlib.suppress(btree.Unreadable):
                if pages.read(number)[0] == btree.LEAF and (rows := list(pages.rows(number))):
                    yield number, rows
