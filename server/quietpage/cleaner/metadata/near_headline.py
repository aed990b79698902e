"""The short lines around the headline as the page shows it: where the byline and the date stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from quietpage.cleaner.document import Document
from quietpage.cleaner.elements import Block

NO_LETTERS = re.compile(r"\W+")
HEADLINE_WITHIN, LINES_AFTER, LINES_BEFORE, LINE_MAX_CHARS = 400, 8, 3, 140  # blocks and characters


@dataclass(frozen=True)
class Lines:
    """The short lines around the visible headline; looked for once, and only where somebody asks."""

    document: Document
    title: str

    @property
    def lines(self) -> list[str]:
        """Their texts."""
        return [block.text for block in self.blocks]

    @cached_property
    def at(self) -> int | None:
        """Which block is the headline; None where the page shows none."""
        wanted = folded(self.title)
        least, most = max(1, len(wanted) // 2), 2 * len(self.title) + 9  # folding hardly adds letters
        for at, block in enumerate(self.document.blocks[:HEADLINE_WITHIN] if wanted else ()):
            if least <= block.chars < most and folded(block.text).startswith(wanted):
                return at
        return None

    @cached_property
    def blocks(self) -> list[Block]:
        """Those after the headline first; none where the page shows no headline."""
        if self.at is None:
            return []
        blocks, at = self.document.blocks, self.at
        near = blocks[at + 1 : at + 1 + LINES_AFTER] + blocks[max(0, at - LINES_BEFORE) : at]
        return [block for block in near if block.chars <= LINE_MAX_CHARS]

    @property
    def below(self) -> list[Block]:
        """All blocks below the headline."""
        return [] if self.at is None else self.document.blocks[self.at :]


def same(one: str, other: str) -> bool:
    """Whether two titles are one, whatever their case and punctuation."""
    return bool(one) and folded(one) == folded(other)


def folded(text: str) -> str:
    """A text's letters and digits alone, lower-case: what titles are compared by."""
    return NO_LETTERS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
