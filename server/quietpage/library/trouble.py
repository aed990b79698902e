"""What is the matter when the library's file fails, told from SQLite's error: each kind has another remedy."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Literal

Trouble = Literal["full", "locked", "read-only", "damaged", "away", "unknown"]
OF_CODE: dict[int, Trouble] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
MAYBE_FULL = (
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
)  # a quota, or no room for what SQLite keeps beside the file
LEAST_FREE_BYTES = 1 << 20


class LibraryAway(sqlite3.OperationalError):
    """The file was deleted or moved while it was used, or is no library any more. It is looked for at the next use."""


def trouble_of(error: sqlite3.DatabaseError, library: Path) -> Trouble:
    """What is the matter with a library whose use raised ``error``."""
    if isinstance(error, LibraryAway):
        return "away"
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary one; what is above it says more than is needed
    if code in MAYBE_FULL and free_bytes(library) < LEAST_FREE_BYTES:
        return "full"
    return OF_CODE.get(code, "unknown")


def free_bytes(library: Path) -> int:
    """How much room there is where a library is."""
    try:
        return shutil.disk_usage(library.parent).free
    except OSError:  # the folder is gone
        return LEAST_FREE_BYTES
