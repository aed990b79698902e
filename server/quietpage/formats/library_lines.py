"""A library as JSON Lines, with everything: what each line holds, ``library/records.py`` says field by field.

What is written here and read again in another library makes the same library. It is read as it comes, one line at a
time, and checked: whoever reads it twice can refuse a broken file before anything of it is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from quietpage.formats.taking import Selection
from quietpage.library import records

MOST_LINE_BYTES = 64 * 1024 * 1024  # a page of 20 MiB, each character escaped, is no longer than that

ENDING_LINES = "\x85\u2028\u2029"

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(records.AnyRecord).decode


class BadLibraryFile(ValueError):
    """A line of the file is not what it should be; ``line`` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line}: {reason}")
        self.line = line


def write(selection: Selection) -> Iterator[bytes]:
    """The lines. Of the whole library, what is in the trash too, and what belongs to no article."""
    whole = not selection.query and not selection.one
    copying, counts = selection.library.copying, {records.Article: 0, records.Version: 0, records.Image: 0}
    yield line(
        records.Header(
            format="quietpage-library",
            version=records.VERSION,
            exported_at=selection.at,
            source=selection.tools.source,
            query=selection.query,
        )
    )
    if whole:
        yield from map(line, copying.own())
    for record in copying.of(sorted({*selection.ids, *copying.trashed()}) if whole else selection.ids):
        if type(record) in counts:
            counts[type(record)] += 1
        yield line(record)
    articles, versions, images = counts.values()
    yield line(records.End(articles=articles, versions=versions, images=images))


def line(record: records.AnyRecord) -> bytes:
    """A record as a line. What ends a line for some readers besides a line feed is escaped."""
    written = encode(record)
    for character in ENDING_LINES:
        written = written.replace(character.encode(), f"\\u{ord(character):04x}".encode())
    return written + b"\n"


def is_library(beginning: bytes) -> bool:
    """Whether a file that begins so is one of these."""
    return b'"kind":"header"' in beginning[:200] and b'"quietpage-library"' in beginning[:400]


def read(lines: Iterable[bytes]) -> Iterator[records.AnyRecord]:
    """The records of a file's lines, each checked when its turn comes. Raises BadLibraryFile.

    Checked are the fields and their types, the order of the records, each image's hash, and that the end is there and
    counts what came. Fields that are not known are passed over, so that a later version's files can be read.
    """
    number, checking = 0, _Checking()
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        record = read_line(number, text)
        if wrong := checking.wrong(record):
            raise BadLibraryFile(number, wrong)
        yield record
    if not checking.ended:
        raise BadLibraryFile(number + 1, "The file ends before its end: a part of it is missing.")


def read_line(number: int, text: bytes) -> records.AnyRecord:
    """The record of one line. Raises BadLibraryFile."""
    if len(text) > MOST_LINE_BYTES:
        raise BadLibraryFile(number, "It is longer than any line of a library.")
    try:
        record: records.AnyRecord = decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadLibraryFile(number, f"{error}.") from None
    return record


class _Checking:
    """What came so far, to tell what may come next."""

    def __init__(self) -> None:
        self.begun = self.ended = False
        self.address: str | None = None
        self.counts = {"articles": 0, "versions": 0, "images": 0}

    def wrong(self, record: records.AnyRecord) -> str | None:
        """What is wrong with a record where it stands."""
        if self.ended:
            return "Something comes behind the end."
        if isinstance(record, records.Header):
            return self._header(record)
        if not self.begun:
            return "The file does not begin with its header."
        if isinstance(record, records.Article):
            self.address = record.address
            self.counts["articles"] += 1
        elif isinstance(record, records.Version):
            self.counts["versions"] += 1
            if record.address != self.address:
                return "A captured page does not follow its article."
        elif isinstance(record, records.Image):
            self.counts["images"] += 1
            if hashlib.sha256(record.data).hexdigest() != record.sha256:
                return "An image is not the one that its hash names."
        elif isinstance(record, records.End):
            self.ended = True
            if self.counts != {"articles": record.articles, "versions": record.versions, "images": record.images}:
                return "The end does not count what came before it."
        return None

    def _header(self, record: records.Header) -> str | None:
        if self.begun:
            return "A second header."
        self.begun = True
        if record.version > records.VERSION:
            return f"The file was written by a newer version of Quietpage (its format is {record.version})."
        return None
