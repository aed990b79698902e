"""Articles about the same things, from their texts alone: the most telling words of one, and who else dwells on them.

The words that an article repeats or has in its title, rare ones before common ones, are its profile. Articles that are
about the same words (salience.py) are found in the full-text index, and those with most of the profile are read: how
much of it do they have? That share decides, and the words that make most of it are the explanation.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from quietpage.library.alike import SAME, copies_of, kept_sketch, share
from quietpage.library.bigrams import UNSPACED, pairs
from quietpage.library.forms import stems
from quietpage.library.kept import Related
from quietpage.library.matching import Condition, quoted
from quietpage.library.salience import marked, rarity, relative_length, saturation
from quietpage.library.search import Finder, best_first
from quietpage.library.vocabulary import LONGEST_KEPT, WORD, folded, frequencies, words_in

TITLE_COUNTS = 3  # a word of the title says as much as one said three times
PROFILE_TERMS = 40
SEARCHED_TERMS = 30  # of these, the most telling are looked up
# How many articles are in an article's language is not counted: some of the words it repeats most (der, die, und) stand
# in nearly all of those. A few stand in articles of other languages too (die, in, an) and say too much.
MOST_REPEATED = 20
OF_ANOTHER_LANGUAGE = 5
COMMON = 0.2  # words of a larger share of these articles say nothing
SHORTEST_TERM = 3  # letters
MOST_POSTINGS = 500  # the newest articles about one term that are looked at
LOOKED_AT = 24  # the most promising articles, whose texts are read
READ_CHARACTERS = 30_000  # of a text; 5,000 words say what it is about
UNSPACED_LONGEST = 4  # characters of a term where words are not set apart
UNSPACED_REPEATED = 3  # times
UNSPACED_MOST = 5_000  # articles; it is not counted further
SHOWN_TERMS = 3
LEAST_SHARED = 2  # terms; one word in common is a coincidence
LEAST_SHARE = 0.1  # of the profile; two generated articles share up to 0.07 (tests/benchmarks/related.py)
READ = "select id, title, site, url, language, direction, reading_minutes, substr(text, 1, ?) as text"


@dataclass(frozen=True, slots=True)
class Telling:
    """A word of a profile: how much it says of the article, and in what articles the index has it."""

    text: str
    weight: float
    match: str


def related(db: Database, article_id: int, limit: int) -> tuple[Related, ...]:
    """Kept articles about the same things, the nearest first; none where nothing is near."""
    own = db.conn.execute(f"{READ} from articles where id = ?", (READ_CHARACTERS, article_id)).fetchone()
    if own is None:
        return ()
    profile = profile_of(db, own)
    without = {article_id, *copies_of(db, article_id)}
    nearest: list[Related] = []
    for row, terms in sorted_by_nearness(db, profile, promising(db, profile, without)):
        if len(nearest) < limit and not any(same(db, row["id"], other.id) for other in nearest):
            nearest.append(as_related(row, said_in(own, distinct(db, terms))))
    return tuple(nearest)


@dataclass(frozen=True, slots=True)
class Profile:
    """The most telling terms of an article, most telling first.

    ``whole`` is the weight of as many terms whoever else has them; ``characters`` the length of the text.
    """

    terms: tuple[Telling, ...]
    whole: float
    characters: int


def profile_of(db: Database, row: sqlite3.Row) -> Profile:
    """What an article is about."""
    all_of_them = [*word_terms(db, row), *unspaced_terms(db, row)]
    weighed = sorted(all_of_them, key=lambda one: (-one[0].weight, one[0].text))
    whole = sum(term.weight for term, _ in weighed[:PROFILE_TERMS])
    terms = tuple(term for term, articles in weighed if articles > 1)[:PROFILE_TERMS]
    return Profile(terms, whole, len(row["text"]))


def word_terms(db: Database, row: sqlite3.Row) -> list[tuple[Telling, int]]:
    """The words of an article with the number of articles that have them, but for common ones."""
    counts = counted(row)
    known = frequencies(db, counts)
    most_repeated = [word for word, _ in counts.most_common(MOST_REPEATED) if word in known]
    if not most_repeated:
        return []
    library = sorted((known[word] for word in most_repeated), reverse=True)[:OF_ANOTHER_LANGUAGE][-1]
    return [
        (Telling(word, weight(counts[word], articles, library), quoted(marked(word))), articles)
        for word, articles in known.items()
        if articles <= COMMON * library and SHORTEST_TERM <= len(word) <= LONGEST_KEPT and not word.isdigit()
    ]


def counted(row: sqlite3.Row) -> Counter[str]:
    """How often each word stands in an article, its title's words for more."""
    counts = Counter(words_in(row["text"]))
    for word in words_in(row["title"]):
        counts[word] += TITLE_COUNTS
    return counts


def weight(times: int, articles: int, library: int) -> float:
    """What a term that is said so often, and stands in so many articles of its language, tells of an article."""
    return rarity(articles, library) * saturation(times)


def unspaced_terms(db: Database, row: sqlite3.Row) -> list[tuple[Telling, int]]:
    """The same for repeated runs of characters, in a text whose words are not set apart."""
    text = f"{row['title']}\n" * TITLE_COUNTS + row["text"]
    if text.isascii():
        return []
    repeated = repeated_runs(UNSPACED.findall(text))
    likely = sorted(repeated, key=lambda run: (repeated[run] * len(run), run), reverse=True)[:SEARCHED_TERMS]
    matches = {run: "{bigrams} : " + quoted(" ".join(pairs(run))) for run in likely}
    question = "select count(*) from (select rowid from articles_fts where articles_fts match ? limit ?)"
    known = {run: int(db.conn.execute(question, (matches[run], UNSPACED_MOST)).fetchone()[0]) for run in likely}
    library = max(known.values(), default=0)
    return [
        (Telling(run, weight(repeated[run], articles, library), matches[run]), articles)
        for run, articles in known.items()
        if articles <= COMMON * library
    ]


def repeated_runs(runs: Iterable[str]) -> dict[str, int]:
    """Pieces of two to four characters that are said several times, the longest of those that are said as often."""
    counts = Counter(
        run[at : at + size]
        for run in runs
        for size in range(2, UNSPACED_LONGEST + 1)
        for at in range(len(run) - size + 1)
    )
    repeated = {piece: times for piece, times in counts.items() if times >= UNSPACED_REPEATED}
    within = {part: times for piece, times in repeated.items() for part in (piece[1:], piece[:-1]) if len(part) > 1}
    return {piece: times for piece, times in repeated.items() if times > within.get(piece, 0)}


def promising(db: Database, profile: Profile, without: set[int]) -> list[int]:
    """The articles that are about most of the profile, the best first; none of those in the trash."""
    finder = Finder(db, Condition())
    votes: dict[int, float] = defaultdict(float)
    for term in profile.terms[:SEARCHED_TERMS]:
        for article in finder.newest(term.match, MOST_POSTINGS):
            votes[article] += term.weight
    return [article for article in best_first(votes) if article not in without][:LOOKED_AT]


def sorted_by_nearness(
    db: Database, profile: Profile, candidates: list[int]
) -> list[tuple[sqlite3.Row, list[Telling]]]:
    """Those candidates that are near enough, nearest first, with the terms that make them so, strongest first."""
    question = f"""{READ} from articles where id in (select value from json_each(?))
        and deleted_at is null and warning is null"""
    near = []
    for row in db.conn.execute(question, (READ_CHARACTERS, json.dumps(candidates))):
        shared = shared_weights(row, profile)
        if len(shared) >= LEAST_SHARED and sum(shared.values()) > LEAST_SHARE * profile.whole:
            terms = sorted(shared, key=lambda term: -shared[term])
            near.append((sum(shared.values()), row["id"], row, terms))
    near.sort(key=lambda one: one[:2], reverse=True)
    return [(row, terms) for _, _, row, terms in near]


def shared_weights(row: sqlite3.Row, profile: Profile) -> dict[Telling, float]:
    """How much each term of a profile says of another article too; those it does not have are left out.

    Times and length count as in bm25; an ordinary length is that of the article that is asked about.
    """
    counts = counted(row)
    length = relative_length(len(row["text"]), max(1, profile.characters))
    said = {term: counts[term.text] or unspaced_count(row, term.text) for term in profile.terms}
    return {term: term.weight * saturation(times, length) for term, times in said.items() if times}


def unspaced_count(row: sqlite3.Row, term: str) -> int:
    """How often a run of characters stands in an article."""
    if not UNSPACED.match(term):
        return 0
    return int(row["text"].count(term)) + TITLE_COUNTS * int(row["title"].count(term))


def distinct(db: Database, terms: list[Telling]) -> list[str]:
    """The strongest terms, of several forms of a word one."""
    words = [term.text for term in terms[: 3 * SHOWN_TERMS]]
    stem = stems(db, words)
    chosen = {stem.get(word, word): word for word in reversed(words)}
    kept = [word for word in words if word in chosen.values()]
    return [word for word in kept if not any(word != other and word in other for other in kept)][:SHOWN_TERMS]


def said_in(row: sqlite3.Row, terms: list[str]) -> tuple[str, ...]:
    """Folded words as the article writes them most often."""
    written = Counter(WORD.findall(f"{row['text']}\n{row['title']}"))
    forms: dict[str, str] = {}
    for word, _ in written.most_common():
        forms.setdefault(folded(word), word)
    return tuple(forms.get(term, term) for term in terms)


def same(db: Database, one: int, other: int) -> bool:
    """Whether two articles have the same content."""
    sketches = kept_sketch(db, one), kept_sketch(db, other)
    return sketches[0] is not None and sketches[1] is not None and share(sketches[0], sketches[1]) >= SAME


def as_related(row: sqlite3.Row, terms: tuple[str, ...]) -> Related:
    """A row as what it is to the article it is near."""
    return Related(
        id=row["id"],
        title=row["title"],
        site=row["site"],
        url=row["url"],
        language=row["language"],
        direction=row["direction"],
        reading_minutes=row["reading_minutes"],
        terms=terms,
    )
