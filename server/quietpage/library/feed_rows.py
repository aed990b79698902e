"""How feeds stand in the library's file."""

from __future__ import annotations

from sqlite_utils import Database


def create_feeds(db: Database) -> None:
    """The table."""
    db.execute(
        "create table feeds (id integer primary key, name text not null, query text not null default '', "
        "token_hash blob not null unique, created_at text not null, seen_at text, revoked_at text)"
    )
