"""Files that hold many: zip archives (Omnivore's and Pocket's exports among them), and WARC archives of crawlers."""

from __future__ import annotations

import json
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from quietpage.formats.imports import values
from quietpage.formats.imports.source import BadFile, Skipped, Source
from quietpage.library.images import MOST_IMAGE_BYTES
from quietpage.library.incoming import Incoming, Quote

MOST_MEMBERS = 500_000
MOST_UNPACKED = 8 * 1024**3  # bytes, of all together
MOST_TIMES_SMALLER = 200  # HTML packs ten times, JSON of one word over and over fifty times; a bomb a thousand times
MOST_PAGE_BYTES = 64 * 1024 * 1024
MOST_PICTURES = 200_000  # of a WARC file; where each is takes some 250 bytes of memory
ZIP, WARC = b"PK\x03\x04", b"WARC/"
GZIP = b"\x1f\x8b"
SMALL_BYTES = 1024 * 1024  # so much may be packed as small as it likes
# What zipfile and what unpacks for it raise where an archive's inside is hurt, and what warcio does with a hurt record
HURT_RECORDS = (zlib.error, OSError, EOFError, ValueError, AttributeError, TypeError, LookupError, ArithmeticError)
HURT = (*HURT_RECORDS, zipfile.BadZipFile, lzma.LZMAError, RuntimeError)
ENCRYPTED = 0x1  # in a member's flags (PKWARE's APPNOTE, 4.4.4)


@contextmanager
def members(source: Source) -> Iterator[dict[str, Source]]:
    """The files of a zip archive, by their names, each unpacked while it is read; none is ever written to the disk.

    Raises BadFile for what is no whole archive, also where that only shows when its files are read, and for one that
    would unpack to too much.
    """
    with source.open() as file:
        try:
            archive = zipfile.ZipFile(file)
            inner = [entry for entry in archive.infolist() if not entry.is_dir()]
            refuse_bombs(source, inner)
            yield {one.filename: Source(posixpath.basename(one.filename), partial(archive.open, one)) for one in inner}
        except HURT as error:
            if isinstance(error, BadFile):
                raise
            raise BadFile(f"{source.name} is not a whole zip archive ({error}).") from None


def refuse_bombs(source: Source, inner: Sequence[zipfile.ZipInfo]) -> None:
    """Raise BadFile for an archive that says it would unpack to too much, or that is locked.

    Where one says less than it holds, zipfile itself stops reading at what it says.
    """
    unpacked, packed = sum(one.file_size for one in inner), sum(one.compress_size for one in inner)
    if len(inner) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > MOST_TIMES_SMALLER * packed + SMALL_BYTES:
        raise BadFile(f"{source.name} would unpack to {unpacked >> 20} MB in {len(inner)} files: that is refused.")
    if any(one.flag_bits & ENCRYPTED for one in inner):
        raise BadFile(f"{source.name} is encrypted. Unpack it, and import the folder.")


class Warc:
    """A WARC file: the pages of HTML among its responses that were answered with 200."""

    name = "WARC"

    def recognises(self, source: Source) -> bool:
        """Whether it begins with a record, packed or not."""
        return source.head.startswith(WARC) or (source.head.startswith(GZIP) and ".warc" in source.name.lower())

    def read(self, source: Source) -> Iterator[Incoming | Skipped]:
        """The pages. Raises BadFile."""
        try:
            pictures = WarcPictures(source).find
            with source.open() as file:
                for number, record in enumerate(ArchiveIterator(file), start=1):
                    if page := self.page(f"record {number}", record):
                        yield replace(page, pictures=pictures) if isinstance(page, Incoming) else page
        except (*HURT_RECORDS, ArchiveLoadFailed) as error:
            raise BadFile(f"{source.name} is not a whole WARC file ({error}).") from None

    def page(self, place: str, record: Any) -> Incoming | Skipped | None:
        """The page of a record; None for what is none."""
        headers = record.http_headers
        if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
            return None
        if "html" not in (headers.get_header("Content-Type") or "").lower():
            return None
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        html = record.content_stream().read(MOST_PAGE_BYTES + 1)
        if len(html) > MOST_PAGE_BYTES:
            return Skipped(place, f"the page is larger than {MOST_PAGE_BYTES >> 20} MB")
        if not values.is_web(url):
            return Skipped(place, f"“{url[:200]}” is no address of a page")
        return Incoming(place, url, html=html, saved_at=values.time(record.rec_headers.get_header("WARC-Date")))


@dataclass(frozen=True)
class WarcPictures:
    """The pictures among a WARC file's responses; where they are is read from it when the first is asked for."""

    source: Source

    def find(self, address: str) -> bytes | None:
        """The picture of this address."""
        at = self.places.get(address)
        if at is None:
            return None
        try:
            with self.source.open() as file:
                file.seek(at)
                data = next(ArchiveIterator(file)).content_stream().read(MOST_IMAGE_BYTES + 1)
                return bytes(data)
        except (*HURT_RECORDS, ArchiveLoadFailed, StopIteration):
            return b""

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each picture's record begins."""
        places: dict[str, int] = {}
        with self.source.open() as file, suppress(*HURT_RECORDS, ArchiveLoadFailed):
            records = ArchiveIterator(file)
            for record in records:
                headers = record.http_headers
                if record.rec_type == "response" and headers and headers.get_statuscode() == "200":
                    if (headers.get_header("Content-Type") or "").lower().startswith("image/"):
                        places[record.rec_headers.get_header("WARC-Target-URI") or ""] = records.get_record_offset()
                    if len(places) >= MOST_PICTURES:
                        break
        return places


class Omnivore:
    """Omnivore's export: lists of articles, their pages by slug, and their highlights as Markdown."""

    name = "Omnivore"

    def recognises(self, names: dict[str, Source]) -> bool:
        """Whether an archive, or a folder, is one."""
        return any(is_omnivore_list(name) for name in names)

    def read(self, names: dict[str, Source]) -> Iterator[Incoming | Skipped]:
        """The articles. Raises BadFile."""
        by_name = {posixpath.basename(name): source for name, source in names.items() if "content/" in name}
        quoted = {posixpath.basename(name): source for name, source in names.items() if "highlights/" in name}
        for name, source in sorted(names.items()):
            if not is_omnivore_list(name):
                continue
            try:
                listed = json.loads(source.read(MOST_PAGE_BYTES))
            except (ValueError, RecursionError):
                raise BadFile(f"{name} is not a whole JSON file.") from None
            for number, one in enumerate(listed if isinstance(listed, list) else (), start=1):
                place = f"{posixpath.basename(name)}, entry {number}"
                if not isinstance(one, dict) or not values.is_web(str(one.get("url", "")).strip()):
                    yield Skipped(place, "it has no address of a page")
                    continue
                slug = str(one.get("slug", ""))
                yield self.entry(place, one, by_name.get(f"{slug}.html"), quoted.get(f"{slug}.md"))

    def entry(self, place: str, one: dict[str, Any], page: Source | None, quotes: Source | None) -> Incoming:
        """One article with its page and its highlights."""
        known = "url title description author state readingProgress labels savedAt publishedAt highlights".split()
        progress = values.share(one.get("readingProgress", 0), 100.0)
        archived = str(one.get("state", "")).lower() == "archived"
        marked = [mark for mark in one.get("highlights") or () if isinstance(mark, dict)]
        return Incoming(
            place,
            str(one["url"]).strip(),
            title=values.line(one.get("title")),
            html=page.read(MOST_PAGE_BYTES) if page else None,
            is_body=True,
            excerpt=str(one.get("description") or ""),
            byline=values.line(one.get("author")) or None,
            published_at=values.time(one.get("publishedAt")),
            saved_at=values.time(one.get("savedAt")),
            tags=values.tags(one.get("labels") or ()),
            state="archived" if archived else "reading" if progress else None,
            progress=progress,
            quotes=(
                *(Quote(str(mark.get("quote") or ""), note=str(mark.get("annotation") or "")) for mark in marked),
                *(markdown_quotes(quotes.read(MOST_PAGE_BYTES).decode("utf-8", "replace")) if quotes else ()),
            ),
            more=values.beside(one, known),
        )


def is_omnivore_list(name: str) -> bool:
    """Whether a file is one of the lists: ``metadata_0_to_20.json``."""
    base = posixpath.basename(name)
    return base.startswith("metadata_") and base.endswith(".json")


def markdown_quotes(text: str) -> Iterator[Quote]:
    """Highlights that stand as block quotes, each with what is written below it as its note."""
    quote: list[str] = []
    note: list[str] = []
    for line in [*text.splitlines(), "> "]:
        if line.startswith(">"):
            if note or line == "> ":
                if quote:
                    yield Quote("\n".join(quote).strip(), note="\n".join(note).strip())
                quote, note = [], []
            quote.append(line[1:].strip())
        elif quote and line.strip() and not line.startswith("#"):
            note.append(line.strip().removeprefix("Note:").strip())
