"""How the library's file keeps what belongs to entries that are not captured yet, and where their pages went."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from quietpage.article import Article, Page
from quietpage.library.addresses import host_of
from quietpage.library.rows import kept_address


def create_uncaptured(db: Database) -> None:
    """Why an entry's page could not be captured, which other addresses lead to an article, and the queue's order."""
    db.execute(
        "create table tries (article_id integer primary key references articles on delete cascade, "
        "why text not null, status integer, tried_at text not null)"
    )
    db.execute(
        "create table led_here (address text primary key, "
        "article_id integer not null references articles on delete cascade) without rowid"
    )
    db.execute("create index led_from on led_here (article_id)")
    db.execute("create index uncaptured_newest on articles (saved_at, id) where versions = 0 and deleted_at is null")


def article_at(db: Database, url: str) -> sqlite3.Row | None:
    """The article kept from this URL, or from where it led when its page was captured; in the trash or not."""
    address = kept_address(url)
    row: sqlite3.Row | None = db.conn.execute("select * from articles where address = ?", (address,)).fetchone()
    if row is None:
        led = "select * from articles where id = (select article_id from led_here where address = ?)"
        row = db.conn.execute(led, (address,)).fetchone()
    return row


def awaited(db: Database, article: Article, page: Page) -> sqlite3.Row | None:
    """The entry that waits for this page under the address which the page itself calls its own; it moves to the page's.

    Of the same host only: no page may say that it is another site's.
    """
    canonical = article.canonical_url or ""
    if not canonical or host_of(canonical) != host_of(page.url):
        return None
    row = article_at(db, canonical)
    if row is None or row["versions"] or row["deleted_at"]:
        return None
    move(db, row, page.url)
    return row


def move(db: Database, row: sqlite3.Row, url: str) -> None:
    """Keep an article at the address where its page is now; the one it had still leads to it."""
    address = kept_address(url)
    if address == row["address"]:
        return
    db.conn.execute("update articles set address = ? where id = ?", (address, row["id"]))
    leads(db, row["address"], int(row["id"]))


def leads(db: Database, address: str, article_id: int) -> None:
    """Know that an address leads to an article."""
    db.conn.execute("insert or replace into led_here values (?, ?)", (address, article_id))
