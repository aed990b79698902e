"""CPU time of questions, and what lies in the middle of many."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence, Sized

from quietpage.library.library import Library


def taken(ask: Callable[[], object]) -> float:
    """CPU milliseconds of one question."""
    began = time.process_time()
    ask()
    return (time.process_time() - began) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def beside(library: Library, look: Callable[[int], Sized], *, seed: int, rounds: int) -> str:
    """What a look beside articles picked at random costs, and how many of these have anything there."""
    amount = library.recent(limit=1).total
    source, found = random.Random(seed), 0

    def ask() -> None:
        nonlocal found
        found += bool(len(look(source.randint(1, amount))))

    times = [taken(ask) for _ in range(rounds)]
    middle, slowest = percentile(times, 0.5), max(times)
    return f"{amount} articles: {middle:.2f} ms CPU, slowest {slowest:.2f}; {found} of {rounds} have any"
