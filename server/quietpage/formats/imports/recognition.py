"""Which format a file has, by its content; and all that a file, an archive or a folder holds, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from quietpage.formats.imports.archives import ZIP, Omnivore, Warc, members
from quietpage.formats.imports.beside import Lying, is_picture
from quietpage.formats.imports.bookmarks import Bookmarks
from quietpage.formats.imports.documents import Html, Markdown, Mhtml
from quietpage.formats.imports.objects import OBJECTS
from quietpage.formats.imports.source import BadFile, Skipped, Source, of_path
from quietpage.formats.imports.tables import TABLES
from quietpage.library.incoming import Incoming


class Format(Protocol):
    """How a program writes what it holds."""

    @property
    def name(self) -> str:
        """What the format is called."""

    def recognises(self, source: Source) -> bool:
        """Whether a file is of this format, by how it begins."""

    def read(self, source: Source) -> Iterator[Incoming | Skipped]:
        """Its entries, in order; the same each time. Raises BadFile."""


FORMATS: tuple[Format, ...] = (*TABLES, *OBJECTS, Bookmarks(), Warc(), Mhtml(), Markdown(), Html())  # narrow ones first
OMNIVORE = Omnivore()


@dataclass(frozen=True, slots=True)
class Found:
    """One entry, or what is skipped, and the name of the format that it comes in."""

    format: str
    entry: Incoming | Skipped


def recognised(source: Source) -> Format | None:
    """The format of a file; None for one of no format we know."""
    return next((form for form in FORMATS if form.recognises(source)), None)


def entries(path: Path) -> Iterator[Found]:
    """All that a file or a folder holds. Raises BadFile for a single file that cannot be read as anything."""
    if path.is_dir():
        files = {file.relative_to(path).as_posix(): of_path(file) for file in sorted(path.rglob("*")) if file.is_file()}
        yield from of_many(files)
    else:
        yield from of_source(of_path(path))


def of_source(source: Source) -> Iterator[Found]:
    """The same of one file, which may be an archive of many. Raises BadFile."""
    if source.head.startswith(ZIP):
        with members(source) as files:
            yield from of_many(files)
        return
    form = recognised(source)
    if form is None:
        raise BadFile(
            f"{source.name} is in no format that Quietpage knows. It reads the exports of Pocket, Instapaper, "
            "wallabag, Omnivore, Readwise Reader, Raindrop, Karakeep and Pinboard, bookmarks, HTML, MHTML, WARC and "
            "Markdown with front matter."
        )
    for entry in form.read(source):
        yield Found(form.name, entry)


def of_many(files: dict[str, Source]) -> Iterator[Found]:
    """The entries of many files; those of no format we know are skipped by name."""
    if OMNIVORE.recognises(files):
        for entry in OMNIVORE.read(files):
            yield Found(OMNIVORE.name, entry)
        return
    lying, pictures, pages = Lying(files), [], 0
    for name, source in files.items():
        form = recognised(source)
        if form is None:
            if is_picture(source):
                pictures.append(name)
            else:
                yield Found("", Skipped(name, "it is in no format that Quietpage knows"))
            continue
        for entry in form.read(source):
            pages += 1
            yield Found(form.name, lying.beside(name, entry))
    for name in () if pages else pictures:
        yield Found("", Skipped(name, "it is a picture, and no page is there that shows it"))
