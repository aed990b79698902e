"""What a person does with kept articles: read, archive, love, tag, throw away and take back. One call, one commit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from quietpage.library import alike, citations
from quietpage.library.cursors import read_cursor, write_cursor
from quietpage.library.database import writing
from quietpage.library.filters import STATES
from quietpage.library.image_rows import forget_article
from quietpage.library.kept import NoSuchArticle
from quietpage.library.rows import row_id, words_of_row
from quietpage.library.tags import give, take, tidied
from quietpage.library.times import now, read_time, write_time
from quietpage.library.vocabulary import count_words

TRASH_DAYS = 30
FINISHED = 0.98  # the share read from which an article counts as read: footnotes may be left
PURGED_AT_ONCE = 50  # a deletion also empties this much of what is due: some 100 ms at most
CHOSEN = "id in (select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class Thrown:
    """An article in the trash."""

    id: int
    title: str
    url: str
    site: str | None
    deleted_at: datetime

    @property
    def goes_at(self) -> datetime:
        """When it may be deleted for good."""
        return self.deleted_at + timedelta(days=TRASH_DAYS)


@dataclass(frozen=True, slots=True)
class Trash:
    """A page of the trash. ``total`` counts all that is in it."""

    articles: tuple[Thrown, ...]
    total: int
    next_cursor: str | None = None


class Shelf:
    """Acts on several articles at once; raises NoSuchArticle, and changes nothing, where one of them is not there."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def mark(
        self,
        ids: Sequence[int],
        *,
        state: str | None = None,
        favorite: bool | None = None,
        progress: float | None = None,
    ) -> None:
        """Set what is not None. ``progress`` is the share read, 0 to 1. Raises ValueError for an unknown state."""
        if state is not None and state not in STATES:
            raise ValueError(f"There is no state {state!r}; there are {', '.join(STATES)}.")
        changes = {"state": state, "favorite": favorite, "progress": progress}
        with writing(self._database()) as db:
            require(db, ids, "deleted_at is null")
            for column, value in changes.items():
                if value is not None:
                    db.conn.execute(f"update articles set {column} = ? where {CHOSEN}", (value, json.dumps(ids)))

    def read_to(self, article_id: int, share: float) -> None:
        """Note how far an article is read, 0 to 1: unread or begun, it is now begun, or read at its end."""
        state = "read" if share >= FINISHED else "reading"
        with writing(self._database()) as db:
            require(db, [article_id], "deleted_at is null")
            db.conn.execute("update articles set progress = ? where id = ?", (share, article_id))
            db.conn.execute(
                "update articles set state = ? where id = ? and state in ('unread', 'reading')", (state, article_id)
            )

    def tag(self, ids: Sequence[int], *, add: Iterable[str] = (), drop: Iterable[str] = ()) -> None:
        """Give articles tags, and take tags from them. Names are tidied; blank ones are none."""
        with writing(self._database()) as db:
            require(db, ids, "deleted_at is null")
            give(db, ids, tidied(add))
            take(db, ids, tidied(drop))

    def set_tags(self, article_id: int, names: Iterable[str]) -> None:
        """Give an article these tags and no others."""
        with writing(self._database()) as db:
            require(db, [article_id], "deleted_at is null")
            db.conn.execute("delete from article_tags where article_id = ?", (article_id,))
            give(db, [article_id], tidied(names))

    def delete(self, ids: Sequence[int]) -> None:
        """Move articles to the trash, from which they can be restored for 30 days; what is longer there goes."""
        with writing(self._database()) as db:
            require(db, ids, "deleted_at is null")
            db.conn.execute(f"update articles set deleted_at = ? where {CHOSEN}", (now(), json.dumps(ids)))
            purge_due(db)

    def restore(self, ids: Sequence[int]) -> None:
        """Take articles out of the trash; those that are not in it stay where they are."""
        with writing(self._database()) as db:
            require(db, ids, "true")
            db.conn.execute(f"update articles set deleted_at = null where {CHOSEN}", (json.dumps(ids),))

    def purge(self, ids: Sequence[int]) -> None:
        """Delete articles in the trash for good, with their captured pages."""
        with writing(self._database()) as db:
            require(db, ids, "deleted_at is not null")
            purge(db, db.conn.execute(f"select * from articles where {CHOSEN}", (json.dumps(ids),)).fetchall())

    def thrown(self, ids: Sequence[int]) -> bool:
        """Whether all of these articles are in the trash."""
        question = f"select count(*) from articles where {CHOSEN} and deleted_at is not null"
        return bool(self._database().conn.execute(question, (json.dumps(ids),)).fetchone()[0] == len(set(ids)))

    def trash(self, limit: int = 20, cursor: str | None = None) -> Trash:
        """A page of what is in the trash, last thrown away first. Raises BadCursor."""
        db = self._database()
        after = read_cursor(cursor, str, int) if cursor else ("~", 0)
        rows = db.conn.execute(
            """select id, title, url, site, deleted_at from articles
                where deleted_at is not null and (deleted_at, id) < (?, ?)
                order by deleted_at desc, id desc limit ?""",
            (*after, limit + 1),
        ).fetchall()
        total = int(db.conn.execute("select count(*) from articles where deleted_at is not null").fetchone()[0])
        more = write_cursor(rows[limit - 1]["deleted_at"], rows[limit - 1]["id"]) if len(rows) > limit else None
        thrown = (
            Thrown(row["id"], row["title"], row["url"], row["site"], read_time(row["deleted_at"]))
            for row in rows[:limit]
        )
        return Trash(tuple(thrown), total, more)


def require(db: Database, ids: Sequence[int], condition: str) -> None:
    """Raise NoSuchArticle unless all of these articles are there and fulfil the condition."""
    known = f"select id from articles where {CHOSEN} and {condition}"
    found = {row["id"] for row in db.conn.execute(known, (json.dumps([row_id(one) for one in ids]),))}
    for one in ids:
        if one not in found:
            raise NoSuchArticle(f"There is no article {one} in the library.")


def purge_due(db: Database) -> None:
    """Delete for good some of what has been in the trash for longer than it may be."""
    due = write_time(datetime.now(UTC) - timedelta(days=TRASH_DAYS))
    question = "select * from articles where deleted_at is not null and deleted_at < ? limit ?"
    purge(db, db.conn.execute(question, (due, PURGED_AT_ONCE)).fetchall())


def purge(db: Database, rows: Sequence[sqlite3.Row]) -> None:
    """Delete these articles and all that belongs to them."""
    for row in rows:
        count_words(db, row["id"], set(), words_of_row(row))
        alike.forget(db, row["id"])
        citations.forget(db, row["id"])
        for table in ("highlights", "article_notes", "article_tags", "removed", "captures", "versions"):
            db.conn.execute(f"delete from {table} where article_id = ?", (row["id"],))
        forget_article(db, row["id"])
        db.conn.execute("delete from articles where id = ?", (row["id"],))
