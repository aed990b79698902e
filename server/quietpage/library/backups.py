"""Backups: whole copies of a library, made while it is used, each checked before it counts; and the way back to one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from quietpage.library import database
from quietpage.library.database import LibraryUnreadable

FOLDER = "backups"  # beside the library
KEPT_DAYS, KEPT_WEEKS = 7, 4  # the last seven days that have one, and the last four weeks
PAGES_A_STEP = 512  # 2 MB, after which others may have the disk
PROGRESS_EVERY = 100_000  # SQLite's instructions, some milliseconds of its work
LEAST_FREE_BYTES = 256 * 1024 * 1024  # an automatic backup never takes the last room that saves need


class BackupFailed(Exception):
    """There is no backup, and nothing of it is left; the message says why and what to do."""


class Stopped(Exception):
    """Whoever asked for the backup does not want it any more."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, its size in bytes, and how many articles it holds."""

    path: Path
    size: int
    articles: int


def folder_of(library: Path) -> Path:
    """Where a library's backups are, unless they are put elsewhere."""
    return library.parent / FOLDER


def back_up(library: Path, to: Path, stopped: Callable[[], bool] = lambda: False) -> Backup:
    """Copy a library, as it is at this moment, to a new file, and check the copy; saves go on meanwhile.

    The copy is one file, readable by this person alone, and stands under its name only when it is whole. ``stopped``
    is asked now and then whether to give up. Raises BackupFailed, Stopped.
    """
    if to.exists():
        raise BackupFailed(f"{to} is there already, and is left as it is. Choose another name.")
    if not library.exists():
        raise BackupFailed(f"There is no library at {library}.")
    part = to.with_name(f"{to.name}.part")
    try:
        make_private_folder(to.parent)
        remove(part)  # of a backup that was broken off
        articles = copy(library, part, stopped)
        os.replace(part, to)
    except sqlite3.DatabaseError as error:
        if stopped():
            raise Stopped from None
        raise BackupFailed(f"{library} could not be backed up ({error}).") from error
    except OSError as error:
        raise BackupFailed(f"{to} could not be written: {error.strerror}.") from error
    finally:
        remove(part)
    return Backup(to, to.stat().st_size, articles)


def copy(library: Path, part: Path, stopped: Callable[[], bool]) -> int:
    """Copy and check; answers the number of articles.

    The source's read transaction spans the whole copy: every step then sees the same moment, however much is written
    meanwhile, and the copy is never begun anew.
    """

    def watch(_status: int, _remaining: int, _total: int) -> None:
        if stopped():
            raise Stopped

    database.create_private(part)
    with opened(library) as source, opened(part) as target:
        source.execute("BEGIN")
        source.execute("select 1 from sqlite_schema").fetchone()
        source.backup(target, pages=PAGES_A_STEP, progress=watch)
        source.execute("ROLLBACK")
        target.set_progress_handler(stopped, PROGRESS_EVERY)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        if problem := damage(target):
            raise BackupFailed(
                f"{library} is damaged ({problem[0]}), and a copy of it would be no backup. "
                "`quietpage doctor` says more."
            )
        return int(target.execute("select count(*) from articles").fetchone()[0])


def opened(path: Path) -> contextlib.closing[sqlite3.Connection]:
    """A connection that is closed at the end, and begins no transaction by itself."""
    return contextlib.closing(sqlite3.connect(path, isolation_level=None))


def damage(connection: sqlite3.Connection, most: int = 20) -> tuple[str, ...]:
    """What SQLite's own check finds wrong with a database; nothing when it is whole."""
    said: list[str] = []
    try:
        for row in connection.execute(f"PRAGMA integrity_check({most})"):
            said.append(str(row[0]))
    except sqlite3.DatabaseError as error:  # so badly hurt that the check itself cannot go on
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        said.append(str(error))
    return tuple(line for line in said if line != "ok")


def remove(path: Path) -> None:
    """Remove a database with what SQLite puts beside it."""
    for end in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + end).unlink()


def make_private_folder(folder: Path) -> None:
    """Make a folder that is readable by this person alone, where there is none."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)


# Every day


def daily(library: Path, day: date) -> Path:
    """Where the automatic backup of a day belongs."""
    return folder_of(library) / f"{library.stem}-{day.isoformat()}{library.suffix}"


def by_hand(library: Path, folder: Path, time: datetime) -> Path:
    """A name for a backup that a person asks for; such a one is never removed by itself."""
    return folder / f"{library.stem}-{time:%Y-%m-%d-%H%M%S}{library.suffix}"


def back_up_today(library: Path, today: date, stopped: Callable[[], bool] = lambda: False) -> Backup | None:
    """Make the backup of a day, unless there is one, and remove those that are too many by then.

    Only a good backup lets older ones go. Raises BackupFailed, Stopped.
    """
    to = daily(library, today)
    if to.exists():
        return None
    make_private_folder(to.parent)
    needed, free = library.stat().st_size + LEAST_FREE_BYTES, shutil.disk_usage(to.parent).free
    if free < needed:
        raise BackupFailed(
            f"No backup was made today: it needs {needed >> 20} MB, and {to.parent} has {free >> 20} MB left."
        )
    made = back_up(library, to, stopped)
    for day in expired(days_of(library)):
        remove(daily(library, day))
    return made


def days_of(library: Path) -> list[date]:
    """The days that have an automatic backup, the latest first."""
    form = re.compile(rf"{re.escape(library.stem)}-(\d{{4}}-\d\d-\d\d){re.escape(library.suffix)}")
    names = (form.fullmatch(path.name) for path in folder_of(library).glob(f"*{library.suffix}"))
    days = []
    for name in filter(None, names):
        with contextlib.suppress(ValueError):  # a name that only looks like a day
            days.append(date.fromisoformat(name[1]))
    return sorted(days, reverse=True)


def expired(days: Iterable[date]) -> list[date]:
    """The days whose backups may go: kept are the last seven, and the last one of each of the last four weeks.

    Counted by the backups that are there and not by the calendar: a clock that jumps, or a summer without the machine,
    removes none.
    """
    latest = sorted(days, reverse=True)
    of_week: dict[tuple[int, int], date] = {}
    for day in latest:
        of_week.setdefault(day.isocalendar()[:2], day)
    kept = {*latest[:KEPT_DAYS], *list(of_week.values())[:KEPT_WEEKS]}
    return [day for day in latest if day not in kept]


def all_backups(library: Path) -> list[Path]:
    """Every backup in the library's own folder, the latest first."""
    form = re.compile(rf"{re.escape(library.stem)}-\d{{4}}-\d\d-\d\d(-\d{{6}})?{re.escape(library.suffix)}")
    found = [path for path in folder_of(library).glob(f"*{library.suffix}") if form.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


# The way back


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored library: how many articles it has, and where the one it took the place of is; None: there was none."""

    articles: int
    replaced: Path | None


def restore(backup: Path, library: Path, time: datetime) -> Restored:
    """Put a backup in a library's place, once it is found to be whole; the library that was there is kept beside it.

    Nobody may be using the library. The backup itself stays as it is. Raises BackupFailed, and then the library is as
    it was; LibraryTooNew and LibraryUnreadable for a backup that this Quietpage cannot open.
    """
    if not backup.is_file():
        raise BackupFailed(f"There is no file {backup}.")
    if library.exists() and backup.samefile(library):
        raise BackupFailed(f"{backup} is the library itself.")
    check_opens(backup)
    library = library.resolve()  # where its name only points to it, the file itself is replaced
    part = library.with_name(f"{library.name}.restoring")
    try:
        library.parent.mkdir(parents=True, exist_ok=True)
        remove(part)
        articles = copy(backup, part, lambda: False)
        keep_disconnected(library, part)
        kept = library.with_name(f"{library.name}.replaced-{time:%Y-%m-%d-%H%M%S}")
        replaced = kept if set_aside(library, kept) else None
        os.replace(part, library)
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"{backup} is damaged ({error}). The library was left as it was.") from error
    except OSError as error:
        raise BackupFailed(f"{library} could not be replaced: {error.strerror}.") from error
    finally:
        remove(part)
    return Restored(articles, replaced)


def check_opens(backup: Path) -> None:
    """Raise LibraryUnreadable or LibraryTooNew unless a file is a library that this Quietpage can bring up to date."""
    db = database.connect(backup)
    try:
        database.refuse_foreign(db, backup)
        database.refuse_newer(db, backup)
        if not db.table_names():
            raise LibraryUnreadable(f"{backup} is empty: it is no backup.")
    except sqlite3.DatabaseError as error:
        raise LibraryUnreadable(f"{backup} is damaged ({error}). The library was left as it was.") from error
    finally:
        db.close()


def keep_disconnected(library: Path, part: Path) -> None:
    """Let no browser and no feed back in that was revoked since the backup was made."""
    if not library.exists():
        return
    with contextlib.suppress(sqlite3.DatabaseError):  # either is older than browsers are, or the library is damaged
        with opened(library) as present:
            rows = present.execute("select revoked_at, id from browsers where revoked_at is not null").fetchall()
        with opened(part) as restored:
            restored.executemany("update browsers set revoked_at = ? where id = ?", rows)
    with contextlib.suppress(sqlite3.DatabaseError):  # either is older than feeds are
        with opened(library) as present:
            rows = present.execute("select revoked_at, token_hash from feeds where revoked_at is not null").fetchall()
        with opened(part) as restored:
            restored.executemany("update feeds set revoked_at = ? where token_hash = ?", rows)


def set_aside(library: Path, kept: Path) -> bool:
    """Keep a library's file under another name as well, with all that was written to it; answers whether there was one.

    It stays under its own name until the new one takes it, so that no moment is without a library. What SQLite wrote
    beside it belongs to it alone, and must not meet the new one.
    """
    if not library.exists():
        return False
    with contextlib.suppress(sqlite3.DatabaseError), opened(library) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a damaged one is kept as it is, with what is beside it
    try:
        os.link(library, kept)
    except OSError:  # this file system has no second names
        shutil.copy2(library, kept)
    for end in ("-wal", "-shm", "-journal"):
        beside = library.with_name(library.name + end)
        if beside.exists():
            os.replace(beside, kept.with_name(kept.name + end))
    return True
