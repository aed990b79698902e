"""What is told of a page that is too much for the cleaner: its plain text, roughly, in one linear pass."""

from __future__ import annotations

from collections.abc import Iterator

from quietpage.article import NotAnArticle, Page
from quietpage.cleaner.entities import unescaped
from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.page_tags import RAW, TAG, ascii_lower, end_of_raw
from quietpage.cleaner.pipeline import as_paragraphs, assemble, read, readable
from quietpage.cleaner.text import BLOCKS, CELLS, LINES

MOST_CHARS = 200_000  # of its text: a short book; the whole page is kept beside it
MOST_TAGS = 250_000  # looked at for that: some 2 µs each, while the server's other threads hardly get on
LINE = BLOCKS | LINES | CELLS | {"article", "main", "header", "footer", "nav", "aside", "body", "title"}
UNREAD = RAW - {"title", "textarea", "xmp", "plaintext"}
TOO_MUCH = (
    "This page is too large or too tangled to be made an article in the time there is. It was kept as it was captured; "
    "what follows is the beginning of all its text."
)


def too_much(page: Page) -> NotAnArticle:
    """Say of a page that cleaning it was given up; ``remains`` are the beginning of its text, unsorted."""
    title, texts = readable(page.title or ""), list(rough_text(read(page)))
    article = assemble(page, Metadata(title or page.url), as_paragraphs(texts), [], warning=TOO_MUCH)
    return NotAnArticle(TOO_MUCH, article)


def rough_text(html: str) -> Iterator[str]:
    """The lines of a page's text up to its first 200,000 characters, without its scripts and styles. Linear."""
    line: list[str] = []
    after = chars = tags = 0
    while chars < MOST_CHARS and after < len(html) and tags < MOST_TAGS:
        tag = TAG.search(html, after)
        piece = html[after : tag.start() if tag else len(html)][: MOST_CHARS - chars]
        chars, tags = chars + len(piece), tags + 1
        line.append(piece)
        after = tag.end() if tag else len(html)
        name = ascii_lower((tag and tag["name"]) or "")
        if name in LINE or chars >= MOST_CHARS:
            yield from joined(line)
            line = []
        if tag and name in UNREAD and not tag["end"]:
            after = end_of_raw(html, name, after)
    yield from joined(line)


def joined(pieces: list[str]) -> Iterator[str]:
    """A line of its pieces, where it has any text."""
    if text := " ".join(unescaped("".join(pieces)).split()):
        yield text
