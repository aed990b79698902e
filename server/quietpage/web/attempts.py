"""Wrong tokens, codes and verifiers: how many are answered, before whoever shows them is told to wait."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from math import ceil, inf

MOST_WRONG = 10  # within a window: a person with an old link, an extension that was disconnected
WINDOW_SECONDS = 60


class Attempts:
    """The wrong ones of the last minute. Safe to use from many threads.

    A right one is looked for first, and never has to wait: otherwise whoever guesses could keep the person out. What
    guessing is hopeless by is 256 random bits; this keeps it from costing the server much, and from going unnoticed.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wrong: deque[float] = deque()
        self._warned_at = -inf
        self._lock = threading.Lock()

    def wrong(self) -> int:
        """Note a wrong one; the seconds to wait for the next answer, 0 while there were few."""
        now = self._now()
        with self._lock:
            while self._wrong and self._wrong[0] <= now - WINDOW_SECONDS:
                self._wrong.popleft()
            if len(self._wrong) < MOST_WRONG:
                self._wrong.append(now)
                return 0
            if self._warned_at <= now - WINDOW_SECONDS:
                self._warned_at = now
                print("Quietpage was shown many wrong tokens or links in a row.", file=sys.stderr, flush=True)
            return ceil(self._wrong[0] + WINDOW_SECONDS - now)
