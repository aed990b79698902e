"""Two paragraphs of a story, and what is left of a piece of HTML between them: what the tests of tidying share."""

from __future__ import annotations

from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.tidy import tidy

BEFORE = (
    "<p>The council met on Tuesday evening and spoke for three hours about the bridge over the river, which the whole "
    "town has crossed every day since the year of the flood, on foot, by cart and by car.</p>"
)
AFTER = "<p>Nobody could say by midnight what the repair would cost, or which street would be closed for it.</p>"
BASE = "https://news.example/city/bridge"


def tidied(html: str, **facts: str) -> str:
    """Found content made clean, on a page of these facts."""
    return tidy(html, Metadata(title=facts.pop("title", "Title"), **facts), BASE, [])  # type: ignore[arg-type]


def around(html: str) -> str:
    """What is left of ``html`` between two paragraphs of a story."""
    result = tidied(f"<div>{BEFORE}{html}{AFTER}</div>")
    assert result.startswith(BEFORE), "the story before it stays"
    assert result.endswith(AFTER), "the story after it stays"
    return result[len(BEFORE) : -len(AFTER)].strip()
