"""Where in a ranking the next page begins, as a cursor: what was shown does not come again, and none is lost.

A ranking has no order that stays: each article that arrives, changes or goes shifts all scores a little, and with them
every place. So the next page begins behind what was shown, whatever place that has by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Self

from quietpage.library.cursors import NO_CURSOR, read_cursor, write_cursor
from quietpage.library.kept import BadCursor

GREATEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Behind the ranked articles that were ``shown`` and, of those that follow by age, behind ``below``.

    ``newest`` is the newest article of the library when the first page was shown: later ones are not among the hits.
    """

    newest: int
    shown: tuple[int, ...] = ()
    below: int = GREATEST_ID

    def cursor(self) -> str:
        """The same as a text; ids grow, and what each adds is short."""
        steps = (after - before for before, after in pairwise((0, *sorted(self.shown))))
        return write_cursor(self.newest, self.below, ".".join(f"{step:x}" for step in steps))

    @classmethod
    def at(cls, cursor: str) -> Self:
        """The place of a cursor. Raises BadCursor."""
        newest, below, steps = read_cursor(cursor, int, int, str)
        return cls(int(newest), tuple(ids_in(str(steps))), int(below))


def ids_in(steps: str) -> Iterator[int]:
    """The ids that lie so many apart. Raises BadCursor."""
    try:
        ids = list(accumulate(int(step, 16) for step in steps.split("."))) if steps else []
    except ValueError as error:
        raise BadCursor(NO_CURSOR) from error
    if any(not 0 < one <= GREATEST_ID for one in ids):
        raise BadCursor(NO_CURSOR)
    yield from ids
