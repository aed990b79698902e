"""JSON files of reading lists: wallabag, Karakeep, Pinboard, read one object at a time whatever their size."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ijson  # type: ignore[import-untyped]

from quietpage.formats.imports import values
from quietpage.formats.imports.source import BadFile, Skipped, Source
from quietpage.library.incoming import Incoming, Quote

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Objects:
    """A program's JSON: where its list is (ijson's path), words that its beginning has, and what an object says."""

    name: str
    path: str
    signs: tuple[str, ...]
    entry: Callable[[str, Object], Incoming]

    def recognises(self, source: Source) -> bool:
        """Whether the file begins as this program's does."""
        begin = source.beginning
        opened = begin[:1] == ("[" if self.path == "item" else "{")
        return opened and all(f'"{sign}"' in begin for sign in self.signs)

    def read(self, source: Source) -> Iterator[Incoming | Skipped]:
        """The objects. Raises BadFile for what is not whole."""
        try:
            with source.open() as file:
                text = codecs.EncodedFile(file, "utf-8", source.encoding)
                for number, one in enumerate(ijson.items(text, self.path, use_float=True), start=1):
                    yield self.object(f"entry {number}", one)
        except (ijson.JSONError, UnicodeError, RecursionError) as error:
            raise BadFile(f"{source.name} is not a whole JSON file ({error}).") from None

    def object(self, place: str, one: Any) -> Incoming | Skipped:
        """One object."""
        if not isinstance(one, dict):
            return Skipped(place, "it is no object")
        try:
            entry = self.entry(place, one)
        except (TypeError, ValueError, AttributeError, KeyError):
            return Skipped(place, "its fields are not what they should be")
        return entry if values.is_web(entry.url) else Skipped(place, f"“{entry.url[:200]}” is no address of a page")


def said(one: Object, name: str) -> str:
    """A text of an object; blank where it has none."""
    value = one.get(name)
    return value if isinstance(value, str) else ""


NOT_FETCHED = "wallabag can't retrieve contents for this article"
WALLABAG = (
    "title url given_url content is_archived is_starred tags created_at published_at published_by language annotations"
).split()


def wallabag(place: str, one: Object) -> Incoming:
    """An entry of wallabag's JSON (its API's Entry, as the group ``entries_for_user`` serialises it)."""
    authors = one.get("published_by")
    return Incoming(
        place,
        (said(one, "url") or said(one, "given_url")).strip(),
        title=values.line(said(one, "title")),
        html=None if NOT_FETCHED in said(one, "content") else said(one, "content") or None,
        is_body=True,
        byline=", ".join(map(str, authors)) if isinstance(authors, list) and any(authors) else None,
        language=said(one, "language").replace("_", "-") or None,
        published_at=values.time(one.get("published_at")),
        saved_at=values.time(one.get("created_at")),
        tags=values.tags(one.get("tags") or ()),
        state="archived" if values.yes(one.get("is_archived")) else None,
        favorite=values.yes(one.get("is_starred")),
        quotes=tuple(
            Quote(said(mark, "quote"), note=said(mark, "text"), created_at=values.time(mark.get("created_at")))
            for mark in one.get("annotations") or ()
            if isinstance(mark, dict)
        ),
        more=values.beside(one, WALLABAG),
    )


def karakeep(place: str, one: Object) -> Incoming:
    """A bookmark of Karakeep's: ``createdAt, title, tags, content {type, url}, note, archived``; notes have no page."""
    content = one.get("content") or {}
    return Incoming(
        place,
        said(content, "url").strip(),
        title=values.line(said(one, "title")),
        saved_at=values.time(one.get("createdAt")),
        tags=values.tags(one.get("tags") or ()),
        state="archived" if values.yes(one.get("archived")) else None,
        favorite=values.yes(one.get("favourited")),
        note=said(one, "note"),
        more=values.beside(one, "title createdAt tags archived favourited note".split()),
    )


def pinboard(place: str, one: Object) -> Incoming:
    """A bookmark of Pinboard's: ``href, description`` (its title), ``extended, time, tags`` (words), ``toread``."""
    return Incoming(
        place,
        said(one, "href").strip(),
        title=values.line(said(one, "description")),
        note=said(one, "extended"),
        saved_at=values.time(one.get("time")),
        tags=values.tags(said(one, "tags"), " "),
        state=None if values.yes(one.get("toread")) else "read",
        more=values.beside(one, "href description extended time tags toread".split()),
    )


OBJECTS = (
    Objects("wallabag", "item", ("is_archived", "url", "content"), wallabag),
    Objects("Karakeep", "bookmarks.item", ("bookmarks", "content", "createdAt"), karakeep),
    Objects("Pinboard", "item", ("href", "description", "toread"), pinboard),
)
