"""Write small PDF documents: lines of text at their places, and what makes a document hostile."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

Placed = tuple[float, float, float, str]  # x and y in points from the left and the bottom, size, text


def document(pages: Iterable[Sequence[Placed]], info: str = "", extra: str = "") -> bytes:
    """A PDF with these lines on its pages; ``info`` is its information dictionary's content."""
    contents = [content(page) for page in pages]
    first = 4
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, stream in enumerate(contents):
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        box = "/MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {first + 2 * at + 1} 0 R {resources} >>".encode())
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(f"<< {info} >>".encode("latin-1"))
    return written(objects, extra)


def content(lines: Sequence[Placed]) -> bytes:
    """A page's content, compressed."""
    shown = [f"BT /F1 {size} Tf {x} {y} Td ({escaped(text)}) Tj ET" for x, y, size, text in lines]
    return zlib.compress("\n".join(shown).encode("cp1252"))


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def written(objects: Sequence[bytes], extra: str = "") -> bytes:
    """Numbered objects as a file; the first is the catalog, the last the information."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {extra} >>"
    ending = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(out)}\n%%EOF"
    return out + ending.encode("latin-1")


def column(
    lines: Iterable[str], *, x: float = 72, top: float = 700, size: float = 11, leading: float = 14
) -> list[Placed]:
    """Lines below each other; an empty one leaves a gap."""
    return [(x, top - leading * at, size, line) for at, line in enumerate(lines) if line]
