"""The formats in which highlights and notes go out, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quietpage.formats import highlights_csv, highlights_jsonld, highlights_markdown
from quietpage.library.marks import Mark


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is called, its media type, the end of its files' names, and what writes it piece by piece."""

    name: str
    media_type: str
    ending: str
    write: Callable[[Iterable[Mark]], Iterator[str]]


FORMATS = {
    "markdown": Format("Markdown", "text/markdown", "md", highlights_markdown.write),
    "csv": Format("CSV", "text/csv", "csv", highlights_csv.write),
    "jsonld": Format("JSON-LD", "application/ld+json", "jsonld", highlights_jsonld.write),
}
