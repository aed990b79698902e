"""One connection a thread to the library's file, as long as it is that file; another in its place is opened anew."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

from sqlite_utils import Database

from quietpage.library import database
from quietpage.library.database import LibraryUnreadable
from quietpage.library.trouble import LibraryAway

Identity = tuple[int, int]  # a file's device and its number there


class Connections:
    """What gives each thread its connection.

    A file that is deleted stays writable for those who have it open, and what they write is lost when they end: so the
    file is looked at before every use. Raises what ``database.prepare`` raises.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.local()
        self._open: list[Database] = []
        self._lock = threading.Lock()
        database.prepare(path)
        self._prepared = self._identity()

    def __call__(self) -> Database:
        """This thread's connection. Raises LibraryAway while there is no library where it was."""
        found = self._identity()
        db: Database | None = getattr(self._threads, "db", None)
        if db is not None and self._threads.of == found:
            return db
        try:
            self._prepare(found)
            if db is not None:
                self._forget(db)
            db = database.connect(self._path)
        except LibraryUnreadable as error:
            raise LibraryAway(str(error)) from error
        self._threads.db, self._threads.of = db, found
        with self._lock:
            self._open.append(db)
        return db

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            while self._open:
                self._open.pop().close()
        self._threads = threading.local()

    def _identity(self) -> Identity:
        try:
            facts = os.stat(self._path)
        except OSError as error:
            raise LibraryAway(f"{self._path} is not there any more. Put it back, or restore a backup") from error
        return facts.st_dev, facts.st_ino

    def _prepare(self, found: Identity) -> None:
        """Bring a file that took the library's place up to date, once."""
        with self._lock:
            if found != self._prepared:
                database.prepare(self._path)
                self._prepared = found

    def _forget(self, db: Database) -> None:
        with self._lock:
            if db in self._open:
                self._open.remove(db)
        try:
            db.close()
        except sqlite3.DatabaseError:  # its file is gone, and so is what it could still have wanted to write
            return
