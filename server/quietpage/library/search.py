"""A Plan becomes a ranking: which articles a search finds, best first, in a library of any size.

FTS5 scores every match before it knows the best ones, and that is what takes time: a third of a second for a common
word in 100,000 articles. So matches are counted first, and only so far. Where few match, all are ranked. Where many do,
those are ranked that can be best: the articles about the words (salience.py) and the newest; the others follow by age.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from quietpage.library.matching import FACTS, Condition, Plan

# bm25 weights of title, byline, headings, text, bigrams, salient, notes: a word of the title says most about what an
# article is, and a word of a note as much as one of a heading. The salient words are there to find, not to score.
WEIGHTS = "10.0, 5.0, 3.0, 1.0, 1.0, 0.0, 3.0"
RANKED_WHOLE = 1_000  # up to so many matches all are ranked: some 5 ms
RANKED_NEWEST = 250  # of more matches, so many of the newest, and of those about the words
SCORED_ACROSS = 3_000  # matches that are read to score all in one go: for each go every posting is read for its rarity
LEAST_SCORE = 1e-6  # what bm25 gives a word that tells nothing
ABOUT_SCORE = 2e-6  # and what an article gets that is about it
FEW_CHOSEN = 5_000  # so many ids are looked up in a list; where filters let more through, each match is asked

# The trash is small and has an index of its own: asking it costs less than reading every match's article.
TRASH = "and rowid not in (select id from articles where deleted_at is not null)"


@dataclass(slots=True)
class Ranking:
    """The articles found. ``ranked`` holds those that were ranked, best first; ``rest`` whether others follow by age.

    ``total`` counts all, but not beyond RANKED_WHOLE where ``rest`` is so. The first ``whole`` have all terms.
    """

    scores: dict[int, float]
    total: int
    rest: bool = False
    whole: int = 0
    ranked: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.ranked = best_first(self.scores)


@dataclass(slots=True)
class Finder:
    """Asks one library's index for the articles that fulfil a condition; of those up to ``upto``, where that is set."""

    db: Database
    condition: Condition
    upto: int | None = None
    narrowed: str = TRASH
    values: dict[str, str | int] = field(default_factory=dict)
    asked: dict[str, tuple[int, list[int]]] = field(default_factory=dict)  # the longest list that was asked for, so far
    between: tuple[int, int] = (0, 2**62)  # the least and the greatest id that fulfil it
    few: list[int] | None = None  # the articles that fulfil the condition, where they are so few that they are listed

    def __post_init__(self) -> None:
        """Few articles that the filters choose are listed at once; many are asked about one by one."""
        if not self.condition.sql:
            return
        first, last = self.between = self.saved_between()
        chosen = f"id between {first} and {last} and deleted_at is null and {self.condition.sql}"
        question = f"select id from {FACTS} where {chosen} limit {FEW_CHOSEN + 1}"
        values = self.condition.values
        ids = [row[0] for row in self.db.conn.execute(question, values)]
        if len(ids) <= FEW_CHOSEN:
            self.narrowed = "and +rowid in (select value from json_each(:chosen))"
            self.values, self.few = {"chosen": json.dumps(ids)}, ids
        else:
            asked = f"exists (select 1 from {FACTS} where id = +articles_fts.rowid and {chosen})"
            self.narrowed = f"and rowid between {first} and {last} and {asked}"
            self.values = dict(self.condition.values)

    def saved_between(self) -> tuple[int, int]:
        """The least and the greatest id of the articles that were saved when the condition says."""
        first, last = 0, 2**62
        for days in self.condition.saved:
            question = (
                "select min(id), max(id) from articles where deleted_at is null and saved_at >= ? and saved_at < ?"
            )
            found = self.db.conn.execute(question, (days.least or "", days.below or "~")).fetchone()
            first, last = max(first, found[0] or 0), min(last, found[1] or 0)
        return first, last

    def newest(self, match: str, limit: int, *, below: int | None = None, without: Collection[int] = ()) -> list[int]:
        """The newest articles that match, unranked: FTS5 reads no further than it must."""
        plain = below is None and not without
        if plain and match in self.asked:
            most, known = self.asked[match]
            if limit <= most or len(known) < most:
                return known[:limit]
        below = self.reaching(below)
        values = {"match": match, "limit": limit, "below": below, "without": json.dumps(list(without))}
        under = "" if below is None else "and rowid < :below"
        under += " and +rowid not in (select value from json_each(:without))" if without else ""
        question = f"""select rowid from articles_fts where articles_fts match :match {under} {self.narrowed}
            order by rowid desc limit :limit"""
        found = [row[0] for row in self.db.conn.execute(question, values | self.values)]
        if plain:
            self.asked[match] = limit, found
        return found

    def scores(
        self, match: str, *, since: int = 0, below: int | None = None, among: Collection[int] | None = None
    ) -> dict[int, float]:
        """The bm25 score of every match, or of those from an id on, below one, or among some; higher is better."""
        below = self.reaching(below)
        values = {"match": match, "since": since, "below": below, "among": json.dumps(list(among or ()))}
        under = "and rowid >= :since" if since else ""
        under += " and rowid < :below" if below is not None else ""
        under += " and +rowid in (select value from json_each(:among))" if among is not None else ""
        question = f"""select rowid, -bm25(articles_fts, {WEIGHTS}) from articles_fts
            where articles_fts match :match {under} {self.narrowed if among is None else ""}"""
        return {row[0]: row[1] for row in self.db.conn.execute(question, values | self.values)}

    def reaching(self, below: int | None) -> int | None:
        """The first id that is too great; None where none is."""
        ends = [end for end in (below, None if self.upto is None else self.upto + 1) if end is not None]
        return min(ends, default=None)


def best_first(scores: Mapping[int, float]) -> list[int]:
    """Ids by score; of equal ones the newer first."""
    return [article for _, article in sorted(zip(scores.values(), scores, strict=True), reverse=True)]


def rank(finder: Finder, plan: Plan) -> Ranking:
    """The articles that have all terms."""
    assert plan.match
    if plan.rarest and not finder.newest(plan.rarest, 1):
        return Ranking({}, 0)
    if plan.scored is None and finder.few is not None:
        scores = finder.scores(plan.match)
        return Ranking(scores, len(scores), whole=len(scores))
    newest = finder.newest(plan.match, RANKED_WHOLE + 1)
    if len(newest) <= RANKED_WHOLE:
        return Ranking(scores_of(finder, plan, plan.match, newest), len(newest), whole=len(newest))
    window = newest[:RANKED_NEWEST]
    about = finder.newest(plan.about, RANKED_NEWEST, below=window[-1]) if plan.about else []
    between = (window[0] - about[-1]) * len(newest) / (window[0] - newest[-1]) if about else 0  # matches, some
    if between <= SCORED_ACROSS:
        scores = scores_of(finder, plan, plan.match, [*window, *about])
    else:
        scores = scores_of(finder, plan, plan.match, window)
        scores |= scores_of(finder, plan, f"{plan.about} AND {plan.match}", about)
    if plan.about and plan.scored == "":  # nothing else tells them apart
        scores |= dict.fromkeys([*about, *finder.newest(plan.about, RANKED_NEWEST)], ABOUT_SCORE)
    return Ranking(scores, RANKED_WHOLE, rest=True, whole=RANKED_WHOLE)


def scores_of(finder: Finder, plan: Plan, match: str, ids: Sequence[int]) -> dict[int, float]:
    """The scores of these matches, newest first; by the rarer terms alone where the common ones stand in too many."""
    if not ids:
        return {}
    if plan.scored is None:
        return finder.scores(match, since=ids[-1], below=ids[0] + 1, among=ids)
    known = finder.scores(plan.scored, since=ids[-1], below=ids[0] + 1, among=ids) if plan.scored else {}
    return dict.fromkeys(ids, LEAST_SCORE) | known
