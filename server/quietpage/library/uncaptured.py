"""Entries not captured yet: which come next, why a page could not be captured, and what fills an entry when it comes.

The newest come first, as in every list: what was saved last is the likeliest to be there still, and to be wanted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlite_utils import Database

from quietpage.article import Article, Page
from quietpage.library import saving
from quietpage.library.cursors import read_cursor, write_cursor
from quietpage.library.database import writing
from quietpage.library.import_rows import add_more, said_of
from quietpage.library.incoming import Incoming, Quote, add_facts, add_note, add_quotes
from quietpage.library.kept import NoSuchArticle, Saved
from quietpage.library.rows import row_id
from quietpage.library.shelf import purge
from quietpage.library.times import now, read_time
from quietpage.library.uncaptured_rows import article_at, leads, move

Why = Literal[
    "not_found",
    "http",
    "sign_in",
    "front_page",
    "unreachable",
    "too_slow",
    "not_html",
    "unreadable",
    "too_large",
    "closed",
]
WHYS: tuple[Why, ...] = get_args(Why)
WAITING = "versions = 0 and deleted_at is null"
# By itself SQLite takes a smaller index and reads every row beside it: 118 ms of 100,000 for 5
ALL_WAITING = f"articles indexed by uncaptured_newest where {WAITING}"
LAST = "~"  # sorts behind every time


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page was not captured, and when that was tried (aware UTC); ``status`` is the site's, where it sent one."""

    why: Why
    tried_at: datetime
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry whose page is not captured yet. ``saved_at`` is aware UTC."""

    id: int
    url: str
    title: str
    saved_at: datetime
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """Some entries, how many there are ``to_try``, and how many ``failed`` and are left alone until somebody asks."""

    entries: tuple[Entry, ...]
    to_try: int
    failed: int
    next_cursor: str | None = None


class Uncaptured:
    """The part of the library that waits for its pages."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def entries(self, *, failed: bool = False, limit: int = 20, cursor: str | None = None) -> Entries:
        """The next to try, or those that ``failed``, newest first. Raises BadCursor."""
        db = self._database().conn
        after = read_cursor(cursor, str, int) if cursor else (LAST, 0)
        rows = db.execute(
            f"""select id, url, title, saved_at, why, status, tried_at from articles left join tries on article_id = id
                where {WAITING} and (saved_at, id) < (?, ?) and why is {"not" if failed else ""} null
                order by saved_at desc, id desc limit ?""",
            (*after, limit + 1),
        ).fetchall()
        more = write_cursor(rows[limit - 1]["saved_at"], rows[limit - 1]["id"]) if len(rows) > limit else None
        to_try, tried = self.counts()
        return Entries(tuple(map(entry_of, rows[:limit])), to_try, tried, more)

    def ids(self) -> frozenset[int]:
        """All of them."""
        return frozenset(row["id"] for row in self._database().conn.execute(f"select id from {ALL_WAITING}"))

    def counts(self) -> tuple[int, int]:
        """How many entries there are to try, and how many failed."""
        db = self._database().conn
        waiting = int(db.execute(f"select count(*) from {ALL_WAITING}").fetchone()[0])
        question = f"select count(*) from tries cross join articles on id = article_id where {WAITING}"
        failed = int(db.execute(question).fetchone()[0])  # of tries there are few: the join begins there
        return waiting - failed, failed

    def failure(self, article_id: int) -> Failure | None:
        """Why an entry's page was not captured; None where that was not tried."""
        row = self._database().conn.execute("select * from tries where article_id = ?", (article_id,)).fetchone()
        return row and failure_of(row)

    def note_failure(self, article_id: int, why: Why, status: int | None = None) -> None:
        """Leave an entry alone until somebody asks for it again, if it has no page yet.

        Of several reasons the first holds. Raises NoSuchArticle.
        """
        with writing(self._database()) as db:
            if not waiting(db, article_id)["versions"]:
                row = {"article_id": article_id, "why": why, "status": status, "tried_at": now()}
                db.table("tries").insert(row, ignore=True)

    def try_again(self, article_id: int | None = None) -> None:
        """Have an entry tried again, or all that failed."""
        with writing(self._database()) as db:
            one = () if article_id is None else (row_id(article_id),)
            db.conn.execute(f"delete from tries{' where article_id = ?' if one else ''}", one)


def entry_of(row: sqlite3.Row) -> Entry:
    """A row as an entry."""
    failure = failure_of(row) if row["why"] else None
    return Entry(row["id"], row["url"], row["title"], read_time(row["saved_at"]), failure)


def failure_of(row: sqlite3.Row) -> Failure:
    """A row as a failure."""
    return Failure(row["why"], read_time(row["tried_at"]), row["status"])


def waiting(db: Database, article_id: int) -> sqlite3.Row:
    """An article that is not in the trash, captured or not. Raises NoSuchArticle."""
    question = "select * from articles where id = ? and deleted_at is null"
    row: sqlite3.Row | None = db.conn.execute(question, (row_id(article_id),)).fetchone()
    if row is None:
        raise NoSuchArticle(f"There is no article {article_id} in the library.")
    return row


def fill(db: Database, article_id: int, article: Article, page: Page) -> Saved:
    """Keep the page of an entry, wherever its address has led, within a transaction. Raises NoSuchArticle.

    The entry keeps its tags, its dates, its state, its notes, and what the page does not say of itself. Where the page
    is kept already, the entry becomes one with the article it is kept as. One that was captured meanwhile is an article
    as any other.
    """
    known = saving.acknowledged(db, page.capture_id)
    if known is not None:
        return known
    entry = waiting(db, article_id)
    if entry["versions"]:
        return saving.save(db, article, page)
    there = article_at(db, page.url)
    if there is not None and there["id"] != entry["id"]:
        become_one(db, entry, int(there["id"]))
        return saving.save(db, article, page)
    move(db, entry, page.url)
    return saving.save(db, article, page)


def become_one(db: Database, entry: sqlite3.Row, article_id: int) -> None:
    """Give an article all that an entry has, and let the entry's address lead to it in the entry's place."""
    said = gathered(db, entry)
    add_facts(db, article_id, said)
    add_note(db, article_id, said.note)
    add_quotes(db, article_id, said)
    for source, more in said_of(db, int(entry["id"])).items():
        add_more(db, article_id, source, more)
    db.conn.execute("update led_here set article_id = ? where article_id = ?", (article_id, entry["id"]))
    purge(db, [entry])
    leads(db, entry["address"], article_id)


def gathered(db: Database, entry: sqlite3.Row) -> Incoming:
    """An entry as if it came in once more."""
    one = {"id": entry["id"]}
    note = db.conn.execute("select note from article_notes where article_id = :id", one).fetchone()
    tags = "select name from tags where id in (select tag_id from article_tags where article_id = :id)"
    marks = "select exact, note, color, created_at from highlights where article_id = :id and deleted_at is null"
    return Incoming(
        row="",
        url=entry["url"],
        saved_at=read_time(entry["saved_at"]),
        tags=tuple(row["name"] for row in db.conn.execute(tags, one).fetchall()),
        state=entry["state"],
        favorite=bool(entry["favorite"]),
        progress=entry["progress"],
        note=note["note"] if note else "",
        quotes=tuple(
            Quote(row["exact"], row["note"], row["color"], read_time(row["created_at"]))
            for row in db.conn.execute(marks, one).fetchall()
        ),
    )
