"""How far somebody had come on a page before saving it: the passage they were at, found again in the article."""

from __future__ import annotations

LEAST_CHARS = 30  # fewer may stand anywhere
MOST_CHARS = 120  # of the passage: what follows may have been tidied
LEAST_SHARE = 0.1  # less is the beginning


def reached(text: str, passage: str) -> float | None:
    """The share of an article's ``text`` above ``passage``, 0 to 1.

    None where the passage is not there, or more than once, or about the beginning.
    """
    sought = " ".join(passage.split())[:MOST_CHARS]
    whole = " ".join(text.split())
    if len(sought) < LEAST_CHARS or whole.count(sought) != 1:
        return None
    share = whole.index(sought) / len(whole)
    return share if share >= LEAST_SHARE else None
