"""A Query becomes ranked hits with snippets: SQLite's FTS5, bm25, every term quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from quietpage.library.bigrams import pairs
from quietpage.library.kept import Fragment
from quietpage.library.query import Query, Term

# bm25 weights of title, byline, headings, text, bigrams: a word of the title says most about what an article is.
WEIGHTS = "10.0, 5.0, 3.0, 1.0, 1.0"
TEXT_COLUMN = 3
SNIPPET_WORDS = 32
SNIPPET_CHARS = 160  # around a match in a script without spaces, where words cannot be counted
OPEN, CLOSE = "\x02", "\x03"  # control characters are taken out of every text on its way in: these cannot occur

# The trash is small and has an index of its own: asking it costs less than reading every match's article.
FOUND = """
    from articles_fts where articles_fts match :match
    and rowid not in (select id from articles where deleted_at is not null)"""
# Two passes: every match must be ranked, but only the page's own need their snippet and their article. The plus
# keeps the second pass one scan; looking each row up would expand a prefix anew for every one of them.
PAGE = f"""
    with best as materialized (
        select rowid as id, bm25(articles_fts, {WEIGHTS}) as score {FOUND}
        order by score, id desc limit :limit offset :offset)
    select articles.*, snippet(articles_fts, {TEXT_COLUMN}, :open, :close, '…', {SNIPPET_WORDS}) as snippet
    from articles_fts
    cross join best on best.id = +articles_fts.rowid
    cross join articles on articles.id = best.id
    where articles_fts match :match order by best.score, best.id desc"""


def match_expression(terms: Iterable[Term], joined: str) -> str:
    """Write terms in FTS5's language, each quoted, so that nothing in them can be syntax."""
    return f" {joined} ".join(expression(term) for term in terms)


def expression(term: Term) -> str:
    """One term in FTS5's language."""
    if term.unspaced and len(term.text) == 1:
        return f"bigrams : {quoted(term.text)} *"
    if term.unspaced:
        return f"bigrams : {quoted(' '.join(pairs(term.text)[:-1]))}"
    return quoted(term.text) + (" *" if term.prefix else "")


def quoted(text: str) -> str:
    """An FTS5 string: its only escape is the doubled quote."""
    return '"' + text.replace('"', '""') + '"'


def count(db: Database, match: str) -> int:
    """How many articles match."""
    return int(db.conn.execute(f"select count(*) {FOUND}", {"match": match}).fetchone()[0])


@dataclass(frozen=True, slots=True)
class Match:
    """An FTS5 expression, how many articles it finds, and whether it asks for less than the whole query."""

    match: str
    total: int
    partial: bool = False


def best_match(db: Database, query: Query) -> Match:
    """What finds the articles with all terms, or else, when there are none, those with any."""
    every = match_expression(query.terms, "AND")
    total = count(db, every)
    if total or len(query.terms) == 1:
        return Match(every, total)
    some = match_expression(query.terms, "OR")
    return Match(some, count(db, some), partial=True)


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
