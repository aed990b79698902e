"""A library, or what a search finds in it, as records: read one article at a time."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from quietpage.library import records
from quietpage.library.import_rows import said_of
from quietpage.library.times import read_time

# The columns that a record has under the same name, and that are no times
SAME = (
    "id", "address", "url", "title", "html", "text", "canonical_url", "byline", "site", "language", "direction",
    "excerpt", "word_count", "reading_minutes", "lead_image", "next_page", "warning", "state", "progress", "versions",
    "shown",
)  # fmt: skip
TIMES = ("published_at", "modified_at", "saved_at", "updated_at", "deleted_at")
OWN_TIMES = ("created_at", "updated_at")


class Copying:
    """What a library holds, as records."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def trashed(self) -> tuple[int, ...]:
        """The ids of the articles in the trash."""
        rows = self._database().conn.execute("select id from articles where deleted_at is not null order by id")
        return tuple(row[0] for row in rows)

    def own(self) -> Iterator[records.AnyRecord]:
        """What is the library's own: kept searches, settings for reading, corrections for sites."""
        db = self._database()
        for row in rows_of(db, "select name, query, sort from searches order by name"):
            yield records.Search(name=row["name"], query=row["query"], sort=row["sort"] or "")
        for row in rows_of(db, "select name, value from reading_settings order by name"):
            yield records.Setting(name=row["name"], value=row["value"])
        for row in rows_of(db, "select * from corrections where article_id is null order by id"):
            yield records.Rule(
                does=row["kind"],
                selector=row["selector"],
                site=row["site"],
                example=row["example"],
                created_at=read_time(row["created_at"]),
            )

    def of(self, ids: Sequence[int]) -> Iterator[records.AnyRecord]:
        """These articles with their pages and images; one that is there no more is left out."""
        written: set[bytes] = set()  # half of each image's hash: a library has hundreds of thousands
        for article_id in ids:
            article = self._article(article_id)
            if article is None:
                continue
            for sha256 in {*article.images.values(), *([article.thumbnail] if article.thumbnail else [])}:
                if (half := bytes.fromhex(sha256)[:16]) not in written:
                    written.add(half)
                    yield from self._image(sha256)
            yield article
            yield from self._versions(article)

    def _article(self, article_id: int) -> records.Article | None:
        db = self._database()
        row = db.conn.execute("select * from articles where id = ?", (article_id,)).fetchone()
        if row is None:
            return None
        told: dict[str, Any] = {name: row[name] for name in SAME} | {name: moment(row[name]) for name in TIMES}
        return records.Article(**told, favorite=bool(row["favorite"]), **beside(db, article_id))

    def _versions(self, article: records.Article) -> Iterator[records.Version]:
        db = self._database()
        numbers = [
            row[0] for row in rows_of(db, "select id from versions where article_id = ? order by number", article.id)
        ]
        for number in numbers:  # one at a time: a page has up to 20 MiB
            row = db.conn.execute("select * from versions where id = ?", (number,)).fetchone()
            if row is None:
                continue
            page = unpacked(row["page"])
            text = as_text(page)
            yield records.Version(
                address=article.address,
                number=row["number"],
                url=row["url"],
                captured_at=moment(row["captured_at"]),
                content_sha256=row["content_sha256"],
                warning=row["warning"],
                page=text,
                page_bytes=None if text is not None else page,
            )

    def _image(self, sha256: str) -> Iterator[records.Image]:
        row = self._database().conn.execute("select bytes from images where sha256 = ?", (sha256,)).fetchone()
        if row is not None:
            yield records.Image(sha256=sha256, data=row["bytes"])


def beside(db: Database, article_id: int) -> dict[str, Any]:
    """What other tables say of an article."""
    tags = "select name from tags join article_tags on tag_id = tags.id where article_id = ? order by name"
    rules = "select * from corrections where article_id = ? order by id"
    ruled = """select distinct selector from corrected join corrections on corrections.id = correction_id
        where corrected.article_id = ? order by selector"""
    note = db.conn.execute("select * from article_notes where article_id = ?", (article_id,)).fetchone()
    thumbnail = db.conn.execute("select sha256 from thumbnails where article_id = ?", (article_id,)).fetchone()
    images = rows_of(db, "select source, sha256 from article_images where article_id = ? order by source", article_id)
    removed = rows_of(db, "select step, reason, html from removed where article_id = ? order by id", article_id)
    captures = rows_of(db, "select * from captures where article_id = ? order by capture_id", article_id)
    highlights = rows_of(db, "select * from highlights where article_id = ? order by id", article_id)
    return {
        "tags": [row["name"] for row in rows_of(db, tags, article_id)],
        "note": note and records.Note(note=note["note"], **{name: read_time(note[name]) for name in OWN_TIMES}),
        "highlights": [mark(row) for row in highlights],
        "removed": [records.Struck(step=row["step"], reason=row["reason"], html=row["html"]) for row in removed],
        "rules": [
            records.OwnRule(
                does=row["kind"],
                selector=row["selector"],
                example=row["example"],
                created_at=read_time(row["created_at"]),
            )
            for row in rows_of(db, rules, article_id)
        ],
        "ruled": [row["selector"] for row in rows_of(db, ruled, article_id)],
        "captures": [records.Capture(id=row["capture_id"], version=row["version"]) for row in captures],
        "images": {row["source"]: row["sha256"] for row in images},
        "thumbnail": thumbnail and thumbnail["sha256"],
        "imported": said_of(db, article_id),
    }


def mark(row: sqlite3.Row) -> records.Mark:
    """A highlight's row as a record."""
    same = ("id", "color", "note", "begins", "ends", "exact", "prefix", "suffix")
    told = {name: row[name] for name in same} | {name: moment(row[name]) for name in (*OWN_TIMES, "deleted_at")}
    return records.Mark(**told, found=bool(row["found"]))


def rows_of(db: Database, question: str, *values: int) -> list[sqlite3.Row]:
    """All that a question answers."""
    return db.conn.execute(question, values).fetchall()


def moment(text: str | None) -> datetime | None:
    """A time, where there is one."""
    return read_time(text) if text else None


def unpacked(page: bytes) -> bytes:
    """A captured page as it came; one that cannot be unpacked, as it lies there."""
    try:
        return zlib.decompress(page)
    except zlib.error:
        return page


def as_text(page: bytes) -> str | None:
    """A page as text, where it is UTF-8."""
    try:
        return page.decode()
    except UnicodeDecodeError:
        return None
