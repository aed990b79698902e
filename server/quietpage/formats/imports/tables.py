"""CSV files of reading lists: Pocket, Instapaper, wallabag, Readwise Reader, Raindrop. The first line tells which."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from quietpage.formats.imports import values
from quietpage.formats.imports.source import BadFile, Skipped, Source
from quietpage.library.incoming import Incoming, Quote

Row = Mapping[str, str]
MOST_FIELD_CHARS = 64 * 1024 * 1024  # wallabag puts whole articles into a field


@dataclass(frozen=True, slots=True)
class Table:
    """A program's CSV: the columns by which it is known, in lower case, and what a row of it says."""

    name: str
    columns: frozenset[str]
    entry: Callable[[str, Row], Incoming]
    separator: str = ","

    def recognises(self, source: Source) -> bool:
        """Whether the first line has these columns."""
        return self.columns <= set(header(source.beginning, self.separator))

    def read(self, source: Source) -> Iterator[Incoming | Skipped]:
        """The rows. Raises BadFile for what is no table."""
        csv.field_size_limit(MOST_FIELD_CHARS)
        with source.text() as text:
            rows = csv.reader(text, delimiter=self.separator)
            try:
                names = [name.strip().lower().lstrip("\ufeff") for name in next(rows)]
                for number, cells in enumerate(rows, start=2):
                    if any(cells):
                        yield self.row(f"row {number}", names, cells)
            except csv.Error as error:
                raise BadFile(f"{source.name} is not a whole CSV file (line {rows.line_num}: {error}).") from None

    def row(self, place: str, names: list[str], cells: list[str]) -> Incoming | Skipped:
        """One row."""
        if len(cells) > len(names):
            return Skipped(place, f"it has {len(cells)} fields instead of {len(names)}")
        said = dict(zip(names, cells, strict=False))
        entry = self.entry(place, dict.fromkeys(names, "") | said)
        return entry if values.is_web(entry.url) else Skipped(place, f"“{entry.url[:200]}” is no address of a page")


def header(beginning: str, separator: str) -> list[str]:
    """The names of the columns, in the first line; none where that is no line of a table."""
    try:
        cells = next(csv.reader(beginning.splitlines()[:1], delimiter=separator), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in cells]


def pocket(place: str, row: Row) -> Incoming:
    """``title,url,time_added,tags,status``: seconds, tags between bars, unread or archive."""
    return Incoming(
        place,
        row["url"].strip(),
        title=title_of(row["title"], row["url"]),
        saved_at=values.time(row["time_added"]),
        tags=values.tags(row["tags"], "|"),
        state="archived" if row["status"].strip() == "archive" else None,
        more=values.beside(row, ("url", "title", "time_added", "tags", "status")),
    )


def instapaper(place: str, row: Row) -> Incoming:
    """``URL,Title,Selection,Folder,Timestamp,Tags``: a folder is a state, a star, or one of the person's own."""
    folder = row["folder"].strip()
    own = () if folder in ("", "Unread", "Archive", "Starred") else (folder,)
    return Incoming(
        place,
        row["url"].strip(),
        title=title_of(row["title"], row["url"]),
        excerpt=row["selection"],
        saved_at=values.time(row["timestamp"]),
        tags=(*values.tags(row.get("tags", "")), *own),
        state="archived" if folder == "Archive" else None,
        favorite=folder == "Starred",
        more=values.beside(row, ("url", "title", "selection", "folder", "timestamp", "tags")),
    )


def wallabag(place: str, row: Row) -> Incoming:
    """``Title;URL;Content;Tags;"MIME Type";Language;"Creation date"``."""
    return Incoming(
        place,
        row["url"].strip(),
        title=title_of(row["title"], row["url"]),
        html=row["content"] or None,
        is_body=True,
        language=row["language"].replace("_", "-") or None,
        saved_at=values.time(row["creation date"]),
        tags=values.tags(row["tags"]),
        more=values.beside(row, ("url", "title", "content", "tags", "language", "creation date")),
    )


def readwise(place: str, row: Row) -> Incoming:
    """``Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen``."""
    progress = values.share(row["reading progress"])
    archived = row["location"].strip() == "archive"
    return Incoming(
        place,
        row["url"].strip(),
        title=title_of(row["title"], row["url"]),
        saved_at=values.time(row["saved date"]),
        tags=values.tags(row["document tags"]),
        state="archived" if archived else "reading" if progress else None,
        progress=progress,
        more=values.beside(row, ("url", "title", "document tags", "saved date", "reading progress")),
    )


def raindrop(place: str, row: Row) -> Incoming:
    """``id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite``: a folder becomes a tag."""
    folder = row["folder"].strip()
    return Incoming(
        place,
        row["url"].strip(),
        title=title_of(row["title"], row["url"]),
        excerpt=row["excerpt"],
        saved_at=values.time(row["created"]),
        tags=(*values.tags(row["tags"]), *((folder,) if folder not in ("", "Unsorted") else ())),
        favorite=values.yes(row.get("favorite", "")),
        note=row["note"],
        quotes=tuple(raindrop_quotes(row.get("highlights", ""))),
        more=values.beside(row, ("url", "title", "excerpt", "created", "tags", "favorite", "note", "highlights")),
    )


def raindrop_quotes(text: str) -> Iterator[Quote]:
    """Highlights, a line each, some with ``Highlight:`` before and a line ``Note:`` after them."""
    quote = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if quote and line.lower().startswith("note:"):
            yield Quote(quote, note=line[5:].strip())
            quote = ""
            continue
        if quote:
            yield Quote(quote)
        quote = line[10:].strip() if line.lower().startswith("highlight:") else line
    if quote:
        yield Quote(quote)


def title_of(title: str, url: str) -> str:
    """A title; Pocket writes the address where it knows none."""
    return "" if title.strip() == url.strip() else values.line(title)


def table(name: str, columns: str, entry: Callable[[str, Row], Incoming], separator: str = ",") -> Table:
    """A table known by these columns."""
    return Table(name, frozenset(columns.split(separator)), entry, separator)


TABLES = (
    table("Pocket", "title,url,time_added,tags,status", pocket),
    table("Instapaper", "url,title,selection,folder,timestamp", instapaper),
    table("wallabag CSV", "title;url;content;tags;language;creation date", wallabag, ";"),
    table("Readwise Reader", "title,url,document tags,saved date,reading progress,location", readwise),
    table("Raindrop", "title,note,excerpt,url,folder,tags,created", raindrop),
)
