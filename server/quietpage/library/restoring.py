"""Records into a library: what an export took out comes back as it was, beside what is there already.

An article whose address is kept already stays as it is here, and so do its pages. All that follows from an article's
text (the full-text index, its links, its sketch, the words it counts by) is made anew.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from sqlite_utils import Database

from quietpage.article import Article
from quietpage.library import alike, checksums, citations, records
from quietpage.library.correction_rows import note_corrected, site_of
from quietpage.library.database import writing
from quietpage.library.highlight_rows import comparable, index_notes
from quietpage.library.image_header import NotAnImage
from quietpage.library.image_rows import drop_unused, store
from quietpage.library.images import MOST_IMAGE_BYTES, ImageTooLarge, described
from quietpage.library.import_rows import add_more
from quietpage.library.reading_settings import ReadingSettings
from quietpage.library.rows import article_row, capture_key, kept_address, maybe, storable
from quietpage.library.saving import own_text, words_of
from quietpage.library.tags import give, tidied
from quietpage.library.times import now, write_time
from quietpage.library.vocabulary import Tally

AT_ONCE = 200  # records in a transaction, or as many bytes of pages and images: then others may write
BYTES_AT_ONCE = 32 * 1024 * 1024


class Restoring:
    """Takes records into a library."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def all(self, coming: Iterable[records.AnyRecord], sanitize: Callable[[str], str]) -> Counter[str]:
        """Keep what these records say; answers how many articles were "created", and how many "known" already.

        The HTML of a file is a stranger's: ``sanitize`` decides what of it stays. Committed a few records at a time;
        whoever breaks off and begins anew finds what came before known.
        """
        each, one = iter(coming), _Restored(sanitize)
        with suppress(StopIteration):
            while True:
                with writing(self._database()) as db:
                    one.take_some(db, each)
        with writing(self._database()) as db:
            unused = """select sha256 from images where sha256 not in (select sha256 from article_images)
                and sha256 not in (select sha256 from thumbnails)"""
            drop_unused(db, [row[0] for row in db.conn.execute(unused)])
        return one.counts


class _Restored:
    """Where the records have come to: ``article`` is the id of the last one, None where it was known."""

    def __init__(self, sanitize: Callable[[str], str]) -> None:
        self.sanitize = sanitize
        self.article: int | None = None
        self.counts: Counter[str] = Counter()
        self.ended = False

    def take_some(self, db: Database, coming: Iterable[records.AnyRecord]) -> None:
        """Take the next records, as many as stand in a transaction. Raises StopIteration when there are no more."""
        if self.ended:
            raise StopIteration
        weight, tally = 0, Tally(db)
        for number, record in enumerate(coming, start=1):
            weight += self.take(db, record, tally)
            if number >= AT_ONCE or weight >= BYTES_AT_ONCE:
                break
        else:
            self.ended = True
        tally.write()

    def take(self, db: Database, record: records.AnyRecord, tally: Tally) -> int:
        """Take one record; answers how many bytes it brought."""
        if isinstance(record, records.Article):
            self.article = restore_article(db, record, self.sanitize, tally)
            self.counts["created" if self.article is not None else "known"] += 1
        elif isinstance(record, records.Version):
            page = record.whole()
            if self.article is not None:
                restore_version(db, self.article, record, page)
            return len(page)
        elif isinstance(record, records.Image):
            restore_image(db, record)
            return len(record.data)
        else:
            restore_own(db, record)
        return 0


def restore_article(db: Database, record: records.Article, sanitize: Callable[[str], str], tally: Tally) -> int | None:
    """Keep an article, by the number it had where that is free; None where its address is kept already."""
    address = storable(record.address) or kept_address(record.url)
    if db.conn.execute("select 1 from articles where address = ?", (address,)).fetchone():
        return None
    article = article_of(record, sanitize)
    row = article_row(article) | {
        "address": address,
        "saved_at": write_time(record.saved_at),
        "updated_at": write_time(record.updated_at),
        "deleted_at": write_time(record.deleted_at) if record.deleted_at else None,
        "state": record.state,
        "favorite": int(record.favorite),
        "progress": record.progress,
        "versions": record.versions,
        "shown": record.shown,
    }
    article_id = inserted(db, "articles", record.id, row)
    tally.count(article_id, words_of(article), set())
    alike.remember(db, article_id, own_text(article))
    citations.remember(db, article_id, row["html"])
    removed = [
        {"step": storable(one.step), "reason": storable(one.reason), "html": storable(one.html)}
        for one in record.removed
    ]
    for one in removed:
        added(db, "removed", one | {"article_id": article_id})
    give(db, [article_id], tidied(record.tags))
    restore_marks(db, article_id, record, tally)
    restore_rules(db, article_id, record)
    restore_shown(db, article_id, record)
    for source, more in record.imported.items():
        add_more(db, article_id, storable(source), more)
    checksums.remember(db, article_id)
    for capture in record.captures:
        known = {"capture_id": capture_key(capture.id), "article_id": article_id, "version": capture.version}
        added(db, "captures", known, unless_known=True)
    return article_id


def article_of(record: records.Article, sanitize: Callable[[str], str]) -> Article:
    """The article of a record, with sanitized HTML."""
    return Article(
        url=record.url,
        title=record.title,
        html=sanitize(record.html),
        text=record.text,
        canonical_url=record.canonical_url,
        byline=record.byline,
        site=record.site,
        language=record.language,
        direction=record.direction,
        published_at=record.published_at,
        modified_at=record.modified_at,
        excerpt=record.excerpt,
        word_count=record.word_count,
        reading_minutes=record.reading_minutes,
        lead_image=record.lead_image,
        next_page=record.next_page,
        warning=record.warning,
    )


def inserted(db: Database, table: str, number: int, row: dict[str, Any]) -> int:
    """The number of a new row: the one it had, where that is free."""
    if not db.conn.execute(f"select 1 from {table} where id = ?", (number,)).fetchone():
        row = row | {"id": number}
    return added(db, table, row)


def added(db: Database, table: str, row: dict[str, Any], *, unless_known: bool = False) -> int:
    """A new row, and its number; a tenth of an article's time goes where sqlite-utils does it."""
    names = ", ".join(row)
    insert = "insert or ignore" if unless_known else "insert"
    marks = ", ".join(f":{name}" for name in row)
    return int(db.conn.execute(f"{insert} into {table} ({names}) values ({marks})", row).lastrowid or 0)


def restore_marks(db: Database, article_id: int, record: records.Article, tally: Tally) -> None:
    """The note on an article, and its highlights."""
    if record.note and record.note.note.strip():
        note = storable(record.note.note)
        times = write_time(record.note.created_at), write_time(record.note.updated_at)
        db.conn.execute(
            "insert into article_notes values (?, ?, ?, ?, ?)", (article_id, note, comparable(note), *times)
        )
    for one in record.highlights:
        exact, note = storable(one.exact), storable(one.note)
        row = {
            "article_id": article_id,
            "color": one.color,
            "note": note,
            "begins": one.begins,
            "ends": one.ends,
            "exact": exact,
            "prefix": storable(one.prefix),
            "suffix": storable(one.suffix),
            "found": int(one.found),
            "folded": comparable(exact, note),
            "created_at": write_time(one.created_at),
            "updated_at": write_time(one.updated_at),
            "deleted_at": write_time(one.deleted_at) if one.deleted_at else None,
        }
        inserted(db, "highlights", one.id, row)
    if record.note or record.highlights:
        tally.write()  # what is indexed now counts words by itself
        index_notes(db, article_id)


def restore_rules(db: Database, article_id: int, record: records.Article) -> None:
    """The corrections of an article, and which of all found something in its page."""
    for rule in record.rules:
        add_rule(db, rule, site_of(record.url), article_id)
    note_corrected(db, article_id, storable(record.url), [storable(one) for one in record.ruled])


def add_rule(db: Database, rule: records.Rule | records.OwnRule, site: str, article_id: int | None) -> None:
    """Keep a correction; one that is there already is not doubled."""
    row = {"kind": rule.does, "selector": storable(rule.selector), "site": storable(site), "article_id": article_id}
    known = """select 1 from corrections where kind = :kind and selector = :selector and site = :site
        and article_id is :article_id"""
    if not db.conn.execute(known, row).fetchone():
        told = {"example": storable(rule.example), "created_at": write_time(rule.created_at)}
        db.table("corrections").insert(row | told)


def restore_shown(db: Database, article_id: int, record: records.Article) -> None:
    """Which images an article shows, of those that came."""
    shown = "insert or ignore into article_images select ?, ?, sha256 from images where sha256 = ?"
    for source, sha256 in record.images.items():
        db.conn.execute(shown, (article_id, storable(source), sha256))
    if record.thumbnail:
        small = "insert or ignore into thumbnails select ?, sha256 from images where sha256 = ?"
        db.conn.execute(small, (article_id, record.thumbnail))


def restore_version(db: Database, article_id: int, record: records.Version, page: bytes) -> None:
    """A captured page of an article."""
    row = {
        "article_id": article_id,
        "number": record.number,
        "url": maybe(record.url),
        "captured_at": write_time(record.captured_at) if record.captured_at else now(),
        "page": zlib.compress(page, 6),
        "page_sha256": hashlib.sha256(page).hexdigest(),
        "content_sha256": record.content_sha256,
        "warning": maybe(record.warning),
    }
    added(db, "versions", row, unless_known=True)


def restore_image(db: Database, record: records.Image) -> None:
    """An image, where it is one that a library keeps."""
    with suppress(NotAnImage, ImageTooLarge):
        image = described(record.data, MOST_IMAGE_BYTES)
        if image.sha256 == record.sha256:
            store(db, image, record.data)


def restore_own(db: Database, record: records.AnyRecord) -> None:
    """What is the library's own; what is set here already stays so."""
    if isinstance(record, records.Search) and record.name.strip() and record.query.strip():
        values = (storable(record.name), storable(record.query), storable(record.sort))
        db.conn.execute("insert or ignore into searches (name, query, sort) values (?, ?, ?)", values)
    elif isinstance(record, records.Setting):
        with suppress(ValueError):  # of another version
            ReadingSettings().changed({record.name: record.value})
            setting = (storable(record.name), storable(record.value))
            db.conn.execute("insert or ignore into reading_settings (name, value) values (?, ?)", setting)
    elif isinstance(record, records.Rule):
        add_rule(db, record, record.site, None)
