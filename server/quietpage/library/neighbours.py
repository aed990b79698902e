"""The articles before and after one, in the order of the list it was opened from."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sqlite_utils import Database

from quietpage.library.inquiry import Inquiry
from quietpage.library.kept import Hit
from quietpage.library.listing import Sort
from quietpage.library.times import write_time

LOOKED_THROUGH = 500  # hits of a list; whoever is further down has the list itself
HITS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An article that is next in a list."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The one above and the one below; None at either end."""

    above: Neighbour | None = None
    below: Neighbour | None = None


def saved_around(db: Database, article_id: int) -> Neighbours:
    """The articles that were saved just after and just before this one: its neighbours in the list of all."""
    own = db.conn.execute("select saved_at, id from articles where id = ?", (article_id,)).fetchone()
    if own is None:
        return Neighbours()
    question = """select id, title, url from articles indexed by kept_newest where deleted_at is null
        and (saved_at, id) {} (?, ?) order by saved_at {way}, id {way} limit 1"""
    above = db.conn.execute(question.format(">", way="asc"), tuple(own)).fetchone()
    below = db.conn.execute(question.format("<", way="desc"), tuple(own)).fetchone()
    return Neighbours(neighbour(above), neighbour(below))


def neighbour(row: sqlite3.Row | None) -> Neighbour | None:
    """A row as a neighbour."""
    return None if row is None else Neighbour(row["id"], row["title"] or row["url"])


def listed_around(db: Database, article_id: int, query: str, sort: Sort | None = None) -> Neighbours:
    """The neighbours of an article among the hits of a search.

    Reading can take an article out of its own list (``is:unread``): then those that were saved after and before it.
    """
    hits = first_hits(db, query, sort, article_id)
    at = next((number for number, hit in enumerate(hits) if hit.id == article_id), None)
    if at is not None:
        return Neighbours(hit_beside(hits, at - 1), hit_beside(hits, at + 1))
    own = db.conn.execute("select saved_at from articles where id = ?", (article_id,)).fetchone()
    if own is None:
        return Neighbours()
    newer = [hit for hit in hits if write_time(hit.saved_at) > own[0]]
    older = [hit for hit in hits if write_time(hit.saved_at) <= own[0]]
    last = min(newer, key=lambda hit: hit.saved_at, default=None)
    following = max(older, key=lambda hit: hit.saved_at, default=None)
    return Neighbours(as_neighbour(last), as_neighbour(following))


def first_hits(db: Database, query: str, sort: Sort | None, until: int) -> list[Hit]:
    """The first hits of a search, and on until the one after an article has come."""
    hits: list[Hit] = []
    cursor: str | None = None
    while len(hits) < LOOKED_THROUGH:
        page = Inquiry(db, query).hits(HITS_AT_ONCE, cursor, sort)
        hits += page.hits
        cursor = page.next_cursor
        if cursor is None or any(hit.id == until for hit in hits[:-1]):
            break
    return hits


def hit_beside(hits: list[Hit], at: int) -> Neighbour | None:
    """The hit at a place, where there is one."""
    return as_neighbour(hits[at]) if 0 <= at < len(hits) else None


def as_neighbour(hit: Hit | None) -> Neighbour | None:
    """A hit as a neighbour."""
    return None if hit is None else Neighbour(hit.id, hit.title or hit.url)
