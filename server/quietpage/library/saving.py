"""Keeping an article and the page it came from: a new one, a new version, and all that hangs on an article's text."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import replace

from sqlite_utils import Database

from quietpage.article import Article, Page, Removed
from quietpage.library import alike, checksums, citations
from quietpage.library.changes import Change, changed_paragraphs
from quietpage.library.correction_rows import note_corrected
from quietpage.library.highlight_rows import anchor_anew
from quietpage.library.kept import Outcome, Saved
from quietpage.library.rows import (
    article_row,
    capture_key,
    content_sha256,
    kept_address,
    maybe,
    page_bytes,
    storable,
    words_of_row,
)
from quietpage.library.times import now, read_time, write_time
from quietpage.library.uncaptured_rows import article_at, awaited
from quietpage.library.vocabulary import count_words, distinct_words


class NotTheNewest(LookupError):
    """Only the newest of several versions can be taken back."""


def save(db: Database, article: Article, page: Page) -> Saved:
    """What ``Library.save`` says, within a transaction."""
    known = acknowledged(db, page.capture_id)
    if known is not None:
        return known
    kept = article_at(db, page.url) or awaited(db, article, page)
    saved = save_new(db, article, page) if kept is None else save_again(db, kept, article, page)
    acknowledge(db, page.capture_id, saved)
    return saved


def acknowledged(db: Database, capture_id: str | None) -> Saved | None:
    """What an earlier delivery of the same capture came to."""
    if capture_id is None:
        return None
    row = db.conn.execute("select * from captures where capture_id = ?", (capture_key(capture_id),)).fetchone()
    if row is None:
        return None
    db.conn.execute("update articles set deleted_at = null where id = ?", (row["article_id"],))
    return Saved(row["article_id"], "unchanged", row["version"])


def acknowledge(db: Database, capture_id: str | None, saved: Saved) -> None:
    """Know a capture by what it came to."""
    if capture_id is not None:
        row = {"capture_id": capture_key(capture_id), "article_id": saved.id, "version": saved.version}
        db.table("captures").insert(row)


def save_new(db: Database, article: Article, page: Page) -> Saved:
    """Keep the first article of an address."""
    time = write_time(page.captured_at) if page.captured_at else now()
    row = article_row(article) | {"address": kept_address(page.url), "saved_at": time, "updated_at": time}
    article_id = int(db.table("articles").insert(row).last_rowid or 0)
    count_words(db, article_id, words_of(article), set())
    alike.remember(db, article_id, own_text(article))
    citations.remember(db, article_id, row["html"])
    note_origin(db, article_id, article)
    checksums.remember(db, article_id)
    return add_version(db, article_id, "created", article, page)


def save_again(db: Database, kept: sqlite3.Row, article: Article, page: Page) -> Saved:
    """Keep what has changed at the address of a kept article."""
    article_id = int(kept["id"])
    if kept["deleted_at"]:
        db.table("articles").update(article_id, {"deleted_at": None})
    first = not kept["versions"]  # only its address was known
    if first:
        article = with_what_is_known(article, kept)
    elif kept["content_sha256"] == content_sha256(article):
        return Saved(article_id, "unchanged", int(kept["versions"]))
    saved = add_version(db, article_id, "created" if first else "updated", article, page)
    if kept["warning"] or not article.warning:
        show(db, kept, article, saved.version)
        db.table("articles").update(article_id, {"updated_at": now()})
    if first:
        db.conn.execute("delete from tries where article_id = ?", (article_id,))
        return saved
    changed = changed_paragraphs(kept["text"], storable(article.text))
    return replace(saved, change=Change(read_time(kept["updated_at"]), changed))


def with_what_is_known(article: Article, entry: sqlite3.Row) -> Article:
    """An article with what the import said of it where its page says nothing."""
    published = read_time(entry["published_at"]) if entry["published_at"] else None
    return replace(
        article,
        title=article.title or entry["title"],
        byline=article.byline or entry["byline"],
        language=article.language or entry["language"],
        published_at=article.published_at or published,
    )


def show(db: Database, kept: sqlite3.Row, article: Article, version: int) -> None:
    """Let an article show another text, which is that of a version. All that hangs on its text follows here."""
    article_id = int(kept["id"])
    row = article_row(article, kept["notes"]) | {"shown": version}
    db.table("articles").update(article_id, row)
    count_words(db, article_id, words_of(article) | distinct_words(kept["notes"]), words_of_row(kept))
    anchor_anew(db, article_id, kept["html"], row["html"])
    alike.remember(db, article_id, own_text(article))
    citations.remember(db, article_id, storable(article.html))
    note_origin(db, article_id, article)
    checksums.remember(db, article_id)


def take_back(db: Database, kept: sqlite3.Row, version: int, before: Article) -> None:
    """What ``Library.take_back`` says, within a transaction. Its captures stay known, and do nothing any more."""
    article_id = int(kept["id"])
    if version != kept["versions"] or version < 2:
        raise NotTheNewest(f"Version {version} is not the newest of several.")
    if kept["shown"] == version:
        show(db, kept, before, version - 1)
    db.conn.execute("delete from versions where article_id = ? and number = ?", (article_id, version))
    earlier = "update captures set version = version - 1 where article_id = ? and version = ?"
    db.conn.execute(earlier, (article_id, version))
    db.table("articles").update(article_id, {"versions": version - 1})


def note_origin(db: Database, article_id: int, article: Article) -> None:
    """Note what was removed from an article's page, and which corrections found something there."""
    db.conn.execute("delete from removed where article_id = ?", (article_id,))
    db.table("removed").insert_all(removed_rows(article_id, article.removed))
    note_corrected(db, article_id, article.url, article.corrected)


def add_version(db: Database, article_id: int, outcome: Outcome, article: Article, page: Page) -> Saved:
    """Keep the captured page as the article's next version."""
    html = page_bytes(page)
    number = int(db.conn.execute("select versions from articles where id = ?", (article_id,)).fetchone()[0]) + 1
    db.table("versions").insert(
        {
            "article_id": article_id,
            "number": number,
            "url": storable(page.url),
            "captured_at": write_time(page.captured_at) if page.captured_at else now(),
            "page": zlib.compress(html, 6),
            "page_sha256": hashlib.sha256(html).hexdigest(),
            "content_sha256": content_sha256(article),
            "warning": maybe(article.warning),
        }
    )
    db.table("articles").update(article_id, {"versions": number})
    return Saved(article_id, outcome, number)


def words_of(article: Article) -> set[str]:
    """The words by which an article counts in the vocabulary."""
    return distinct_words(storable(article.title), maybe(article.byline), storable(article.text))


def own_text(article: Article) -> str | None:
    """The text by which an article is recognised elsewhere; a page without an article has none of its own."""
    return None if article.warning else storable(article.text)


def removed_rows(article_id: int, removed: Iterable[Removed]) -> Iterable[dict[str, str | int]]:
    """What was removed, as rows."""
    for one in removed:
        yield {
            "article_id": article_id,
            "step": storable(one.step),
            "reason": storable(one.reason),
            "html": storable(one.html),
        }
