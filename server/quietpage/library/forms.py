"""Which words of the library the full-text index takes for one: ``promise``, ``promised``, ``promising``.

Its stemmer answers that itself: words are put into an index in memory, and its vocabulary says what became of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from quietpage.library.schema import TOKENIZER
from quietpage.library.vocabulary import beginnings

LONGEST_ENDING = 8  # letters: -fulness, -ization; what the stemmer may have cut off
MOST_FORMS = 12
MOST_COMPARED = 80  # words with the same beginning, commonest first


def stems(db: Database, words: Sequence[str]) -> dict[str, str]:
    """What the index makes of each of these words; those it would cut apart are left out."""
    db.conn.execute(f"""create virtual table if not exists temp.stemmed using fts5(word, tokenize="{TOKENIZER}")""")
    db.conn.execute("create virtual table if not exists temp.stems using fts5vocab(temp, stemmed, instance)")
    db.conn.execute("savepoint stemming")
    try:
        db.conn.executemany("insert into temp.stemmed (rowid, word) values (?, ?)", enumerate(words))
        rows = db.conn.execute('select doc, term, "offset" from temp.stems').fetchall()
    finally:
        db.conn.execute("rollback to stemming")
        db.conn.execute("release stemming")
    apart = {row[0] for row in rows if row[2] > 0}
    return {words[row[0]]: row[1] for row in rows if row[0] not in apart}


def forms(db: Database, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each folded word, the words of the library that are found by it, itself first."""
    own = stems(db, words)
    found: dict[str, tuple[str, ...]] = {word: (word,) for word in words}
    near = {word: similar(db, word, stem) for word, stem in own.items()}
    of_near = stems(db, sorted({other for others in near.values() for other in others}))
    for word, stem in own.items():
        same = [other for other in near[word] if of_near.get(other) == stem and other != word]
        found[word] = (word, *same[: MOST_FORMS - 1])
    return found


def similar(db: Database, word: str, stem: str) -> list[str]:
    """Words that may have this stem: they begin like it (but for a last y that became i) and end not much later."""
    beginning = stem[:-1] if len(stem) > 3 else stem
    if not word.startswith(beginning):
        return []
    longest = len(stem) + LONGEST_ENDING
    return [other for other, _ in beginnings(db, beginning) if len(other) <= longest][:MOST_COMPARED]
