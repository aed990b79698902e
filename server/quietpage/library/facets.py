"""How many of the articles a search finds have each site, tag, language, state and year: what to narrow it down by."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from quietpage.library.listing import Chosen
from quietpage.library.tallies import FACETS

COUNTED_MOST = 500  # articles of a search that are counted, the newest of them: some 5 ms
VALUES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, and how many articles have it."""

    value: str
    articles: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The commonest values of each facet. ``capped``: only the newest articles were counted, and there are more."""

    site: tuple[Value, ...] = ()
    tag: tuple[Value, ...] = ()
    language: tuple[Value, ...] = ()
    state: tuple[Value, ...] = ()
    favorite: tuple[Value, ...] = ()
    year: tuple[Value, ...] = ()
    capped: bool = False


def of_all(db: Database) -> Facets:
    """The counts that are kept."""
    counts = {facet: commonest(db, facet, VALUES_SHOWN) for facet in FACETS}
    tags = "select name, articles from tags where articles > 0 order by articles desc, name limit ?"
    return made(counts | {"tag": values(db.conn.execute(tags, (VALUES_SHOWN,)))})


def commonest(db: Database, facet: str, limit: int) -> tuple[Value, ...]:
    """The values of a facet that most articles of the library have."""
    question = """select value, articles from tallies where facet = ? and articles > 0 and value != ''
        order by articles desc limit ?"""
    return values(db.conn.execute(question, (facet, limit)))


def of_found(db: Database, found: Chosen) -> Facets:
    """The counts of what a search finds, one pass over its newest articles."""
    columns = ", ".join(f"{value.format(row='articles')} as {facet}" for facet, value in FACETS.items())
    rows = db.conn.execute(
        f"select id, {columns} from articles {found.facts} order by id desc limit :most",
        {**found.values, "most": COUNTED_MOST},
    ).fetchall()
    counts = {facet: most_of(Counter(row[facet] for row in rows if row[facet])) for facet in FACETS}
    tags = db.conn.execute(
        f"""select name, count(*) from json_each(?) as found
            cross join article_tags on article_id = found.value join tags on tags.id = tag_id
            group by tags.id order by count(*) desc, name limit {VALUES_SHOWN}""",
        (json.dumps([row["id"] for row in rows]),),
    )
    return made(counts | {"tag": values(tags)}, capped=found.capped or found.total > COUNTED_MOST)


def values(rows: Iterable[tuple[str, int]]) -> tuple[Value, ...]:
    """Rows of a value and its number."""
    return tuple(Value(str(row[0]), int(row[1] or 0)) for row in rows)


def most_of(counter: Counter[str]) -> tuple[Value, ...]:
    """The commonest values."""
    return values(counter.most_common(VALUES_SHOWN))


def made(counts: dict[str, tuple[Value, ...]], *, capped: bool = False) -> Facets:
    """The same as Facets; years run backwards."""
    years = tuple(sorted(counts["year"], key=lambda one: one.value, reverse=True))
    return Facets(**(counts | {"year": years}), capped=capped)
