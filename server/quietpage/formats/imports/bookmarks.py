"""Bookmarks as HTML: the Netscape format of browsers, Linkding, Shiori and others, and Pocket's list, like it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from quietpage.formats.imports import values
from quietpage.formats.imports.source import Skipped, Source
from quietpage.library.incoming import Incoming

PIECE_CHARS = 256 * 1024
NO_FOLDER = {
    "bookmarks",
    "bookmarks menu",
    "bookmarks bar",
    "bookmarks toolbar",
    "other bookmarks",
    "unread",
    "read archive",
}
KNOWN = ("href", "add_date", "time_added", "tags", "toread", "last_modified", "icon", "icon_uri", "private")


class Bookmarks:
    """Both formats: links with when they were added and tags, in folders whose names become tags too."""

    name = "Bookmarks"

    def recognises(self, source: Source) -> bool:
        """Whether it begins as such a file does."""
        begin = source.beginning.lower()
        return begin.startswith("<!doctype netscape-bookmark-file-1") or (
            "<title>pocket export</title>" in begin and "time_added=" in begin
        )

    def read(self, source: Source) -> Iterator[Incoming | Skipped]:
        """The bookmarks, as far as the file goes: a browser reads a broken one in the same way."""
        reader = Reader()
        with source.text() as text:
            while piece := text.read(PIECE_CHARS):
                reader.feed(piece)
                yield from reader.done()
        reader.close()
        reader.finish()
        yield from reader.done()


class Reader(HTMLParser):
    """Collects what stands in the file, bookmark by bookmark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.number = 0
        self.folders: list[str] = []
        self.opened: dict[str, str] | None = None  # the bookmark whose title or description is being read
        self.title = self.description = self.heading = ""
        self.reading = ""  # a, dd, h1 or h3
        self.ready: list[Incoming | Skipped] = []

    def done(self) -> Iterator[Incoming | Skipped]:
        """What is complete by now."""
        ready, self.ready = self.ready, []
        yield from ready

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "dt", "dl", "h1", "h3", "li", "ul"):
            self.finish()
        if tag == "a":
            self.opened = {name: value or "" for name, value in attrs}
            self.reading = "a"
        elif tag == "dd":
            self.reading = "dd"
        elif tag in ("h1", "h3"):
            self.heading, self.reading = "", tag
        elif tag == "dl" and self.heading:
            self.folders.append(self.heading)
            self.heading = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "dl":
            self.finish()
            del self.folders[-1:]
        elif tag == "h1":  # Pocket's lists stand below one another, a browser's title stands above all
            self.folders = [self.heading] if values.line(self.heading).lower() in NO_FOLDER else []
            self.heading = ""
        if tag in ("a", "h1", "h3"):
            self.reading = ""

    def handle_data(self, data: str) -> None:
        if self.reading == "a":
            self.title += data
        elif self.reading == "dd":
            self.description += data
        elif self.reading in ("h1", "h3"):
            self.heading += data

    def finish(self) -> None:
        """The bookmark that was open is complete."""
        if self.opened is None:
            return
        self.number += 1
        said, place = self.opened, f"bookmark {self.number}"
        url = said.get("href", "").strip()
        if values.is_web(url):
            self.ready.append(self.entry(place, url, said))
        else:
            self.ready.append(Skipped(place, f"“{url[:200]}” is no address of a page"))
        self.opened, self.title, self.description, self.reading = None, "", "", ""

    def entry(self, place: str, url: str, said: dict[str, str]) -> Incoming:
        """The bookmark as it comes in."""
        folders = [name for name in map(values.line, self.folders) if name.lower() not in NO_FOLDER]
        read = any(values.line(name).lower() == "read archive" for name in self.folders)
        return Incoming(
            place,
            url,
            title="" if self.title.strip() == url else values.line(self.title),
            note=self.description.strip(),
            saved_at=values.time(said.get("add_date") or said.get("time_added")),
            tags=(*values.tags(said.get("tags", "")), *folders),
            state="archived" if read else None,
            more=values.beside(said, KNOWN),
        )
