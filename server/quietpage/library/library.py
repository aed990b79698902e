"""The library: everything a person kept, in one SQLite file. Each method is one transaction, committed on return."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import threading
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from quietpage.article import Article, Page, Removed
from quietpage.library import alike, citations, database, neighbours, related
from quietpage.library.acts import Acts, all_of
from quietpage.library.browsers import Browsers, OneTimeLinks
from quietpage.library.changes import Change, changed_paragraphs
from quietpage.library.correction_rows import note_corrected
from quietpage.library.corrections import Corrections
from quietpage.library.database import LibraryTooNew, LibraryUnreadable, writing
from quietpage.library.facets import Facets
from quietpage.library.highlight_rows import anchor_anew
from quietpage.library.images import Images
from quietpage.library.inquiry import Inquiry
from quietpage.library.kept import (
    BadCursor,
    Beside,
    Fragment,
    Hit,
    Hits,
    KeptArticle,
    NoSuchArticle,
    Outcome,
    Related,
    SameContent,
    Saved,
    Version,
)
from quietpage.library.listing import Sort
from quietpage.library.marks import Marks
from quietpage.library.neighbours import Neighbours
from quietpage.library.reading_settings import Reading
from quietpage.library.recleaning import Recleaned, Recleanings, compare
from quietpage.library.rows import (
    article_row,
    capture_key,
    content_sha256,
    kept_address,
    kept_article,
    maybe,
    page_bytes,
    row_id,
    storable,
    words_of_row,
)
from quietpage.library.searches import Searches
from quietpage.library.shelf import Shelf
from quietpage.library.snippets import Spotter
from quietpage.library.statistics import Statistics, statistics
from quietpage.library.tags import Tags
from quietpage.library.times import now, read_time, write_time
from quietpage.library.vocabulary import count_words, distinct_words

__all__ = [
    "BadCursor",
    "Beside",
    "Fragment",
    "Hit",
    "Hits",
    "KeptArticle",
    "Library",
    "LibraryTooNew",
    "LibraryUnreadable",
    "NoSuchArticle",
    "Related",
    "SameContent",
    "Saved",
]

KEPT = "deleted_at is null"


class Library:
    """One library file, usable from many threads: each thread has a connection of its own.

    Raises LibraryUnreadable when the file is no library or cannot be written, LibraryTooNew when a newer
    version of Quietpage wrote it; either leaves the file as it was.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._threads = threading.local()
        self._open: list[Database] = []
        self._lock = threading.Lock()
        database.prepare(self.path)
        self.browsers = Browsers(self._database)
        self.links = OneTimeLinks(self._database)
        self.shelf = Shelf(self._database)
        self.acts = Acts(self._database)
        self.images = Images(self._database)
        self.marks = Marks(self._database)
        self.tags = Tags(self._database)
        self.searches = Searches(self._database)
        self.reading = Reading(self._database)
        self.corrections = Corrections(self._database)
        self.recleanings = Recleanings(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            while self._open:
                self._open.pop().close()
        self._threads = threading.local()

    def _database(self) -> Database:
        """This thread's connection."""
        db: Database | None = getattr(self._threads, "db", None)
        if db is None:
            db = self._threads.db = database.connect(self.path)
            with self._lock:
                self._open.append(db)
        return db

    # Saving

    def save(self, article: Article, page: Page) -> Saved:
        """Keep an article and the page it came from.

        "unchanged": this capture was acknowledged before, or its content is what is kept already. "updated": the
        content of a kept address changed, and the article shows the new one; earlier pages stay as versions.
        An article with a warning (a page without an article) never takes the place of one without: its page is
        kept as a version, and the good article stays shown. Saving takes an article out of the trash, a repeated
        delivery too: who delivers has no answer yet, and would otherwise be told of an article that is not there.
        Lone surrogates and control characters become U+FFFD; the captured page keeps them.
        """
        with writing(self._database()) as db:
            known = self._acknowledged(db, page.capture_id)
            if known is not None:
                return known
            kept = db.conn.execute("select * from articles where address = ?", (kept_address(page.url),)).fetchone()
            saved = self._save_new(db, article, page) if kept is None else self._save_again(db, kept, article, page)
            self._acknowledge(db, page.capture_id, saved)
            return saved

    def _acknowledged(self, db: Database, capture_id: str | None) -> Saved | None:
        """What an earlier delivery of the same capture came to."""
        if capture_id is None:
            return None
        row = db.conn.execute("select * from captures where capture_id = ?", (capture_key(capture_id),)).fetchone()
        if row is None:
            return None
        db.conn.execute("update articles set deleted_at = null where id = ?", (row["article_id"],))
        return Saved(row["article_id"], "unchanged", row["version"])

    def _acknowledge(self, db: Database, capture_id: str | None, saved: Saved) -> None:
        if capture_id is not None:
            row = {"capture_id": capture_key(capture_id), "article_id": saved.id, "version": saved.version}
            db.table("captures").insert(row)

    def _save_new(self, db: Database, article: Article, page: Page) -> Saved:
        time = write_time(page.captured_at) if page.captured_at else now()
        row = article_row(article) | {"address": kept_address(page.url), "saved_at": time, "updated_at": time}
        article_id = int(db.table("articles").insert(row).last_rowid or 0)
        count_words(db, article_id, words_of(article), set())
        alike.remember(db, article_id, own_text(article))
        citations.remember(db, article_id, row["html"])
        self._note_origin(db, article_id, article)
        return self._add_version(db, article_id, "created", article, page)

    def _save_again(self, db: Database, kept: sqlite3.Row, article: Article, page: Page) -> Saved:
        article_id = int(kept["id"])
        if kept["deleted_at"]:
            db.table("articles").update(article_id, {"deleted_at": None})
        if kept["content_sha256"] == content_sha256(article):
            return Saved(article_id, "unchanged", int(kept["versions"]))
        saved = self._add_version(db, article_id, "updated", article, page)
        if kept["warning"] or not article.warning:
            self._show(db, kept, article, saved.version)
            db.table("articles").update(article_id, {"updated_at": now()})
        changed = changed_paragraphs(kept["text"], storable(article.text))
        return replace(saved, change=Change(read_time(kept["updated_at"]), changed))

    def _show(self, db: Database, kept: sqlite3.Row, article: Article, version: int) -> None:
        """Let an article show another text, which is that of a version. All that hangs on its text follows here."""
        article_id = int(kept["id"])
        row = article_row(article, kept["notes"]) | {"shown": version}
        db.table("articles").update(article_id, row)
        count_words(db, article_id, words_of(article) | distinct_words(kept["notes"]), words_of_row(kept))
        anchor_anew(db, article_id, kept["html"], row["html"])
        alike.remember(db, article_id, own_text(article))
        citations.remember(db, article_id, storable(article.html))
        self._note_origin(db, article_id, article)

    def _note_origin(self, db: Database, article_id: int, article: Article) -> None:
        """Note what was removed from an article's page, and which corrections found something there."""
        db.conn.execute("delete from removed where article_id = ?", (article_id,))
        db.table("removed").insert_all(removed_rows(article_id, article.removed))
        note_corrected(db, article_id, article.url, article.corrected)

    def _add_version(self, db: Database, article_id: int, outcome: Outcome, article: Article, page: Page) -> Saved:
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

    # Cleaning anew

    def reclean(self, article_id: int, article: Article, version: int) -> Recleaned:
        """Let an article show what a version's page, cleaned anew, holds; the search index follows.

        When it was saved, its state, tags and progress stay. A good article is never replaced by one with a warning.
        Raises NoSuchArticle.
        """
        with writing(self._database()) as db:
            kept = self._row(db, "id = ?", row_id(article_id))
            recleaned = compare(kept, article, version)
            if recleaned.outcome == "changed":
                self._show(db, kept, article, version)
            elif recleaned.outcome == "unchanged":
                self._note_origin(db, article_id, article)
            return recleaned

    def would_reclean(self, article_id: int, article: Article, version: int) -> Recleaned:
        """What that would come to. Raises NoSuchArticle."""
        return compare(self._row(self._database(), "id = ?", row_id(article_id)), article, version)

    def versions(self, article_id: int) -> tuple[Version, ...]:
        """The captured pages of an article, the newest first. Raises NoSuchArticle."""
        self.get(article_id)
        rows = self._database().conn.execute(
            "select number, url, captured_at, warning from versions where article_id = ? order by number desc",
            (article_id,),
        )
        return tuple(
            Version(row["number"], row["url"] or "", read_time(row["captured_at"]), row["warning"]) for row in rows
        )

    def ids(self, query: str = "") -> tuple[int, ...]:
        """The ids of all articles that have all of a query, or of the whole library, in order."""
        return tuple(sorted(json.loads(all_of(self._database(), query, trashed=False))))

    # Reading

    def get(self, article_id: int) -> KeptArticle:
        """One article. Raises NoSuchArticle for an unknown one and for one in the trash."""
        return self._kept("id = ?", row_id(article_id))

    def lookup(self, url: str) -> KeptArticle | None:
        """The article kept from this URL, in whatever spelling; None when there is none."""
        try:
            return self._kept("address = ?", kept_address(url))
        except NoSuchArticle:
            return None

    def _kept(self, condition: str, value: str | int) -> KeptArticle:
        db = self._database()
        row = self._row(db, condition, value)
        return kept_article(row, self._tags(db, row["id"]))

    def _row(self, db: Database, condition: str, value: str | int) -> sqlite3.Row:
        row: sqlite3.Row | None = db.conn.execute(
            f"select * from articles where {condition} and {KEPT}", (value,)
        ).fetchone()
        if row is None:
            raise NoSuchArticle(f"There is no article {value} in the library.")
        return row

    def _tags(self, db: Database, article_id: int) -> tuple[str, ...]:
        rows = db.conn.execute(
            "select name from tags join article_tags on tag_id = tags.id where article_id = ? order by name",
            (article_id,),
        )
        return tuple(row["name"] for row in rows)

    def removed(self, article_id: int) -> tuple[Removed, ...]:
        """What the cleaner struck from the article as it is shown, in order. The HTML is unsanitised."""
        self.get(article_id)
        rows = self._database().conn.execute("select * from removed where article_id = ? order by id", (article_id,))
        return tuple(Removed(row["step"], row["reason"], row["html"]) for row in rows)

    def captured_page(self, article_id: int, version: int) -> bytes:
        """A captured page, exactly as it came (rendered text as UTF-8). Raises NoSuchArticle for an unknown one."""
        row = (
            self._database()
            .conn.execute(
                "select page from versions where article_id = ? and number = ?", (row_id(article_id), row_id(version))
            )
            .fetchone()
        )
        if row is None:
            raise NoSuchArticle(f"There is no version {version} of article {article_id}.")
        return zlib.decompress(row["page"])

    # Finding

    def recent(self, *, limit: int = 20, cursor: str | None = None) -> Hits:
        """The articles, newest first. The order does not shift while new ones arrive. Raises BadCursor."""
        return self.search("", limit=limit, cursor=cursor)

    def search(self, query: str, *, limit: int = 20, cursor: str | None = None, sort: Sort | None = None) -> Hits:
        """The articles that hold every term of ``query``, best first, each with a snippet.

        Where none holds every term, those that hold any, and ``partial`` says so. Any text is a valid query; a
        blank one lists the library. ``sort`` asks for another order; filters alone are listed newest first.
        Raises BadCursor.
        """
        return Inquiry(self._database(), query).hits(limit, cursor, sort)

    def look(
        self, query: str, *, limit: int = 20, cursor: str | None = None, sort: Sort | None = None
    ) -> tuple[Hits, Facets]:
        """The same, and what the search can be narrowed down by."""
        inquiry = Inquiry(self._database(), query)
        return inquiry.hits(limit, cursor, sort), inquiry.facets()

    def spotter(self, query: str) -> Spotter:
        """What finds in a text the words that a search looks for, in all forms that it would find."""
        search = Inquiry(self._database(), query).search
        return search.spotter() if search else Spotter((), {})

    def statistics(self) -> Statistics:
        """What the library looks like from afar."""
        return statistics(self._database())

    # Beside an article

    def same_elsewhere(self, article_id: int) -> tuple[SameContent, ...]:
        """The other kept articles with the same content, whatever their headlines: AMP, print, syndicated copies."""
        return alike.same_elsewhere(self._database(), row_id(article_id))

    def related(self, article_id: int, limit: int = 5) -> tuple[Related, ...]:
        """Kept articles about the same things, nearest first, each with up to three terms that both speak of.

        None where nothing is near. Never the article itself, its copies, or what is in the trash.
        """
        return related.related(self._database(), row_id(article_id), limit)

    def cited_by(self, article_id: int) -> tuple[Beside, ...]:
        """The kept articles that link to this one, the last saved first; at most twenty."""
        return citations.cited_by(self._database(), row_id(article_id))

    def saved_among_links(self, kept: KeptArticle) -> dict[str, Beside]:
        """Those of an article's links that lead to other kept articles, by their canonical address."""
        return citations.saved_among(self._database(), row_id(kept.id), kept.article.html)

    def neighbours(self, article_id: int, query: str = "", sort: Sort | None = None) -> Neighbours:
        """The articles above and below one in the list of all, or in that of what a search finds.

        The first costs two look-ups in an index, the second what the search costs.
        """
        if not query and not sort:
            return neighbours.saved_around(self._database(), row_id(article_id))
        return neighbours.listed_around(self._database(), row_id(article_id), query, sort)

    def read_older_links(self, above: int = 0) -> int | None:
        """Read the links of some articles that were saved before links were kept, as ``sketch_older`` does."""
        with writing(self._database()) as db:
            return citations.index_some(db, above)

    def sketch_older(self, above: int = 0) -> int | None:
        """Prepare some articles that were saved before copies were looked for, with ids above one.

        Answers the last one's id, to go on from there; None when nothing is left to do.
        """
        with writing(self._database()) as db:
            return alike.sketch_some(db, above)

    # Deleting

    def delete(self, article_id: int) -> None:
        """Move an article to the trash, from which it can be restored for 30 days. Raises NoSuchArticle."""
        self.shelf.delete([article_id])

    def restore(self, article_id: int) -> None:
        """Take an article out of the trash; one that is not in it stays. Raises NoSuchArticle for an unknown one."""
        self.shelf.restore([article_id])

    # Keeping safe

    def secret(self) -> bytes:
        """32 random bytes, made once and kept in the file: they sign session cookies."""
        with writing(self._database()) as db:
            db.conn.execute("insert or ignore into secrets values ('session', ?)", (secrets.token_bytes(32),))
            value = db.conn.execute("select value from secrets where name = 'session'").fetchone()[0]
        return bytes(value)

    def backup(self, to: Path) -> None:
        """Copy the whole library to another file while it stays usable."""
        database.back_up(self._database(), to)


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
