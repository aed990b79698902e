"""The short lines around the headline as the page shows it: where the byline and the date stand."""

from __future__ import annotations

import re
import unicodedata

from quietpage.cleaner.document import Document

HEADLINE_WITHIN, LINES_AFTER, LINES_BEFORE, LINE_MAX_CHARS = 400, 8, 3, 140  # blocks and characters


def lines_near_headline(document: Document, title: str) -> list[str]:
    """The short lines around the visible headline, those after it first; none where the page shows no headline."""
    blocks = document.blocks[:HEADLINE_WITHIN]
    wanted = folded(title)
    headlines = (at for at, block in enumerate(blocks) if block.chars < 2 * len(title) + 9)
    at = next((at for at in headlines if wanted and folded(blocks[at].text).startswith(wanted)), None)
    if at is None:
        return []
    near = blocks[at + 1 : at + 1 + LINES_AFTER] + blocks[max(0, at - LINES_BEFORE) : at]
    return [block.text for block in near if block.chars <= LINE_MAX_CHARS]


def same(one: str, other: str) -> bool:
    """Whether two titles are one, whatever their case and punctuation."""
    return bool(one) and folded(one) == folded(other)


def folded(text: str) -> str:
    """A text's letters and digits alone, lower-case: what titles are compared by."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text)).lower()
