"""A search from its text to a page of hits: parse, plan, rank, correct what is misspelt, look at the best once more."""

from __future__ import annotations

import math
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from quietpage.library import vocabulary
from quietpage.library.forms import forms
from quietpage.library.kept import Fragment
from quietpage.library.matching import Plan, expression, plan
from quietpage.library.partial import QUESTION_TERMS, rank_partial
from quietpage.library.place import Place
from quietpage.library.query import All, Any, Part, Query, Term, changed
from quietpage.library.search import Finder, Ranking, rank
from quietpage.library.snippets import Spotter

BROAD_POSTINGS = 3_000  # a beginning that stands in more articles is searched for as its commonest words
BROAD_WORDS = 12
BROAD_READ = 60_000  # postings of those words
UNKNOWN_POSTINGS = 1_000  # of what the vocabulary does not count: phrases, runs of scripts without spaces
ENOUGH = 20  # hits with all words; where a question has fewer, those with some follow
# A word in a larger share of the articles is no topic: of 1,233 English texts of many sites "the" stands in all,
# "about" in 73 %, "need" in 64 %. Fewer articles than LEAST_KNOWING say nothing about that.
EVERYDAY = 0.5
LEAST_KNOWING = 50
LOOKED_AT = 24  # the best hits, whose texts are read
# Share of its score that an article gains when every word stands in it exactly as it was typed, and again when they
# stand there side by side. bm25 gives at most 2.2 times as much for many mentions as for one, so of one word the exact
# form wins; of many words each says less.
EXACT_BONUS = 1.5
COLUMNS = """id, url, title, byline, site, language, direction, published_at, saved_at, excerpt, reading_minutes,
    word_count, lead_image, state, favorite, progress, text, notes, versions"""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows with their snippets; ``following`` is where the next begins. ``corrected`` is what was searched
    for in place of what was typed, where that is misspelt."""

    rows: list[sqlite3.Row]
    snippets: list[tuple[Fragment, ...]]
    total: int
    following: Place | None
    capped: bool = False
    partial: bool = False
    whole: int = 0
    corrected: str | None = None


class Search:
    """One search of one library."""

    def __init__(self, db: Database, query: Query) -> None:
        self.db = db
        self.query = query
        self.corrected: str | None = None
        self.upto: int | None = None
        self.read: dict[int, sqlite3.Row] = {}
        assert query.tree is not None
        self.tree: Part = changed(query.tree, self.widened)
        self.counts: dict[Part, int] = {}
        self.prepare()

    def prepare(self) -> None:
        """Make the plan for the tree."""
        self.plan: Plan = plan(self.tree, self.postings)
        self.finder = Finder(self.db, self.plan.condition, self.upto)
        self.terms = Query(self.tree, "").terms

    def widened(self, term: Term) -> Part:
        """A common beginning as its commonest words: FTS5 would read the postings of all of them."""
        if not term.prefix:
            return term
        words = vocabulary.words_in(term.text)
        begun = vocabulary.beginnings(self.db, words[0]) if len(words) == 1 else []
        if sum(articles for _, articles in begun) <= BROAD_POSTINGS:
            return term
        chosen: list[str] = []
        read = 0
        for word, articles in begun[:BROAD_WORDS]:
            read += articles
            if read <= BROAD_READ or not chosen:
                chosen.append(word)
        return replace(term, stands_for=tuple(chosen))

    def postings(self, part: Part) -> int:
        """In how many articles a part stands, roughly."""
        if part not in self.counts:
            self.counts[part] = self.estimated(part)
        return self.counts[part]

    def estimated(self, part: Part) -> int:
        """The same, not yet known."""
        if isinstance(part, Any):
            return sum(map(self.postings, part.parts))
        if isinstance(part, All):
            return min(map(self.postings, part.parts))
        if not isinstance(part, Term) or part.unspaced:
            return UNKNOWN_POSTINGS
        words = part.stands_for or tuple(vocabulary.words_in(part.text))
        known = vocabulary.frequencies(self.db, words)
        if part.stands_for:
            return sum(known.values())
        return UNKNOWN_POSTINGS if part.prefix else min((known.get(word, 0) for word in words), default=0)

    def page(self, limit: int, place: Place | None) -> Found:
        """The page of hits that begins at a place; the first where that is None."""
        if place:
            self.upto = self.finder.upto = place.newest
        assert self.plan.match
        ranking = rank(self.finder, self.plan)
        if not ranking.ranked and self.correct():
            ranking = rank(self.finder, self.plan)
        enough = len(ranking.ranked) >= (ENOUGH if len(self.terms) >= QUESTION_TERMS else 1)
        if not enough and self.plan.some:
            ranking = rank_partial(self.finder, self.plan, ranking.ranked)
        return self.ranked_page(ranking, limit, place or Place(newest_of_all(self.db)))

    def ranked_page(self, ranking: Ranking, limit: int, place: Place) -> Found:
        """A page of a ranking, with snippets."""
        assert self.plan.match
        spotter = self.spotter()
        shown = set(place.shown)
        coming = [article for article in self.exact_first(spotter, ranking) if article not in shown]
        ranked, more, behind = coming[:limit], len(coming) > limit, list[int]()
        shown.update(ranked)
        if ranking.rest and not more:
            room = limit - len(ranked)
            behind = self.finder.newest(self.plan.match, room + 1, below=place.below, without=shown)
            behind, more = behind[:room], len(behind) > room
        rows = self.rows([*ranked, *behind])
        return Found(
            rows,
            [passage_of(spotter, row) for row in rows],
            ranking.total,
            Place(place.newest, tuple(shown), behind[-1] if behind else place.below) if more else None,
            capped=ranking.rest,
            partial=not ranking.whole,
            whole=ranking.whole,
            corrected=self.corrected,
        )

    def rows(self, ids: Sequence[int]) -> list[sqlite3.Row]:
        """These articles, in this order; each is read once."""
        question = f"select {COLUMNS} from articles where id = ?"
        for article in ids:
            if article not in self.read:
                self.read[article] = self.db.conn.execute(question, (article,)).fetchone()
        return [self.read[article] for article in ids]

    def exact_first(self, spotter: Spotter, ranking: Ranking) -> list[int]:
        """The ranked articles; among the best those with the very words that were typed before other forms of them."""
        looked_at, others = ranking.ranked[:LOOKED_AT], ranking.ranked[LOOKED_AT:]
        bonus = EXACT_BONUS / math.sqrt(max(1, len(self.terms)))
        scores = {}
        for row in self.rows(looked_at):
            likeness = spotter.likeness(f"{row['title']}\n{row['text']}\n{row['notes']}")
            scores[row["id"]] = ranking.scores[row["id"]] * (1 + bonus * likeness)
        whole = set(ranking.ranked[: ranking.whole])
        return (
            sorted(looked_at, key=lambda article: (article in whole, scores[article], article), reverse=True) + others
        )

    def spotter(self) -> Spotter:
        """What finds the terms in texts."""
        plain = [term for term in self.terms if not (term.unspaced or term.prefix)]
        words = {word for term in plain for word in vocabulary.words_in(term.text)}
        return Spotter(self.terms, forms(self.db, sorted(words)), self.everyday())

    def everyday(self) -> list[Term]:
        """The words that stand in most articles; a small library does not know which those are."""
        library = newest_of_all(self.db)
        words = [term for term in self.terms if len(vocabulary.words_in(term.text)) == 1 and not term.prefix]
        return [word for word in words if self.postings(word) > EVERYDAY * library] if library >= LEAST_KNOWING else []

    def correct(self) -> bool:
        """Put the likeliest words of the library in place of those it does not have; whether there were any."""
        words = {word for term in self.terms if not (term.prefix or term.unspaced) for word in plain_words(term.text)}
        unknown = [word for word in sorted(words) if not self.is_known(word)]
        meant = {word: found[0] for word in unknown if (found := vocabulary.corrections(self.db, word))}
        if not meant:
            return False
        self.tree = changed(self.tree, lambda term: replace(term, text=respelt(term.text, meant)))
        self.corrected = respelt(self.query.text, meant)
        self.prepare()
        return True

    def is_known(self, word: str) -> bool:
        """Whether any article has this word, or one that the index takes for it."""
        if vocabulary.frequencies(self.db, [word]):
            return True
        question = "select 1 from articles_fts where articles_fts match ? limit 1"
        return self.db.conn.execute(question, (expression(Term(word)),)).fetchone() is not None


def passage_of(spotter: Spotter, row: sqlite3.Row) -> tuple[Fragment, ...]:
    """The passage of an article that holds most of the terms; of its notes, where they alone hold one of them."""
    if row["notes"]:
        in_text, in_notes = ({place.term for place in spotter.places(row[part])} for part in ("text", "notes"))
        if in_notes - in_text:
            return tuple(replace(fragment, noted=True) for fragment in spotter.snippet(row["notes"]))
    return spotter.snippet(row["text"])


def newest_of_all(db: Database) -> int:
    """The newest article there is, in the trash or not."""
    return int(db.conn.execute("select max(id) from articles").fetchone()[0] or 0)


def plain_words(text: str) -> list[str]:
    """The words of a text that stand there as they are kept, but for capitals and accents."""
    return vocabulary.words_in(unicodedata.normalize("NFC", text))


def respelt(text: str, meant: dict[str, str]) -> str:
    """A text with its misspelt words as they were meant."""
    text = unicodedata.normalize("NFC", text)
    return vocabulary.WORD.sub(lambda found: meant.get(vocabulary.folded(found[0]), found[0]), text)
