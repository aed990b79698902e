"""A captured page's elements and the text in each of them: where a piece of an article is found again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Spaces, and what is invisible in print: soft hyphens, zero-width spaces and joiners, byte order marks, directions
UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One element. ``parent`` is its number in the outline, -1 for the outermost; ``nth`` counts the elements of its
    tag under that parent from 1.

    ``marks`` are attributes that say what an element is for; ``sources`` what it shows or leads to by itself.
    """

    tag: str
    parent: int
    nth: int
    id: str = ""
    classes: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(slots=True)
class Outline:
    """All elements of a page in page order, and its text without anything unseen; ``spans`` says which part of the text
    each element holds."""

    parts: list[Part] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    text: str = ""

    def chain(self, number: int) -> list[int]:
        """An element and all around it, from the inside out."""
        numbers = []
        while number >= 0:
            numbers.append(number)
            number = self.parts[number].parent
        return numbers

    def chars(self, number: int) -> int:
        """How many characters an element holds."""
        start, end = self.spans[number]
        return end - start


def squeezed(text: str) -> str:
    """A text without spaces and what is invisible, as an outline has it."""
    return UNSEEN.sub("", text)
