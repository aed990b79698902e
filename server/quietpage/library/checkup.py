"""Look a library over: is all of it whole, and is it safe? Each finding says what is so, and what to do about it."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from quietpage.library import backups, checksums, database
from quietpage.library.database import LibraryUnreadable
from quietpage.library.schema import migrations

Level = Literal["ok", "note", "bad"]
OLDEST_SQLITE = (3, 37, 0)  # what the indexes and upserts here need
LEAST_FREE_BYTES = 500_000_000
OLD_DAYS = 8  # the server makes one every day it runs
MOST_NAMED = 10
RECOVER = "Restore a backup (`quietpage restore FILE`), or save what is whole: `quietpage doctor --recover NEWFILE`."


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. "note": nothing is broken, but it may matter. ``remedy`` says what to do, if anything."""

    name: str
    level: Level
    said: str
    remedy: str = ""


def look_over(library: Path, now: datetime) -> Iterator[Finding]:
    """Check everything about a library's file, the quick things first. Nothing is changed; saving goes on."""
    yield sqlite_itself()
    if not library.exists():
        yield Finding("library", "note", f"There is no library at {library} yet.", "`quietpage serve` makes one.")
        return
    yield from permissions(library)
    yield disk(library)
    yield age_of_backups(library, now)
    try:
        db = database.connect(library)
    except LibraryUnreadable as error:
        yield Finding("library", "bad", str(error), RECOVER)
        return
    with contextlib.closing(db.conn):
        try:
            database.refuse_foreign(db, library)
            database.refuse_newer(db, library)
        except LibraryUnreadable as error:
            return (yield Finding("library", "bad", str(error)))
        except sqlite3.DatabaseError as error:
            return (yield Finding("library", "bad", f"{library} is damaged ({error}).", RECOVER))
        yield from contents(db, library)


def sqlite_itself() -> Finding:
    """Whether SQLite has all that is needed."""
    version = sqlite3.sqlite_version
    lacking = [name for name, sql in NEEDED.items() if not works(sql)]
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        lacking.append(f"a version from {'.'.join(map(str, OLDEST_SQLITE))} on")
    if lacking:
        remedy = "Use another Python: those of python.org and of today's systems have it."
        return Finding("sqlite", "bad", f"SQLite {version} lacks {', '.join(lacking)}.", remedy)
    return Finding("sqlite", "ok", f"SQLite {version}, with {', '.join(NEEDED)}.")


NEEDED = {
    "FTS5": "create virtual table temp.one using fts5(text)",
    "trigram": "create virtual table temp.two using fts5(text, tokenize = 'trigram')",
    "JSON": "select json_array(1)",
}


def works(sql: str) -> bool:
    """Whether SQLite can do this."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(sql)
        except sqlite3.OperationalError:
            return False
    return True


def permissions(library: Path) -> Iterator[Finding]:
    """Whether others of this machine can read what is kept."""
    if sys.platform == "win32":  # the folder of a person's data is theirs alone there
        return
    beside = [library.with_name(library.name + end) for end in ("", "-wal", "-shm", ".serving")]
    files = [path for path in [*beside, *backups.all_backups(library)] if path.exists()]
    open_ones = [path for path in files if path.stat().st_mode & 0o077]
    if open_ones:
        names = " ".join(f"'{path}'" for path in open_ones[:MOST_NAMED])
        said = f"Others of this machine can read or change {len(open_ones)} of the library's files."
        yield Finding("permissions", "bad", said, f"chmod 600 {names}")
    else:
        yield Finding("permissions", "ok", "The library's files are readable by you alone.")


def disk(library: Path) -> Finding:
    """Whether there is room to save, and for the next backup."""
    free, size = shutil.disk_usage(library.parent).free, library.stat().st_size
    said = f"{megabytes(free)} free where the library is ({megabytes(size)})."
    if free < LEAST_FREE_BYTES:
        return Finding("disk", "bad", said, "Make room: saving fails when the disk is full. What is kept stays safe.")
    if free < size + backups.LEAST_FREE_BYTES:
        return Finding("disk", "note", said, "There is no room for the next automatic backup. Make room for it.")
    return Finding("disk", "ok", said)


def age_of_backups(library: Path, now: datetime) -> Finding:
    """Whether there is a backup, and a fresh one."""
    found = backups.all_backups(library)
    if not found:
        return Finding("backups", "note", "There is no backup.", "`quietpage backup` makes one.")
    days = max(0, int((now.timestamp() - found[0].stat().st_mtime) // 86400))
    size = megabytes(sum(path.stat().st_size for path in found))
    age = {0: "of the last day", 1: "a day old"}.get(days, f"{days} days old")
    said = f"{len(found)} ({size}), the latest {age}: {found[0]}"
    if days >= OLD_DAYS:
        return Finding("backups", "note", said, "`quietpage backup` makes a new one; so does the server while it runs.")
    return Finding("backups", "ok", said)


# What is in it


def contents(db: Database, library: Path) -> Iterator[Finding]:
    """Whether the database is whole, and all that is in it as it was written."""
    pending = migrations.pending(db)
    if pending:
        said = f"It was last used by an older Quietpage: {len(pending)} changes are due."
        yield Finding("library", "note", said, "They are made, after a backup, when the library is next opened.")
    for name, check in CHECKS.items():
        try:
            wrong = check(db)
        except sqlite3.OperationalError as error:
            wrong = (f"could not be checked ({error})",)
        except sqlite3.DatabaseError as error:
            wrong = (str(error),)
        if wrong:
            more = f" … and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
            yield Finding(name, "bad", f"{WHAT[name][1]}: {'; '.join(wrong[:MOST_NAMED])}{more}.", REMEDIES[name])
        else:
            yield Finding(name, "ok", f"{WHAT[name][0]}.")
    with contextlib.suppress(sqlite3.DatabaseError):
        yield counts(db, library)


def structure(db: Database) -> tuple[str, ...]:
    return backups.damage(db.conn)


def references(db: Database) -> tuple[str, ...]:
    rows = db.conn.execute("PRAGMA foreign_key_check").fetchall()
    return tuple(f"{row[0]} {row[1]} names a missing one of {row[2]}" for row in rows)


def index(db: Database) -> tuple[str, ...]:
    """FTS5 compares its index with every article. It asks for the right to write, and writes nothing."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        db.conn.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
            return ("it does not fit the articles",)
        raise
    finally:
        db.conn.execute("ROLLBACK")
    return ()


def articles(db: Database) -> tuple[str, ...]:
    if "checksums" not in db.table_names():
        return ()
    return tuple(str(article_id) for article_id in checksums.changed_since(db))


def pages(db: Database) -> tuple[str, ...]:
    return tuple(wrong_ones(db, "versions", "article_id || ', version ' || number", is_page))


def images(db: Database) -> tuple[str, ...]:
    return tuple(wrong_ones(db, "images", "sha256", is_image)) if "images" in db.table_names() else ()


def wrong_ones(db: Database, table: str, named: str, is_right: Callable[[sqlite3.Row], bool]) -> Iterator[str]:
    """The names of the rows that are wrong, one row in memory at a time."""
    for (rowid,) in db.conn.execute(f"select rowid from {table}").fetchall():
        try:
            row = db.conn.execute(f"select *, {named} as named from {table} where rowid = ?", (rowid,)).fetchone()
            if not is_right(row):
                yield str(row["named"])
        except sqlite3.DatabaseError:
            yield f"row {rowid}"


def is_page(row: sqlite3.Row) -> bool:
    try:
        page = zlib.decompress(row["page"])
    except (zlib.error, TypeError):
        return False
    return row["page_sha256"] in (None, hashlib.sha256(page).hexdigest())


def is_image(row: sqlite3.Row) -> bool:
    named: str = row["sha256"]
    return hashlib.sha256(row["bytes"]).hexdigest() == named


CHECKS: dict[str, Callable[[Database], tuple[str, ...]]] = {
    "structure": structure,
    "references": references,
    "index": index,
    "articles": articles,
    "pages": pages,
    "images": images,
}
WHAT = {  # what is said when all is well, and when it is not
    "structure": ("The database is whole", "The database is damaged"),
    "references": ("Nothing refers to what is not there", "Something refers to what is not there"),
    "index": ("The search index fits the articles", "The search index is damaged"),
    "articles": ("Every article is as it was written", "These articles are not as they were written"),
    "pages": ("Every captured page is as it came", "These captured pages are damaged (article)"),
    "images": ("Every picture is as it came", "These pictures are damaged"),
}
REMEDIES = {
    "structure": RECOVER,
    "references": RECOVER,
    "index": "`quietpage doctor --recover NEWFILE` builds it anew; no article is lost.",
    "articles": "Look at them; `quietpage reclean IDS` makes them anew from the pages they came from.",
    "pages": "The articles themselves are not touched. A backup has the pages: `quietpage restore FILE`.",
    "images": "The articles themselves are not touched. A backup has the pictures: `quietpage restore FILE`.",
}


def counts(db: Database, library: Path) -> Finding:
    """How much there is."""
    question = "select count(*) from {}"
    kept = {
        "articles": question.format("articles where deleted_at is null"),
        "in the trash": question.format("articles where deleted_at is not null"),
        "captured pages": question.format("versions"),
        "pictures": question.format("images"),
        "highlights": question.format("highlights where deleted_at is null"),
        "tags": question.format("tags"),
    }
    said = []
    for name, sql in kept.items():
        with contextlib.suppress(sqlite3.OperationalError):  # an older library lacks some
            said.append(f"{db.conn.execute(sql).fetchone()[0]} {name}")
    return Finding("contents", "ok", f"{', '.join(said)}. {library}")


def megabytes(size: int) -> str:
    """A size in bytes, for people."""
    return f"{size / 1e9:.1f} GB" if size >= 1_000_000_000 else f"{size / 1e6:.1f} MB"
