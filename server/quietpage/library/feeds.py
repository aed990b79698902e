"""Feeds: addresses by which a person's own reader app sees the saved articles, and can do nothing else.

Feed readers send no headers, so the address itself holds the token. Only its hash is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from quietpage.library.browsers import hashed
from quietpage.library.database import writing
from quietpage.library.rows import storable
from quietpage.library.times import now, read_time, write_time

LONGEST_NAME = 80  # characters
SEEN_EVERY = timedelta(hours=1)  # "last read" is for people: more exact would cost a write a request


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that was given to a reader app. ``query`` chooses what is in it; blank means all."""

    id: int
    name: str
    query: str
    created_at: datetime
    seen_at: datetime | None = None


class Feeds:
    """The feeds of a library."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def add(self, name: str, query: str = "") -> str:
        """Make a feed; answers its token of 256 random bits, kept nowhere. Raises ValueError without a name."""
        name = " ".join(storable(name).split())[:LONGEST_NAME].strip()
        if not name:
            raise ValueError("A feed needs a name.")
        token = secrets.token_urlsafe(32)
        row = {"name": name, "query": storable(query).strip(), "token_hash": hashed(token), "created_at": now()}
        with writing(self._database()) as db:
            db.table("feeds").insert(row)
        return token

    def by_token(self, token: str) -> Feed | None:
        """The feed of this token, which is found by its hash; None for an unknown and for a revoked one."""
        question = "select * from feeds where token_hash = ? and revoked_at is null"
        row = self._database().conn.execute(question, (hashed(token),)).fetchone()
        return feed_of(row) if row else None

    def all(self) -> tuple[Feed, ...]:
        """Every feed, the latest first."""
        rows = self._database().conn.execute("select * from feeds where revoked_at is null order by id desc")
        return tuple(map(feed_of, rows))

    def seen(self, feed: Feed) -> None:
        """Note that a feed was read, at most once an hour."""
        if feed.seen_at is None or datetime.now(UTC) - feed.seen_at > SEEN_EVERY:
            with writing(self._database()) as db:
                time = write_time(datetime.now(UTC))
                db.conn.execute("update feeds set seen_at = ? where id = ?", (time, feed.id))

    def revoke(self, feed_id: int) -> None:
        """Revoke a feed: its address is worthless from now on."""
        with writing(self._database()) as db:
            db.conn.execute("update feeds set revoked_at = ? where id = ? and revoked_at is null", (now(), feed_id))


def feed_of(row: object) -> Feed:
    """A row as a feed."""
    told = dict(row)  # type: ignore[call-overload]  # a row of sqlite3's
    seen = told["seen_at"]
    return Feed(
        told["id"], told["name"], told["query"], read_time(told["created_at"]), read_time(seen) if seen else None
    )
