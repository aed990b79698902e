"""What a page shows altogether, clutter and all: beside it an article's length says how much of the page was kept."""

from __future__ import annotations

from dataclasses import dataclass

from quietpage.article import Page
from quietpage.cleaner.document import shown
from quietpage.cleaner.pipeline import read
from quietpage.cleaner.text import count_words


@dataclass(frozen=True, slots=True)
class Seen:
    """``words`` are counted as an article's are; ``asks_to_sign_in``: the page shows a field for a password."""

    words: int
    asks_to_sign_in: bool


def seen(page: Page) -> Seen:
    """Count what a captured page shows. What its browser marked as not displayed is not shown."""
    text, password = shown(read(page))
    return Seen(count_words(text), password)
