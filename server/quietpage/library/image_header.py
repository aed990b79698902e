"""Read from an image's first bytes what it is and how large: nothing is decoded, and no name or header is believed."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MOST_PIXELS = 100_000_000  # a browser decodes four bytes for each; cameras of phones make up to 50 million, few 100
AVIF_BRANDS = (b"avif", b"avis")
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15, without DHT, JPG and DAC
JPEG_BARE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a length
TURNED = range(5, 9)  # Exif orientations that exchange width and height
MOST_SEGMENTS = 500  # of a JPEG before its frame: profiles and previews take dozens
MOST_BOXES = 500  # of an AVIF, and of what is inside: a tiled one has some hundred


class NotAnImage(ValueError):
    """The bytes are no image that a reader can show; the message says why, to a person."""


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What an image is: its media type, and its size in pixels as it is shown."""

    type: str
    width: int
    height: int


def read_header(data: bytes) -> ImageHeader:
    """Return what these bytes are. Raises NotAnImage for all but JPEG, PNG, GIF, WebP and AVIF, and for giants."""
    for media_type, is_one, size in KINDS:
        if is_one(data):
            try:
                width, height = size(data)
            except (struct.error, IndexError):
                raise NotAnImage(f"The file begins as {media_type} and ends before it says how large it is.") from None
            if not (width and height):
                raise NotAnImage("The image has no width or no height.")
            if width * height > MOST_PIXELS:
                raise NotAnImage(f"The image has more than {MOST_PIXELS // 1_000_000} million pixels.")
            return ImageHeader(media_type, width, height)
    raise NotAnImage("Expected a JPEG, PNG, GIF, WebP or AVIF image.")


def unpack(form: str, data: bytes, place: int) -> tuple[int, ...]:
    """Numbers at a place. Raises struct.error where the data end before."""
    return struct.unpack_from(form, data, place)


# PNG (ISO/IEC 15948), GIF89a


def png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise NotAnImage("The PNG does not begin with its header.")
    width, height = unpack(">II", data, 16)
    return width, height


def gif_size(data: bytes) -> tuple[int, int]:
    width, height = unpack("<HH", data, 6)
    return width, height


# WebP (RFC 9649)


def webp_size(data: bytes) -> tuple[int, int]:
    form = data[12:16]
    if form == b"VP8X":
        wide, high = data[24:27], data[27:30]
        if len(high) < 3:
            raise IndexError
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if form == b"VP8L" and data[20:21] == b"\x2f":
        (bits,) = unpack("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = unpack("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise NotAnImage("The WebP file holds no picture that is known.")


# JPEG (ITU-T T.81), with the orientation of its Exif data


def jpeg_size(data: bytes) -> tuple[int, int]:
    orientation = 1
    for marker, place in jpeg_segments(data):
        if marker == 0xE1 and data[place + 4 : place + 10] == b"Exif\0\0":
            orientation = exif_orientation(data[place + 10 : place + 2 + unpack(">H", data, place + 2)[0]])
        if marker in JPEG_FRAMES:
            height, width = unpack(">HH", data, place + 5)
            return (height, width) if orientation in TURNED else (width, height)
    raise NotAnImage("The JPEG holds no picture.")


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """The markers before the compressed data, each with its place."""
    place = 2
    for _ in range(MOST_SEGMENTS):
        while data[place : place + 2] == b"\xff\xff":  # fill bytes
            place += 1
        if data[place] != 0xFF:
            return
        marker = data[place + 1]
        if marker in (0xD9, 0xDA):  # the end; the beginning of a scan
            return
        yield marker, place
        place += 2 if marker in JPEG_BARE else 2 + unpack(">H", data, place + 2)[0]


def exif_orientation(tiff: bytes) -> int:
    """The orientation of Exif data, 1 (upright) where they do not say, or cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = unpack(f"{order}I", tiff, 4)
        (entries,) = unpack(f"{order}H", tiff, first)
        for entry in range(entries):
            tag, kind = unpack(f"{order}HH", tiff, first + 2 + 12 * entry)
            if (tag, kind) == (0x0112, 3):
                return unpack(f"{order}H", tiff, first + 2 + 12 * entry + 8)[0]
    except struct.error:
        pass
    return 1


# AVIF: boxes of ISO/IEC 14496-12 and 23008-12


def is_avif(data: bytes) -> bool:
    if data[4:8] != b"ftyp":
        return False
    brands = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    return any(brands[place : place + 4] in AVIF_BRANDS for place in (0, *range(8, len(brands), 4)))


def avif_size(data: bytes) -> tuple[int, int]:
    """The largest of the sizes it names: the others are of its tiles, its alpha or its thumbnail."""
    sizes: list[tuple[int, int]] = [(0, 0)]
    for meta in boxes(data, b"meta", 0, len(data)):
        for properties in boxes(data, b"iprp", meta[0] + 4, meta[1]):
            for container in boxes(data, b"ipco", *properties):
                for start, _ in boxes(data, b"ispe", *container):
                    width, height = unpack(">II", data, start + 4)
                    sizes.append((width, height))
    return max(sizes, key=lambda size: size[0] * size[1])


def boxes(data: bytes, name: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the content of each box of this name begins and ends, among those side by side from start to end."""
    for _ in range(MOST_BOXES):
        if start + 8 > end:
            return
        size, head = unpack(">I", data, start)[0], 8
        if size == 1:
            size, head = unpack(">Q", data, start + 8)[0], 16
        stop = start + size if size else end  # 0: up to the end
        if (size and size < head) or stop > end:
            return  # no box, or one that was cut off
        if data[start + 4 : start + 8] == name:
            yield start + head, stop
        start = stop


Kind = tuple[str, Callable[[bytes], bool], Callable[[bytes], tuple[int, int]]]
KINDS: tuple[Kind, ...] = (
    ("image/jpeg", lambda data: data.startswith(b"\xff\xd8\xff"), jpeg_size),
    ("image/png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), png_size),
    ("image/gif", lambda data: data.startswith((b"GIF87a", b"GIF89a")), gif_size),
    ("image/webp", lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP", webp_size),
    ("image/avif", is_avif, avif_size),
)
