"""What changed between two captures of a page, in numbers a person can use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Change:
    """How many paragraphs are others than in the version kept before, which is from ``since`` (aware UTC)."""

    since: datetime
    paragraphs: int


def changed_paragraphs(before: str, after: str) -> int:
    """Count the paragraphs that came or went. One that was rewritten counts once, one that only moved not at all."""
    old, new = paragraphs(before), paragraphs(after)
    return max((old - new).total(), (new - old).total())


def paragraphs(text: str) -> Counter[str]:
    """The paragraphs of a plain text, as often as each is there."""
    return Counter(" ".join(part.split()) for part in text.split("\n\n") if part.strip())
