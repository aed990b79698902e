"""Articles that have some words of a search: for a question in many words, and for words that stand nowhere together.

After a first ranking by the words themselves, the words that its best articles share are searched for as well
(pseudo-relevance feedback; Rocchio 1971, RM3: Lavrenko & Croft 2001): who asks for a wing's lift means slipstreams too.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest

from quietpage.library.matching import POSTINGS_READ, Plan, quoted
from quietpage.library.salience import rarity, relative_length, saturation
from quietpage.library.search import Finder, Ranking, best_first
from quietpage.library.vocabulary import frequencies, words_in

# Tuned on every other query of the Cranfield collection; tests/benchmarks/ranking.py says what the others get.
QUESTION_TERMS = 5  # a search of so many words is a question: few articles have all, and those with most count
BEST = 5  # articles of the first ranking, from which words are taken
WORDS_ADDED = 30
ADDED_WEIGHT = 0.3
COMMON = 0.2  # words of a larger share of the library say nothing
LONG = 250  # different words; of a longer text only repeated words are taken
RANKED_SOME = 700  # articles with some of the terms that are ranked
MOST_ABOUT = 300  # articles about one of the commoner terms that are looked at
POSTINGS_ADDED = 1_200  # articles that the added words may lead to: they are all ranked


def rank_partial(finder: Finder, plan: Plan, all_of_them: Sequence[int] = ()) -> Ranking:
    """The articles that have any of the terms, best first; before them those that have all."""
    candidates = {*most_promising(finder, plan), *all_of_them}
    scores = finder.scores(plan.some_scored, among=candidates)
    added = words_to_add(finder, best_first(scores)[:BEST], scores) if len(plan.some) >= QUESTION_TERMS else []
    if added:
        for article, score in finder.scores(" OR ".join(map(quoted, added))).items():
            scores[article] = scores.get(article, 0.0) + ADDED_WEIGHT * score
    ranking = Ranking(scores, len(scores), whole=len(all_of_them))
    if all_of_them:
        first = set(all_of_them)
        ranking.ranked.sort(key=lambda article: article not in first)  # stable: each group stays best first
    return ranking


def most_promising(finder: Finder, plan: Plan) -> list[int]:
    """The articles with most of the terms, a rare one counting more; of common terms only those about them count."""
    library = size_of(finder)
    votes: dict[int, float] = defaultdict(float)
    read = 0
    for term in plan.some:
        read += term.postings
        match = term.match if read <= POSTINGS_READ else term.about
        weight = math.log(1 + library / (term.postings + 1))
        for article in finder.newest(match, POSTINGS_READ if read <= POSTINGS_READ else MOST_ABOUT) if match else ():
            votes[article] += weight
    return [article for _, article in nlargest(RANKED_SOME, zip(votes.values(), votes, strict=True))]


def size_of(finder: Finder) -> int:
    """How many articles the library has."""
    return int(finder.db.conn.execute("select count(*) from articles").fetchone()[0])


def words_to_add(finder: Finder, best: Sequence[int], scores: dict[int, float]) -> list[str]:
    """The words most characteristic of the best articles, weighed by their scores; rare enough to be looked up."""
    library = size_of(finder)
    texts = {article: Counter(words_in(text_of(finder, article))) for article in best}
    said = {word for words in texts.values() for word, times in words.items() if times > 1 or len(words) < LONG}
    known = frequencies(finder.db, {word for word in said if len(word) > 2})
    characteristic: dict[str, float] = defaultdict(float)
    ordinary = sum(words.total() for words in texts.values()) / max(1, len(texts))
    for article, words in texts.items():
        length = relative_length(words.total(), ordinary)
        for word, times in words.items():
            if word in known and known[word] < COMMON * library and not word.isdigit():
                characteristic[word] += scores[article] * rarity(known[word], library) * saturation(times, length)
    chosen, postings = [], 0
    for word in sorted(characteristic, key=characteristic.__getitem__, reverse=True)[:WORDS_ADDED]:
        postings += known[word]
        if postings <= POSTINGS_ADDED:
            chosen.append(word)
    return chosen


def text_of(finder: Finder, article: int) -> str:
    """An article's text."""
    return str(finder.db.conn.execute("select text from articles where id = ?", (article,)).fetchone()[0])
