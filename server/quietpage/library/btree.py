"""Read the rows of a SQLite file page by page, where SQLite itself gives up at the first hurt page.

The format is SQLite's own (https://www.sqlite.org/fileformat2.html); only what tables need is here. Nothing is trusted:
a pointer may lead anywhere, a length may be anything, and what does not read as a row is passed over.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Value = None | int | float | str | bytes
INTERIOR, LEAF, INDEX_INTERIOR, INDEX_LEAF = 0x05, 0x0D, 0x02, 0x0A
INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)  # of the serial types 1 to 6
FIRST_HEADER = 100  # bytes of the file's own header, before page 1's
MOST_COLUMNS = 200


class Unreadable(Exception):
    """This is no page, no cell or no row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file: its rowid (0 in a table without) and its values, in the order of the columns."""

    rowid: int
    values: tuple[Value, ...]


class Pages:
    """The pages of a database file, by their numbers from 1 on."""

    def __init__(self, path: Path, page_size: int) -> None:
        self._file = path.open("rb")
        self.page_size = page_size
        self.size = path.stat().st_size
        self.count = -(-self.size // page_size)  # the last one may be cut short

    def close(self) -> None:
        self._file.close()

    def read(self, number: int) -> bytes:
        """A page's bytes. Raises Unreadable for one that is not there, or not whole."""
        if not 1 <= number <= self.count:
            raise Unreadable(f"there is no page {number}")
        self._file.seek((number - 1) * self.page_size)
        data = self._file.read(self.page_size)
        if len(data) < self.page_size:
            raise Unreadable(f"page {number} is cut short")
        return data

    def tree(self, root: int, seen: set[int]) -> Iterator[int]:
        """The leaves below a root in order, as far as the pages that lead to them are whole; each page once.

        A page whose kind is unreadable may be a leaf: it is answered as well, for its cells may be whole.
        """
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen or not 1 <= number <= self.count:
                continue
            seen.add(number)
            try:
                page = self.read(number)
            except Unreadable:
                continue
            start = FIRST_HEADER if number == 1 else 0
            if page[start] in (INTERIOR, INDEX_INTERIOR):
                last = int.from_bytes(page[start + 8 : start + 12], "big")
                cells = (int.from_bytes(page[at : at + 4], "big") for at in cell_places(page, start, 12))
                waiting.extend([last, *reversed(list(cells))])
            if page[start] != INTERIOR:
                yield number

    def rows(self, number: int) -> Iterator[Row]:
        """The rows of a page that read as such."""
        try:
            page = self.read(number)
        except Unreadable:
            return
        start = FIRST_HEADER if number == 1 else 0
        of_index = page[start] in (INDEX_LEAF, INDEX_INTERIOR)
        interior = page[start] == INDEX_INTERIOR
        for at in cell_places(page, start, 12 if interior else 8):
            try:
                yield self._row(page, at + 4 * interior, of_index)
            except (Unreadable, IndexError, struct.error, OverflowError):
                continue

    def free(self) -> set[int]:
        """The pages that hold nothing any more, as far as their list can be read."""
        found: set[int] = set()
        try:
            trunk = int.from_bytes(self.read(1)[32:36], "big")
            while trunk and trunk not in found:
                page = self.read(trunk)
                found.add(trunk)
                trunk, leaves = struct.unpack(">II", page[:8])
                if leaves <= self.page_size // 4 - 2:
                    found.update(struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves]))
        except Unreadable:
            pass
        return found

    def _row(self, page: bytes, at: int, of_index: bool) -> Row:
        length, at = varint(page, at)
        rowid = 0
        if not of_index:
            rowid, at = varint(page, at)
            rowid = rowid - (1 << 64) if rowid >= 1 << 63 else rowid
        return Row(rowid, values(self._payload(page, at, length, of_index)))

    def _payload(self, page: bytes, at: int, length: int, of_index: bool) -> bytes:
        """What a cell holds, gathered from the pages that it flows over to."""
        if length > self.size:
            raise Unreadable("longer than the file")
        local = self._local(length, of_index)
        if at + local > len(page):
            raise Unreadable("over the page's end")
        pieces, left = [page[at : at + local]], length - local
        following = int.from_bytes(page[at + local : at + local + 4], "big") if left else 0
        while left > 0:
            data = self.read(following)
            piece = data[4 : 4 + left]
            pieces.append(piece)
            left -= len(piece)
            following = int.from_bytes(data[:4], "big")
        return b"".join(pieces)

    def _local(self, length: int, of_index: bool) -> int:
        """How much of a payload stands on its own page (file format, section 1.6)."""
        usable = self.page_size
        most = (usable - 12) * 64 // 255 - 23 if of_index else usable - 35
        if length <= most:
            return length
        least = (usable - 12) * 32 // 255 - 23
        wanted = least + (length - least) % (usable - 4)
        return wanted if wanted <= most else least


def cell_places(page: bytes, start: int, header: int) -> Iterator[int]:
    """Where the cells of a page begin; those that would be outside are left out."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    for number in range(min(count, (len(page) - start - header) // 2)):
        place = start + header + 2 * number
        at = int.from_bytes(page[place : place + 2], "big")
        if start + header <= at < len(page) - 3:
            yield at


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends. Raises IndexError."""
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def values(record: bytes) -> tuple[Value, ...]:
    """The values of a record. Raises Unreadable, IndexError."""
    end, at = varint(record, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = varint(record, at)
        kinds.append(kind)
    if at != end or not kinds or len(kinds) > MOST_COLUMNS:
        raise Unreadable("no record")
    found: list[Value] = []
    for kind in kinds:
        value, at = value_of(record, at, kind)
        found.append(value)
    if at != len(record):
        raise Unreadable("no record")
    return tuple(found)


def value_of(record: bytes, at: int, kind: int) -> tuple[Value, int]:
    """One value by its serial type, and where it ends. Raises Unreadable."""
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in (10, 11):
        raise Unreadable("no value")
    length = INTEGER_BYTES[kind] if kind < 7 else 8 if kind == 7 else (kind - 12) // 2
    data = record[at : at + length]
    if len(data) < length:
        raise Unreadable("no value")
    if kind < 7:
        return int.from_bytes(data, "big", signed=True), at + length
    if kind == 7:
        return float(struct.unpack(">d", data)[0]), at + length
    return (data.decode("utf-8", "replace") if kind % 2 else data), at + length
