"""What differs between two texts, paragraph by paragraph, and word by word inside those that were rewritten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"(?:\w+|[^\w\s])\s*")
# Scripts that set no spaces between words
ONE_BY_ONE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
SAME_WORDS = 0.4  # of the words of both: below that a paragraph is another one, not a rewritten one
MOST_PAIRS = 2_000_000  # of words compared, in all: about a second
MOST_PAIRS_AT_ONCE = 400_000  # in one paragraph: two of 630 words
MOST_PAIRED = 60  # paragraphs in a row on one side among which those that belong together are looked for

Kind = Literal["same", "added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, and whether they are in both texts, or in one."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a comparison; a changed one is both, in runs."""

    kind: Kind
    runs: tuple[Run, ...]


def differences(before: str, after: str) -> tuple[Paragraph, ...]:
    """Compare two plain texts, whose paragraphs are apart by blank lines, in bounded time."""
    return tuple(_Comparison().paragraphs(parted(before), parted(after)))


def parted(text: str) -> list[str]:
    """The paragraphs of a plain text."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


class _Comparison:
    """One comparison, which may look at so many pairs of words and at no more."""

    def __init__(self) -> None:
        self.left = MOST_PAIRS

    def paragraphs(self, before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
        old, new = ([" ".join(one.split()) for one in side] for side in (before, after))
        for kind, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                yield from (Paragraph("same", (Run("same", one),)) for one in after[from_new:to_new])
            else:
                yield from self.replaced(before[from_old:to_old], after[from_new:to_new])

    def replaced(self, before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
        """Paragraphs in place of others: those that have most words in common are one, rewritten."""
        old = [Counter(map(str.strip, words(one))) for one in before]
        at = 0
        for new in after:
            counted = Counter(map(str.strip, words(new)))
            shares = [alike(one, counted) for one in old[at : at + MOST_PAIRED]]
            if not shares or max(shares) < SAME_WORDS:
                yield Paragraph("added", (Run("added", new),))
                continue
            best = at + shares.index(max(shares))
            yield from gone(before[at:best])
            yield self.rewritten(before[best], new)
            at = best + 1
        yield from gone(before[at:])

    def rewritten(self, before: str, after: str) -> Paragraph:
        """A paragraph with what changed in it; where it is too long for that, the old one and the new one."""
        old, new = (words(one) for one in (before, after))
        pairs = len(old) * len(new)
        if pairs > min(self.left, MOST_PAIRS_AT_ONCE):
            return Paragraph("changed", (Run("removed", before), Run("added", after)))
        self.left -= pairs
        return Paragraph("changed", tuple(runs(old, new)))


def runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """What stayed, went and came, in order."""
    for kind, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run("same", "".join(new[from_new:to_new]))
            continue
        if to_old > from_old:
            yield Run("removed", "".join(old[from_old:to_old]))
        if to_new > from_new:
            yield Run("added", "".join(new[from_new:to_new]))


def gone(paragraphs: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs that are no more."""
    yield from (Paragraph("removed", (Run("removed", one),)) for one in paragraphs)


def words(text: str) -> list[str]:
    """The words of a text, each with the space behind it; of scripts without spaces each character."""
    return [
        piece
        for word in WORDS.findall(f"{' '.join(text.split())} ")
        for piece in (list(word) if ONE_BY_ONE.search(word) else [word])
    ]


def alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of the words of two texts that they have in common, 0 to 1."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0
