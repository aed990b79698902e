"""A checksum of every article as it was written: disks and other programs change bytes that no database check sees."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sqlite_utils import Database

# What is read, and changes only when an article is written anew; marks, tags and notes do by themselves
COVERED = (
    "url, canonical_url, title, byline, site, language, direction, published_at, modified_at, excerpt, html, text, "
    "headings, lead_image, next_page, warning, saved_at"
)


def create_checksums(db: Database) -> None:
    """The table, and the checksums of the articles that are there."""
    db.execute(
        "create table checksums (article_id integer primary key references articles (id) on delete cascade, "
        "sha256 blob not null)"
    )
    remember_missing(db)


def remember_missing(db: Database) -> None:
    """Take the checksum of every article that has none."""
    question = "select id from articles where id not in (select article_id from checksums)"
    for (article_id,) in db.execute(question).fetchall():  # one at a time: together they are large
        remember(db, article_id)


def remember(db: Database, article_id: int) -> None:
    """Keep the checksum of an article that was just written."""
    row = (article_id, checksum(db, article_id))
    db.conn.execute("insert or replace into checksums (article_id, sha256) values (?, ?)", row)


def checksum(db: Database, article_id: int) -> bytes:
    """The checksum of an article as it stands in the file."""
    row = db.conn.execute(f"select {COVERED} from articles where id = ?", (article_id,)).fetchone()
    return hashlib.sha256(json.dumps(list(row), ensure_ascii=False).encode("utf-8", "surrogatepass")).digest()


def changed_since(db: Database) -> Iterator[int]:
    """The ids of the articles that are no longer, byte by byte, what was written."""
    question = "select id, sha256 from checksums join articles on id = article_id order by id"
    for article_id, kept in db.conn.execute(question).fetchall():
        if checksum(db, article_id) != kept:
            yield int(article_id)
