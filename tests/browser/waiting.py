"""Wait for something to become true, looking often."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

LONG = 45.0  # seconds; nothing takes that long unless it is broken: on a busy machine some things took 15

Found = TypeVar("Found")


def until(
    ask: Callable[[], Found | None],
    pause: Callable[[], None] = lambda: time.sleep(0.04),
    otherwise: Callable[[], str] = lambda: "it did not happen",
) -> Found:
    """Ask until the answer is truthy, and return it. Raises AssertionError after ``LONG`` seconds."""
    end = time.monotonic() + LONG
    while True:
        if answer := ask():
            return answer
        if time.monotonic() > end:
            raise AssertionError(otherwise())
        pause()
