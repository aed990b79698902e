"""Who was let in: connected browsers, with their tokens' hashes, and one-time links."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from quietpage.library.database import impatient, writing
from quietpage.library.rows import storable
from quietpage.library.times import now, read_time, write_time

SEEN_EVERY = timedelta(minutes=1)  # "last seen" is for people: more exact would cost a write a request


@dataclass(frozen=True, slots=True)
class Browser:
    """A connected browser. ``proof_key`` proves the server to it; its token itself is kept nowhere."""

    id: str
    name: str
    origin: str
    proof_key: bytes
    created_at: datetime
    last_seen_at: datetime | None = None
    revoked_at: datetime | None = None


class Browsers:
    """The browsers that were connected. A revoked one stays listed, with its time."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def add(self, *, name: str, origin: str, token_hash: bytes, proof_key: bytes) -> Browser:
        """Connect a browser."""
        browser = Browser(secrets.token_urlsafe(9), storable(name), origin, proof_key, read_time(now()))
        row = {
            "id": browser.id,
            "name": browser.name,
            "origin": origin,
            "token_hash": token_hash,
            "proof_key": proof_key,
            "created_at": write_time(browser.created_at),
        }
        with writing(self._database()) as db:
            db.table("browsers").insert(row)
        return browser

    def by_token_hash(self, token_hash: bytes) -> Browser | None:
        """The connected browser this token belongs to; None for an unknown or a revoked one."""
        return self._one("token_hash = ? and revoked_at is null", token_hash)

    def get(self, browser_id: str) -> Browser | None:
        """One browser, revoked or not."""
        return self._one("id = ?", browser_id)

    def all(self) -> tuple[Browser, ...]:
        """Every browser, the latest first."""
        rows = self._database().conn.execute("select * from browsers order by created_at desc, id")
        return tuple(browser_of(row) for row in rows)

    def origins(self) -> frozenset[str]:
        """The extension origins of the connected browsers."""
        rows = self._database().conn.execute("select distinct origin from browsers where revoked_at is null")
        return frozenset(row["origin"] for row in rows)

    def seen(self, browser_id: str) -> None:
        """Note that a browser spoke to us, at most once a minute, and only where that can be done at once."""
        before = write_time(read_time(now()) - SEEN_EVERY)
        stale = self._one("id = ? and (last_seen_at is null or last_seen_at < ?)", browser_id, before)
        if stale is not None:
            with contextlib.suppress(sqlite3.OperationalError), impatient(self._database()):
                self._update("last_seen_at = ? where id = ?", now(), browser_id)  # reading goes on where it cannot

    def revoke(self, browser_id: str) -> None:
        """Disconnect a browser: its token is worthless from now on."""
        self._update("revoked_at = ? where id = ? and revoked_at is null", now(), browser_id)

    def _one(self, condition: str, *values: str | bytes) -> Browser | None:
        row = self._database().conn.execute(f"select * from browsers where {condition}", values).fetchone()
        return browser_of(row) if row else None

    def _update(self, change: str, *values: str) -> None:
        with writing(self._database()) as db:
            db.conn.execute(f"update browsers set {change}", values)


class OneTimeLinks:
    """Codes that let a browser in once. They stand in the file, so that another process of the same person can mint."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def mint(self, *, seconds: int = 600) -> str:
        """Return a new code, good once within ``seconds``. Only its hash is kept."""
        code = secrets.token_urlsafe(32)
        expires = write_time(datetime.now(UTC) + timedelta(seconds=seconds))
        with writing(self._database()) as db:
            db.conn.execute("delete from one_time_links where expires_at <= ?", (now(),))
            db.conn.execute("insert into one_time_links values (?, ?)", (hashed(code), expires))
        return code

    def redeem(self, code: str) -> bool:
        """Use a code up; answers whether it was good."""
        with writing(self._database()) as db:
            used = db.conn.execute(
                "delete from one_time_links where code_sha256 = ? and expires_at > ?", (hashed(code), now())
            )
            return used.rowcount == 1


def hashed(code: str) -> bytes:
    """What is kept of a code: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).digest()


def browser_of(row: sqlite3.Row) -> Browser:
    """A row as a Browser."""
    return Browser(
        id=row["id"],
        name=row["name"],
        origin=row["origin"],
        proof_key=row["proof_key"],
        created_at=read_time(row["created_at"]),
        last_seen_at=read_time(row["last_seen_at"]) if row["last_seen_at"] else None,
        revoked_at=read_time(row["revoked_at"]) if row["revoked_at"] else None,
    )
