"""One server a library: a lock beside the database, held as long as the server runs, says where it is running.

The operating system lets the lock go when the process ends, however it ends, so nothing stale is left to clear.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from quietpage import __version__
from quietpage.library.private import make_private

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_OFFSET = 1 << 20  # Windows lets nobody read a locked byte: lock one far behind the text


class AlreadyServed(Exception):
    """Another server serves this library, at ``url``; None while it is only just starting."""

    def __init__(self, url: str | None) -> None:
        super().__init__(f"Quietpage is already running at {url or 'an address it is just choosing'}")
        self.url = url


class Instance:
    """The right to serve the library at ``db``, from when it is made until it is closed.

    Raises AlreadyServed while another process holds it.
    """

    def __init__(self, db: Path) -> None:
        place = _place(db)
        make_private(place)
        self._file = os.open(place, os.O_RDWR)
        if not _lock(self._file):
            os.close(self._file)
            raise AlreadyServed(_read(place))

    def says(self, url: str) -> None:
        """Write down where this server is running, and which version it is."""
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, f"{url}\n{__version__}".encode())

    def close(self) -> None:
        """Let go."""
        os.ftruncate(self._file, 0)
        os.close(self._file)


def running_at(db: Path) -> str | None:
    """Return the address of the server that serves the library at ``db``, or None when none runs."""
    try:
        Instance(db).close()
    except AlreadyServed as other:
        return other.url
    except OSError:  # nobody can serve a library whose folder cannot be written to
        return None
    return None


def running_version(db: Path) -> str | None:
    """The version of the server that ``running_at`` found; None where that is not known."""
    return _place(db).read_text(encoding="utf-8").partition("\n")[2] or None


def _place(db: Path) -> Path:
    return db.with_name(db.name + ".serving")


def _read(place: Path) -> str | None:
    return place.read_text(encoding="utf-8").partition("\n")[0] or None


def _lock(file: int) -> bool:
    """Take the lock without waiting; answers whether that was possible."""
    try:
        if sys.platform == "win32":
            os.lseek(file, LOCK_OFFSET, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
