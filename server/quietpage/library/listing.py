"""Lists in an order a person chose: by when articles were saved or published, or by length; the same at any size.

A page begins behind the last article of the page before, not at a place: what arrives meanwhile shifts nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from sqlite_utils import Database

from quietpage.library.cursors import read_cursor, write_cursor
from quietpage.library.filters import Fact
from quietpage.library.finding import COLUMNS, Search
from quietpage.library.matching import Condition
from quietpage.library.query import Part
from quietpage.library.search import FEW_CHOSEN

Sort = Literal["saved", "published", "longest", "shortest"]
SORTS: tuple[Sort, ...] = get_args(Sort)
SORTED_MOST = 3_000  # matches of words that are put in order, the newest of them: some 15 ms
BY_FACTS = "indexed by article_facts where deleted_at is null and {}"
# An article's own row is long, and what is asked of it stands at its end: the index of facts answers instead
OF_FACTS = "exists (select 1 from articles as fact indexed by article_facts where fact.id = articles.id and {})"


@dataclass(frozen=True, slots=True)
class Order:
    """What an order compares, whether the greatest comes first, and a place before the first of all."""

    key: str
    falling: bool
    before: str | int


ORDERS = {
    "saved": Order("saved_at", True, "~"),  # "~" sorts behind every time
    "published": Order("coalesce(published_at, '')", True, "~"),
    "longest": Order("word_count", True, 2**62),
    "shortest": Order("word_count", False, -1),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles of a query as SQL: ``facts`` reads them from the index of facts, ``ordered`` in some other order,
    by the day saved with ``saved`` too.

    ``total`` says how many they are; where it is ``capped``, there are more, and of those with its words the newest are
    chosen. ``corrected`` is what was searched for in place of a misspelt query.
    """

    facts: str
    ordered: str
    total: int
    values: Mapping[str, str | int] = field(default_factory=dict)
    saved: str = ""
    capped: bool = False
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list."""

    rows: list[sqlite3.Row]
    next_cursor: str | None


def listed(db: Database, found: Chosen, sort: Sort, limit: int, cursor: str | None) -> Listed:
    """A page of these articles, in this order. Raises BadCursor."""
    order = ORDERS[sort]
    start = (order.before, 2**62 if order.falling else 0)
    after = read_cursor(cursor, type(order.before), int) if cursor else start
    way, behind = ("desc", "<") if order.falling else ("asc", ">")
    places = db.conn.execute(
        f"""select id, {order.key} as place from articles {found.ordered} {found.saved if sort == "saved" else ""}
            and ({order.key}, id) {behind} (:place, :after) order by {order.key} {way}, id {way} limit :limit""",
        {**found.values, "place": after[0], "after": after[1], "limit": limit + 1},
    ).fetchall()
    one = f"select {COLUMNS} from articles where id = ?"
    rows = [db.conn.execute(one, (row["id"],)).fetchone() for row in places[:limit]]
    following = write_cursor(places[limit - 1]["place"], places[limit - 1]["id"]) if len(places) > limit else None
    return Listed(rows, following)


def chosen(db: Database, search: Search | None, most: int = SORTED_MOST) -> Chosen:
    """The articles a search finds; of those with its words at most so many, the newest. Without a search: all."""
    if search is None:
        return Chosen(BY_FACTS.format("true"), "where deleted_at is null", kept_total(db))
    if search.plan.match is None:
        return filtered(db, search)
    found = search.finder.newest(search.plan.match, most + 1)
    if not found and search.correct() and search.plan.match:
        found = search.finder.newest(search.plan.match, most + 1)
    return these(found[:most], capped=len(found) > most, corrected=search.corrected)


def filtered(db: Database, search: Search) -> Chosen:
    """The articles that filters alone choose: few are listed, of many each is asked in its turn."""
    finder, condition = search.finder, search.plan.condition
    if finder.few is not None:
        return these(finder.few)
    total = tallied(db, search.query.tree)
    days, between = saved_between(condition)
    first, last = finder.between
    return Chosen(
        BY_FACTS.format(f"id between {first} and {last} and {condition.sql}"),
        f"where deleted_at is null and {OF_FACTS.format(condition.sql)}",
        total or FEW_CHOSEN,
        condition.values | between,
        days,
        capped=total is None,
    )


def saved_between(condition: Condition) -> tuple[str, dict[str, str | int]]:
    """The days of saving once more, where the list by that day can begin with them."""
    sql, values = "", dict[str, str | int]()
    for number, days in enumerate(condition.saved):
        sql += f" and saved_at >= :since{number} and saved_at < :until{number}"
        values |= {f"since{number}": days.least or "", f"until{number}": days.below or "~"}
    return sql, values


def these(ids: Sequence[int], *, capped: bool = False, corrected: str | None = None) -> Chosen:
    """Articles by their ids."""
    sql = BY_FACTS.format("id in (select value from json_each(:found))")
    return Chosen(sql, sql, len(ids), {"found": json.dumps(ids)}, capped=capped, corrected=corrected)


def kept_total(db: Database) -> int:
    """How many articles are kept."""
    return int(db.conn.execute("select sum(articles) from tallies where facet = 'state'").fetchone()[0] or 0)


def tallied(db: Database, part: Part | None) -> int | None:
    """How many articles fulfil a single fact, where that is counted."""
    if not isinstance(part, Fact) or part.name not in ("is", "tag"):
        return None
    if part.name == "tag":
        row = db.conn.execute("select sum(articles) from tags where folded = ?", (part.value,)).fetchone()
    else:
        facet = "favorite" if part.value == "favorite" else "state"
        question = "select sum(articles) from tallies where facet = ? and value = ?"
        row = db.conn.execute(question, (facet, part.value)).fetchone()
    return int(row[0] or 0) or None
