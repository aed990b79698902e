"""A Plan becomes a page of ranked hits with snippets: SQLite's FTS5 and bm25."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from sqlite_utils import Database

from quietpage.library.kept import Fragment
from quietpage.library.matching import FACTS, Condition, Plan
from quietpage.library.query import Query

# bm25 weights of title, byline, headings, text, bigrams: a word of the title says most about what an article is.
WEIGHTS = "10.0, 5.0, 3.0, 1.0, 1.0"
TEXT_COLUMN = 3
SNIPPET_WORDS = 32
SNIPPET_CHARS = 160  # around a match in a script without spaces, where words cannot be counted
OPEN, CLOSE = "\x02", "\x03"  # control characters are taken out of every text on its way in: these cannot occur

# The trash is small and has an index of its own: asking it costs less than reading every match's article.
TRASH = "select id from articles where deleted_at is not null"
# The plus keeps a search one scan; looking each row up would expand a prefix anew for every one of them.
PAGE = f"""
    with best as materialized (
        select rowid as id, bm25(articles_fts, {WEIGHTS}) as score {{found}}
        order by score, id desc limit :limit offset :offset)
    select articles.*, snippet(articles_fts, {TEXT_COLUMN}, :open, :close, '…', {SNIPPET_WORDS}) as snippet
    from articles_fts
    cross join best on best.id = +articles_fts.rowid
    cross join articles on articles.id = best.id
    where articles_fts match :match order by best.score, best.id desc"""

LISTED = "select *, '' as snippet {found} order by saved_at desc, id desc limit :limit offset :offset"


@dataclass(frozen=True, slots=True)
class Match:
    """What finds the articles, how many there are, and whether it asks for less than the whole search."""

    match: str | None
    condition: Condition
    total: int
    partial: bool = False

    @property
    def found(self) -> str:
        """What every question about the matches shares."""
        if self.match is None:
            return f"from articles where deleted_at is null and {chosen(self.condition) or 'true'}"
        narrowed = f"and +rowid {chosen(self.condition)[3:]}" if self.condition.sql else ""
        return f"from articles_fts where articles_fts match :match and rowid not in ({TRASH}) {narrowed}"

    @property
    def values(self) -> dict[str, str | int | None]:
        """The values bound in ``found``."""
        return {**self.condition.values, "match": self.match}


def chosen(condition: Condition) -> str:
    """The condition as one on ids, answered from the narrow index."""
    return f"id in (select id from {FACTS} where {condition.sql})" if condition.sql else ""


def count(db: Database, match: Match) -> int:
    """How many articles match."""
    return int(db.conn.execute(f"select count(*) {match.found}", match.values).fetchone()[0])


def best_match(db: Database, plan: Plan) -> Match:
    """What finds the articles with all terms, or else, when there are none, those with any."""
    total = count(db, Match(plan.match, plan.condition, 0))
    if total or plan.some is None:
        return Match(plan.match, plan.condition, total)
    return Match(plan.some, plan.condition, count(db, Match(plan.some, plan.condition, 0)), partial=True)


def page(db: Database, match: Match, limit: int, offset: int) -> list[sqlite3.Row]:
    """The articles of one page, each with its marked snippet, best first; without words, newest first."""
    question = PAGE.format(found=match.found) if match.match else LISTED.format(found=match.found)
    place = {"limit": limit, "offset": offset, "open": OPEN, "close": CLOSE}
    return db.conn.execute(question, {**match.values, **place}).fetchall()


def snippet_of(marked: str, text: str, query: Query) -> tuple[Fragment, ...]:
    """Turn SQLite's marked snippet into fragments; a match in unspaced script is looked up in the text itself."""
    if OPEN not in marked:
        marked = marked_unspaced(text, [term.text for term in query.terms if term.unspaced]) or marked
    fragments = []
    for piece in re.split(f"({OPEN}[^{CLOSE}]*{CLOSE})", re.sub(r"\s+", " ", marked)):
        if piece:
            fragments.append(Fragment(piece.strip(OPEN + CLOSE), match=piece.startswith(OPEN)))
    return tuple(fragments)


def marked_unspaced(text: str, runs: list[str]) -> str:
    """A passage of ``text`` with the first of ``runs`` it holds marked; "" where it holds none."""
    at = next((at for run in runs if (at := text.find(run)) >= 0), -1)
    if at < 0:
        return ""
    begin, end = max(0, at - SNIPPET_CHARS // 2), at + SNIPPET_CHARS
    passage = ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")
    every = "|".join(re.escape(run) for run in runs)
    return re.sub(every, lambda found: OPEN + found[0] + CLOSE, passage)
