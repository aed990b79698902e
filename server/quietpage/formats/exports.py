"""The formats in which articles go out, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quietpage.formats import bookmarks, epub, html_page, library_lines, plain_text, table, vault
from quietpage.formats.names import file_name
from quietpage.formats.taking import Selection, day

ZIP = ("application/zip", "zip")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is called, its media type, the end of its files' names, and what writes it piece by piece.

    ``about`` says what it is good for; ``packs`` tells whether an archive of such files comes out. ``texts`` says that
    it is for reading: of a search, articles that are not captured yet are left out, as there is nothing to be read.
    """

    name: str
    media_type: str
    ending: str
    write: Callable[[Selection], Iterator[bytes]]
    about: str
    packs: Callable[[Selection], bool] = lambda selection: False
    texts: bool = True

    def kind(self, selection: Selection) -> tuple[str, str]:
        """The media type and the ending of what comes out."""
        return ZIP if self.packs(selection) else (self.media_type, self.ending)


FORMATS = {
    "markdown": Format(
        "Markdown", "text/markdown", "md", vault.write, "Notes with pictures, as for Obsidian", vault.packs
    ),
    "html": Format("HTML", "text/html", "html", html_page.write, "A page each that opens anywhere", html_page.packs),
    "epub": Format("EPUB", "application/epub+zip", "epub", epub.write, "A book for an e-reader"),
    "text": Format("Plain text", "text/plain", "txt", plain_text.write, "Only the words"),
    "json": Format(
        "JSON Lines", "application/jsonl", "jsonl", library_lines.write, "Everything, to be imported again", texts=False
    ),
    "csv": Format("CSV", "text/csv", "csv", table.write, "A table, without the texts", texts=False),
    "bookmarks": Format(
        "Bookmarks", "text/html", "html", bookmarks.write, "For a browser or a bookmark service", texts=False
    ),
}


def name_of(selection: Selection, form: Format) -> str:
    """What an export is called as a file."""
    ending = form.kind(selection)[1]
    if selection.one:
        title = next((taken.title for taken in selection.articles()), "")
        return f"{file_name(title)}.{ending}"
    return f"{file_name(f'quietpage {selection.query} {day(selection.at)}')}.{ending}"
