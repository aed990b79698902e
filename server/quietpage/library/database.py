"""The library's SQLite file: open it, bring it up to date, write to it; refuse what is none, or too new."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from quietpage.library.private import keep_private, make_private
from quietpage.library.schema import STEPS, migrations

CACHE_KIB = 16_000  # SQLite's own 2,000 hold no large library's vocabulary and index pages between two searches
BUSY_TIMEOUT_MS = 10_000  # two saves at once wait for each other; a save takes milliseconds
DatabaseError = sqlite3.DatabaseError  # what any call may raise: the file is locked, full, or damaged


class LibraryUnreadable(Exception):
    """The file cannot be opened as a library; the message says why and what to do."""


class LibraryTooNew(LibraryUnreadable):
    """The file was written by a newer Quietpage, whose changes this one does not know."""


def connect(path: Path) -> Database:
    """Open one connection with the settings every connection has.

    Raises LibraryUnreadable when the file is not a database or cannot be opened.
    """
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = FULL")  # an acknowledged save survives a power cut
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("select count(*) from sqlite_schema")  # reads the file: is it a database at all?
        return Database(connection)
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        raise LibraryUnreadable(
            f"{path} cannot be opened as a Quietpage library ({error}). "
            "Nothing was changed. `quietpage doctor` says more; choose another file with --db, or restore a backup."
        ) from error


@contextlib.contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One write transaction: it takes the write lock at once, so that it never has to give up halfway."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.rollback()
        raise
    db.conn.execute("COMMIT")


@contextlib.contextmanager
def impatient(db: Database) -> Iterator[None]:
    """Wait for no other connection meanwhile: what is locked fails at once."""
    db.conn.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        db.conn.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def prepare(path: Path) -> None:
    """Create the file, or bring an older one up to date after backing it up beside itself.

    Raises LibraryTooNew or LibraryUnreadable, and then leaves the file as it was.
    """
    create_private(path)
    db = connect(path)
    try:
        refuse_foreign(db, path)
        refuse_newer(db, path)
        keep_private(path)
        use_write_ahead_log(db)
        is_new = not migrations.applied(db)  # asked first: another process may bring it up to date meanwhile
        pending = migrations.pending(db)
        if not pending:
            return
        if not is_new:
            back_up(db, path.with_name(f"{path.name}.before-{pending[0].name}"))
        with writing(db):  # a second process waits here, and then finds nothing pending
            migrations.apply(db)
    except sqlite3.DatabaseError as error:
        raise LibraryUnreadable(f"{path} cannot be brought up to date ({error}). It was left as it was.") from error
    finally:
        db.close()


def use_write_ahead_log(db: Database) -> None:
    """Switch the file to WAL, which stays with it.

    SQLite does not wait for other connections here, as it does elsewhere: a second process that opens a new library at
    the same moment is told that the file is locked at once. So ask again, as long as any other call would wait.
    """
    patience = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            db.conn.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.02)


def create_private(path: Path) -> None:
    """Make the file and its folder, readable by this person alone. Raises LibraryUnreadable."""
    try:
        make_private(path)
    except OSError as error:
        raise LibraryUnreadable(f"{path} cannot be opened for writing: {error.strerror}.") from error


def refuse_foreign(db: Database, path: Path) -> None:
    """Raise LibraryUnreadable for a database that has tables, none of them made by Quietpage."""
    if db.table_names() and not migrations.applied(db):
        raise LibraryUnreadable(
            f"{path} is the database of another program. Nothing was changed. Choose another file with --db."
        )


def refuse_newer(db: Database, path: Path) -> None:
    """Raise LibraryTooNew when migrations were applied that this version does not know."""
    known = {step.__name__ for step in STEPS}
    unknown = [applied.name for applied in migrations.applied(db) if applied.name not in known]
    if unknown:
        raise LibraryTooNew(
            f"{path} was written by a newer version of Quietpage (it has the change '{unknown[0]}'). "
            "Nothing was changed. Install the newer version, or choose another file with --db."
        )


def back_up(db: Database, to: Path) -> None:
    """Copy the whole database to ``to`` while it stays usable."""
    create_private(to)
    target = sqlite3.connect(to)
    with contextlib.closing(target):
        db.conn.backup(target)
