"""The library's own vocabulary: in how many articles each word stands, and which words a misspelt one may mean.

One edit leaves the beginning or the end of a word as it was: words are kept forwards and backwards, and those that
share either with a misspelt one are few enough to be compared with it letter by letter.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable

from sqlite_utils import Database

from quietpage.library.bigrams import UNSPACED

WORD = re.compile(r"[^\W_]+")
LONGEST_KEPT = 40  # letters; longer ones are no words
COUNTED_ONE_IN = ((128, 1), (2048, 16))  # words in fewer than 128 articles are counted exactly
LEAST_SHARE = 64
SHORTEST_CORRECTED = 4  # letters; shorter words have too many neighbours
FIRST_LETTER = 2.0  # a word with the same first letter is as likely as another seven times as common
NEAR = "select word, articles from words where {0} >= ? and {0} < ? and articles > 0 and length(word) between ? and ?"


def folded(text: str) -> str:
    """Text as words are compared: lower case, without diacritics."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower())
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if unicodedata.category(sign) != "Mn"))


def words_in(text: str) -> list[str]:
    """The words of a text as they are kept here, in order; runs of scripts without spaces are none."""
    spaced = text if text.isascii() else UNSPACED.sub(" ", text)
    return WORD.findall(folded(spaced))


def distinct_words(*texts: str | None) -> set[str]:
    """The words of an article's texts, each once."""
    return {word for text in texts if text for word in words_in(text) if len(word) <= LONGEST_KEPT}


def count_words(db: Database, article: int, now: set[str], before: set[str]) -> None:
    """An article that had the words ``before`` has the words of ``now``."""
    tally = Tally(db)
    tally.count(article, now, before)
    tally.write()


class Tally:
    """Counts the words of articles within one transaction; ``write`` writes each word once, however many have it.

    A common word is counted for one article in so many, by as many: a save would otherwise touch a page of the file for
    every word in it. Which articles those are is in the article's and the word's names, so that it can be undone.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._counts: dict[str, int] = {}  # of the words that were met, as they are by now
        self._absent: set[str] = set()  # met, and not in the vocabulary
        self._changed: set[str] = set()

    def count(self, article: int, now: set[str], before: set[str]) -> None:
        """An article that had the words ``before`` has the words of ``now``."""
        self._meet(now ^ before)
        counts = self._counts
        for words, sign in ((before - now, -1), (now - before, 1)):
            changes = {word: sign * weight(counts[word], word, article) for word in words if word in counts}
            counts |= {word: max(0, counts[word] + change) for word, change in changes.items() if change}
            self._changed.update(word for word, change in changes.items() if change)
        new = (now - before) & self._absent
        counts |= dict.fromkeys(new, 1)
        self._changed |= new
        self._absent -= new

    def _meet(self, words: set[str]) -> None:
        """Read how common these words are, where that is not known yet."""
        unmet = words - self._counts.keys() - self._absent
        found = frequencies(self._db, unmet, least=0) if unmet else {}
        self._counts |= found
        self._absent |= unmet - found.keys()

    def write(self) -> None:
        """Write what was counted; whoever else counts may do so then."""
        as_counted = "on conflict (word) do update set articles = excluded.articles"
        rows = ((word, word[::-1], self._counts[word]) for word in sorted(self._changed))
        self._db.conn.executemany(f"insert into words (word, backwards, articles) values (?, ?, ?) {as_counted}", rows)
        for met in (self._counts, self._absent, self._changed):
            met.clear()


def weight(articles: int, word: str, article: int) -> int:
    """By how much this article counts for a word that stands in so many."""
    if articles < COUNTED_ONE_IN[0][0]:
        return 1
    one_in = next((share for most, share in COUNTED_ONE_IN if articles < most), LEAST_SHARE)
    return 0 if zlib.crc32(f"{word} {article}".encode()) % one_in else one_in


def add_words(db: Database, counts: Counter[str]) -> None:
    """So many more articles have these words."""
    more = "on conflict (word) do update set articles = articles + excluded.articles"
    rows = ((word, word[::-1], articles) for word, articles in sorted(counts.items()))
    db.conn.executemany(f"insert into words (word, backwards, articles) values (?, ?, ?) {more}", rows)


def frequencies(db: Database, words: Iterable[str], least: int = 1) -> dict[str, int]:
    """In how many articles each of these words stands; those that stand in fewer than ``least`` are left out."""
    question = "select word, articles from words where word in (select value from json_each(?)) and articles >= ?"
    return {row[0]: int(row[1]) for row in db.conn.execute(question, (json.dumps(list(words)), least))}


def beginnings(db: Database, beginning: str) -> list[tuple[str, int]]:
    """The words that begin so, commonest first, each with the number of articles that have it."""
    end = beginning + "\U0010ffff"
    question = "select word, articles from words where word >= ? and word < ? and articles > 0 order by articles desc"
    return [(row[0], int(row[1])) for row in db.conn.execute(question, (beginning, end))]


def corrections(db: Database, word: str) -> list[str]:
    """The words one edit away from a folded word that the library does not have, likeliest first."""
    if len(word) < SHORTEST_CORRECTED or word.isdigit():
        return []
    head = word[: len(word) // 2]
    tail = word[::-1][: max(2, len(word) - len(head) - 1)]
    likely = [
        (likelihood(word, row[0], int(row[1])), row[0])
        for column, part in (("word", head), ("backwards", tail))
        for row in db.conn.execute(NEAR.format(column), (part, part + "\U0010ffff", len(word) - 1, len(word) + 1))
        if one_edit_apart(word, row[0])
    ]
    return [other for _, other in sorted(dict.fromkeys(likely), reverse=True)]


def one_edit_apart(word: str, other: str) -> bool:
    """Whether one letter inserted, left out, replaced or swapped with its neighbour makes one of the other."""
    if len(word) > len(other):
        word, other = other, word
    same = next((at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), len(word))
    if len(word) < len(other):
        return len(other) - len(word) == 1 and word[same:] == other[same + 1 :]
    swapped = word[same + 1 : same + 2] + word[same : same + 1] + word[same + 2 :]
    return word[same + 1 :] == other[same + 1 :] or swapped == other[same:]


def likelihood(word: str, other: str, articles: int) -> float:
    """How likely a misspelt word means the other: commoner words are, and slips of the first letter are rare."""
    return math.log(articles + 1) + (FIRST_LETTER if word[:1] == other[:1] else 0.0)
