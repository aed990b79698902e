"""The short lines around the headline as the page shows it: where the byline and the date stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from quietpage.cleaner.document import Document

NO_LETTERS = re.compile(r"\W+")
HEADLINE_WITHIN, LINES_AFTER, LINES_BEFORE, LINE_MAX_CHARS = 400, 8, 3, 140  # blocks and characters


@dataclass(frozen=True)
class Lines:
    """The short lines around the visible headline; looked for once, and only where somebody asks."""

    document: Document
    title: str

    @cached_property
    def lines(self) -> list[str]:
        """Those after the headline first; none where the page shows no headline."""
        wanted = folded(self.title)
        if not wanted:
            return []
        blocks = self.document.blocks[:HEADLINE_WITHIN]
        least, most = len(wanted) // 2, 2 * len(self.title) + 9  # folding hardly adds letters
        for at, block in enumerate(blocks):
            if least <= block.chars < most and folded(block.text).startswith(wanted):
                near = blocks[at + 1 : at + 1 + LINES_AFTER] + blocks[max(0, at - LINES_BEFORE) : at]
                return [block.text for block in near if block.chars <= LINE_MAX_CHARS]
        return []


def same(one: str, other: str) -> bool:
    """Whether two titles are one, whatever their case and punctuation."""
    return bool(one) and folded(one) == folded(other)


def folded(text: str) -> str:
    """A text's letters and digits alone, lower-case: what titles are compared by."""
    return NO_LETTERS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
