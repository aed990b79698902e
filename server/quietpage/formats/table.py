"""Articles as a table in CSV (RFC 4180), a line for each. Its text is not in it; JSON Lines has all.

What a spreadsheet would take for a formula gets an apostrophe before it (``harmless``), as OWASP advises: the reader
sees the text, and nothing is reckoned. CSV has no way to say that a cell is text, so that mark is the price of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from quietpage.formats.highlights_csv import line
from quietpage.formats.taking import Selection, Taken, stamp

COLUMNS = (
    "id", "url", "title", "byline", "site", "language", "published", "saved", "state", "favorite", "progress", "tags",
    "words", "minutes", "highlights", "note", "excerpt", "exported",
)  # fmt: skip


def write(selection: Selection) -> Iterator[bytes]:
    """The lines as UTF-8, with the mark by which Excel knows it."""
    yield "\ufeff".encode() + line(COLUMNS).encode()
    for taken in selection.articles():
        yield line(row(taken, stamp(selection.at))).encode("utf-8", "replace")


def row(taken: Taken, at: str) -> tuple[str, ...]:
    """An article's cells."""
    kept, article = taken.kept, taken.kept.article
    return (
        str(kept.id),
        article.url,
        article.title,
        article.byline or "",
        article.site or "",
        article.language or "",
        article.published_at.isoformat() if article.published_at else "",
        stamp(kept.saved_at),
        kept.state,
        "yes" if kept.favorite else "",
        f"{kept.progress:g}",
        "|".join(kept.tags),
        str(article.word_count),
        str(article.reading_minutes),
        str(len(taken.marked.highlights) + len(taken.marked.orphans)),
        taken.marked.note,
        article.excerpt,
        at,
    )
