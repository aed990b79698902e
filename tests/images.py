"""Images for tests, made byte by byte: as small as their formats allow, and of any size they claim."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 2, height: int = 2, color: tuple[int, int, int] = (200, 60, 40)) -> bytes:
    """A whole picture in one color."""
    rows = b"".join(b"\0" + bytes(color) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def png_claiming(width: int, height: int) -> bytes:
    """A picture that says it is this large, and holds nothing."""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def gif(width: int = 3, height: int = 4, more: bytes = b"") -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0" + more + b";"


def jpeg(width: int = 5, height: int = 6, orientation: int | None = None) -> bytes:
    """The segments up to the picture's frame, with an Exif orientation where one is given."""
    exif = b""
    if orientation:
        tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
        exif = segment(0xE1, b"Exif\0\0" + tiff)
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + exif + b"\xff" + frame + segment(0xDA, b"\0")


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def webp(kind: bytes = b"VP8X", width: int = 7, height: int = 8) -> bytes:
    inside = {
        b"VP8X": b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"),
        b"VP8L": b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14),
        b"VP8 ": b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height),
    }[kind]
    body = b"WEBP" + kind + struct.pack("<I", len(inside)) + inside
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif(width: int = 9, height: int = 10) -> bytes:
    """The boxes that say how large it is; a smaller size, of its thumbnail, comes first."""
    sizes = box(b"ispe", struct.pack(">III", 0, 1, 1)) + box(b"ispe", struct.pack(">III", 0, width, height))
    meta = box(b"meta", b"\0\0\0\0" + box(b"hdlr", b"\0" * 20) + box(b"iprp", box(b"ipco", sizes)))
    return box(b"ftyp", b"mif1\0\0\0\0mif1avif") + meta


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + name + data
