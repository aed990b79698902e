"""One question to the library, from its text to a page of hits and the facets that narrow it down: looked up once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from sqlite_utils import Database

from quietpage.library.facets import COUNTED_MOST, Facets, of_all, of_found
from quietpage.library.finding import Search
from quietpage.library.kept import Hits
from quietpage.library.listing import Chosen, Sort, chosen, listed
from quietpage.library.place import Place
from quietpage.library.query import parse
from quietpage.library.rows import hit_of, storable


class Inquiry:
    """A search of one library, or, of a blank text, the list of it."""

    def __init__(self, db: Database, text: str) -> None:
        self.db = db
        self.query = parse(storable(text))
        self.senseless = self.query.tree is None and not self.query.blank
        self.search = Search(db, self.query) if self.query.tree else None
        self.chosen: Chosen | None = None

    def hits(self, limit: int, cursor: str | None, sort: Sort | None) -> Hits:
        """A page of hits: ranked, or in the order asked for. Raises BadCursor."""
        if self.senseless:
            return Hits((), 0, hints=self.query.hints)
        if self.search and self.search.plan.match and not sort:
            return self.ranked(self.search, limit, cursor)
        return self.listed(sort or "saved", limit, cursor)

    def ranked(self, search: Search, limit: int, cursor: str | None) -> Hits:
        """A page of hits, best first."""
        found = search.page(limit, Place.at(cursor) if cursor else None)
        tags = tags_of(self.db, found.rows)
        rows = zip(found.rows, found.snippets, strict=True)
        return Hits(
            tuple(hit_of(row, tags.get(row["id"], ()), snippet) for row, snippet in rows),
            found.total,
            found.following.cursor() if found.following else None,
            partial=found.partial,
            whole=found.whole,
            capped=found.capped,
            corrected=found.corrected,
            hints=self.query.hints,
        )

    def listed(self, sort: Sort, limit: int, cursor: str | None) -> Hits:
        """A page of hits in a chosen order."""
        self.chosen = found = chosen(self.db, self.search)
        page = listed(self.db, found, sort, limit, cursor)
        tags = tags_of(self.db, page.rows)
        return Hits(
            tuple(hit_of(row, tags.get(row["id"], ())) for row in page.rows),
            found.total,
            page.next_cursor,
            whole=found.total,
            capped=found.capped,
            corrected=found.corrected,
            hints=self.query.hints,
        )

    def facets(self) -> Facets:
        """What the search can be narrowed down by; a blank one, the whole library."""
        if self.senseless:
            return Facets()
        if self.search is None:
            return of_all(self.db)
        return of_found(self.db, self.chosen or chosen(self.db, self.search, COUNTED_MOST))


def tags_of(db: Database, rows: Sequence[sqlite3.Row]) -> dict[int, tuple[str, ...]]:
    """The tags of several articles; those without are left out."""
    question = """select article_id, name from tags join article_tags on tag_id = tags.id
        where article_id in (select value from json_each(?)) order by name"""
    tags: dict[int, tuple[str, ...]] = {}
    for article_id, name in db.conn.execute(question, (json.dumps([row["id"] for row in rows]),)):
        tags[article_id] = (*tags.get(article_id, ()), name)
    return tags
