"""Read a PDF into lines with their place and size: the only file that knows pypdf. Runs in a process of its own."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, TextIO

from pypdf import PageObject, PdfReader
from pypdf.errors import PdfReadError

from quietpage.pdf.lines import Line

MOST_PAGES = 600
MOST_CHARS = 4_000_000  # of all pages: four times the longest novels
MOST_SECONDS = 60  # of CPU; who waits gives up earlier
MOST_MEMORY_BYTES = 1024**3  # pictures are not decoded: the largest documents of ordinary life take a third


def limit_resources() -> None:
    """Bound this process, where the system can (not on Windows): a hostile document ends it, and nothing else."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def tell(data: bytes, out: TextIO) -> None:
    """Write what a PDF holds as lines of JSON: first what it says of itself, then a page each, so that what was read
    before time ran out is not lost. One that cannot be read is told as ``{"error": …}``."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedPdf
        print(json.dumps(facts(reader)), file=out, flush=True)
        left = MOST_CHARS
        for page in list(reader.pages)[:MOST_PAGES]:
            lines = [line for line in lines_of(page) if line.text]
            left -= sum(len(line.text) for line in lines)
            if left < 0:
                return
            print(json.dumps([asdict(line) for line in lines]), file=out, flush=True)
    except (EncryptedPdf, ImportError):  # it needs a password, or a cipher that is not installed
        print(json.dumps({"error": "encrypted"}), file=out, flush=True)
    except Exception:  # whatever is wrong with it: pypdf raises KeyError, RecursionError, MemoryError and more
        print(json.dumps({"error": "broken"}), file=out, flush=True)


class EncryptedPdf(PdfReadError):
    """It opens with a password only."""


def facts(reader: PdfReader) -> dict[str, Any]:
    """What a document says of itself."""
    about = reader.metadata
    created = about.creation_date if about else None
    language = reader.root_object.get("/Lang")
    return {
        "title": (about.title if about else None) or "",
        "author": (about.author if about else None) or "",
        "created": created.isoformat() if created else "",
        "language": str(language or ""),
        "pages": len(reader.pages),
    }


def lines_of(page: PageObject) -> Iterator[Line]:
    """The lines of a page, in the order in which they were written into it: columns one after the other."""
    pieces: list[tuple[str, float, float, float, bool]] = []

    def visit(text: str, around: list[float], at: list[float], font: dict[str, Any] | None, size: float) -> None:
        x, y = place(at, around)
        height = abs(at[3] or at[1]) * abs(around[3] or around[1]) * size
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        pieces.append((text, x, y, height, bold))

    page.extract_text(visitor_text=visit)
    begun: list[tuple[str, float, float, float, bool]] = []
    for text, *where in pieces:
        parts = text.split("\n")
        for at, part in enumerate(parts):
            if at:
                yield line_of(begun)
                begun = []
            if part:
                begun.append((part, *where))  # type: ignore[arg-type]
    yield line_of(begun)


def place(at: list[float], around: list[float]) -> tuple[float, float]:
    """Where text stands on its page: its own place, moved as all around it is."""
    x, y = at[4], at[5]
    return x * around[0] + y * around[2] + around[4], x * around[1] + y * around[3] + around[5]


def line_of(pieces: list[tuple[str, float, float, float, bool]]) -> Line:
    """One line of its pieces: it is as large and bold as most of it."""
    words = [piece for piece in pieces if piece[0].strip()]
    if not words:
        return Line("", 0, 0, 0, False)
    _, x, y, _, _ = words[0]
    _, _, _, size, bold = max(words, key=lambda piece: len(piece[0]))
    text = " ".join("".join(piece[0] for piece in pieces).replace("\0", " ").split())
    return Line(text, round(x, 1), round(y, 1), round(size, 1), bold)


if __name__ == "__main__":
    logging.disable()
    limit_resources()
    tell(sys.stdin.buffer.read(), sys.stdout)
