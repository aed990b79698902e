"""What a library looks like from afar: articles saved each month, words by state, lengths, sites and languages."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from quietpage.library.facets import Value, commonest, values
from quietpage.library.matching import FACTS

LENGTHS = (0, 500, 1000, 2000, 4000, 8000)  # words: where each class of lengths begins
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of the kept articles. ``months`` are like ``2026-11``, oldest first; those without articles are left out.

    ``words`` says how many words the articles of each state have together; ``lengths`` how many articles are at least
    so many words long, and shorter than the next class.
    """

    total: int
    months: tuple[Value, ...]
    words: tuple[Value, ...]
    lengths: tuple[Value, ...]
    sites: tuple[Value, ...]
    languages: tuple[Value, ...]


def statistics(db: Database) -> Statistics:
    """Read them from the indexes alone; no article is read."""
    months = "select substr(saved_at, 1, 7), count(*) from articles where deleted_at is null group by 1 order by 1"
    states = f"select state, sum(word_count), count(*) from {FACTS} where deleted_at is null group by 1"
    by_state = db.conn.execute(states).fetchall()
    longer = "select count(*) from articles where deleted_at is null and word_count >= ?"
    at_least = [int(db.conn.execute(longer, (words,)).fetchone()[0]) for words in LENGTHS]
    lengths = (more - most for more, most in zip(at_least, [*at_least[1:], 0], strict=True))
    return Statistics(
        total=sum(row[2] for row in by_state),
        months=values(db.conn.execute(months)),
        words=values((row[0], row[1]) for row in by_state),
        lengths=values(zip(map(str, LENGTHS), lengths, strict=True)),
        sites=commonest(db, "site", MOST_SHOWN),
        languages=commonest(db, "language", MOST_SHOWN),
    )
