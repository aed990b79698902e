"""A file that is to be imported: where it is, how it begins, and its text whatever its encoding."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

HEAD_BYTES = 64 * 1024
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class BadFile(ValueError):
    """A file cannot be imported; the message says why and what to do. Nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that gives no article, and why."""

    row: str
    why: str


@dataclass(frozen=True)
class Source:
    """A file by its name, and what opens it anew each time. ``members`` are the other files it came with, by name."""

    name: str
    open: Callable[[], IO[bytes]]
    members: Mapping[str, Callable[[], IO[bytes]]] = field(default_factory=dict)

    @cached_property
    def head(self) -> bytes:
        """Its first bytes."""
        with self.open() as file:
            return file.read(HEAD_BYTES)

    @cached_property
    def encoding(self) -> str:
        """How its text is written: what its first bytes say, else UTF-8, else the one Windows used in the West."""
        for mark, encoding in BOMS.items():
            if self.head.startswith(mark):
                return encoding
        try:
            with self.open() as file:
                decoder = codecs.getincrementaldecoder("utf-8")()
                while piece := file.read(1 << 20):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8"

    @cached_property
    def beginning(self) -> str:
        """Its first characters, without white space before them."""
        encoding = next((code for mark, code in BOMS.items() if self.head.startswith(mark)), "utf-8")
        return self.head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """Its text; line ends stay as they are, as csv wants them."""
        with self.open() as file, io.TextIOWrapper(file, self.encoding, "replace", newline="") as text:
            yield text

    def read(self, most: int) -> bytes:
        """All of it. Raises BadFile where it is larger than ``most`` bytes."""
        with self.open() as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise BadFile(f"{self.name} is larger than {most >> 20} MB.")
        return data


def of_path(path: Path) -> Source:
    """A file of this machine."""
    return Source(path.name, lambda: path.open("rb"))


def of_bytes(name: str, data: bytes) -> Source:
    """A file that is in memory."""
    return Source(name, lambda: io.BytesIO(data))
