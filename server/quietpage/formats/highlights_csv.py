"""Highlights as CSV (RFC 4180) with the columns that Readwise imports, and others with it.

https://help.readwise.io/article/5-how-do-i-import-highlights-from-a-csv-file
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator

from quietpage.library.marks import Mark

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")


def write(marks: Iterable[Mark]) -> Iterator[str]:
    """A line for each mark. A note on a whole article stands beside its title; ``Location`` is the character."""
    yield line(COLUMNS)
    for mark in marks:
        source, one = mark.source, mark.highlight
        yield line(
            (
                one.passage.exact if one else source.title or source.url,
                source.title,
                source.byline or "",
                source.url,
                mark.note,
                str(one.passage.begins if one else 0),
                mark.created_at.strftime("%Y-%m-%d %H:%M:%S"),
            )
        )


def line(cells: Iterable[str]) -> str:
    """One line of the file."""
    out = io.StringIO()
    csv.writer(out).writerow(map(harmless, cells))
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, also behind white space or in wide letters: pages are strangers'
    words. A list's dash or plus, with a space behind it, begins none."""
    begins = unicodedata.normalize("NFKC", cell.lstrip()[:2])
    return f"'{cell}" if begins[:1] in ("=", "@") or (begins[:1] in ("+", "-") and begins[1:].strip()) else cell
