"""The library: everything a person kept, in one SQLite file. Each method is one transaction, committed on return."""

from __future__ import annotations

import json
import secrets
import sqlite3
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from quietpage.article import Article, Page, Removed
from quietpage.library import alike, citations, neighbours, related, saving, uncaptured
from quietpage.library.acts import Acts, all_of
from quietpage.library.browsers import Browsers, OneTimeLinks
from quietpage.library.connections import Connections
from quietpage.library.copying import Copying
from quietpage.library.corrections import Corrections
from quietpage.library.database import LibraryTooNew, LibraryUnreadable, writing
from quietpage.library.deliveries import Deliveries
from quietpage.library.facets import Facets
from quietpage.library.feeds import Feeds
from quietpage.library.images import Images
from quietpage.library.incoming import Imports
from quietpage.library.inquiry import Inquiry
from quietpage.library.kept import (
    BadCursor,
    Beside,
    Fragment,
    Hit,
    Hits,
    KeptArticle,
    NoSuchArticle,
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
from quietpage.library.restoring import Restoring
from quietpage.library.rows import kept_article, row_id
from quietpage.library.searches import Searches
from quietpage.library.shelf import Shelf
from quietpage.library.snippets import Spotter
from quietpage.library.statistics import Statistics, statistics
from quietpage.library.tags import Tags
from quietpage.library.times import read_time
from quietpage.library.uncaptured_rows import article_at

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
        self._database = Connections(self.path)
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
        self.imports = Imports(self._database)
        self.uncaptured = uncaptured.Uncaptured(self._database)
        self.feeds = Feeds(self._database)
        self.copying = Copying(self._database)
        self.restoring = Restoring(self._database)
        self.deliveries = Deliveries(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every thread's connection."""
        self._database.close()

    # Saving

    def save(self, article: Article, page: Page, entry: int | None = None) -> Saved:
        """Keep an article and the page it came from.

        "unchanged": this capture was acknowledged before, or its content is what is kept already. "updated": the
        content of a kept address changed, and the article shows the new one; earlier pages stay as versions.
        An article with a warning (a page without an article) never takes the place of one without: its page is
        kept as a version, and the good article stays shown. Saving takes an article out of the trash, a repeated
        delivery too: who delivers has no answer yet, and would otherwise be told of an article that is not there.
        Lone surrogates and control characters become U+FFFD; the captured page keeps them. The page of an ``entry``
        that is not captured yet fills that, wherever its address has led; raises NoSuchArticle where it is gone.
        """
        with writing(self._database()) as db:
            return saving.save(db, article, page) if entry is None else uncaptured.fill(db, entry, article, page)

    def take_back(self, article_id: int, version: int, before: Article) -> None:
        """Forget the newest version; ``before`` is the article of the one before it, which is shown in its place.

        Marks, tags and state stay. Raises NotTheNewest, and NoSuchArticle.
        """
        with writing(self._database()) as db:
            saving.take_back(db, self._row(db, "id = ?", row_id(article_id)), version, before)

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
                saving.show(db, kept, article, version)
            elif recleaned.outcome == "unchanged":
                saving.note_origin(db, article_id, article)
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
        row = article_at(self._database(), url)
        return kept_article(row, self._tags(self._database(), row["id"])) if row and not row["deleted_at"] else None

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

    def secret(self, *, renew: bool = False) -> bytes:
        """32 random bytes, kept in the file and made once, or anew: they sign session cookies."""
        kept = "replace" if renew else "ignore"
        with writing(self._database()) as db:
            db.conn.execute(f"insert or {kept} into secrets values ('session', ?)", (secrets.token_bytes(32),))
            value = db.conn.execute("select value from secrets where name = 'session'").fetchone()[0]
        return bytes(value)
