"""The pictures of an article, as its HTML names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlsplit

SMALLEST_PICTURE_PIXELS = 48  # below that on either side, without words of its own: an icon or a tracking pixel
# As the sanitiser writes it: each value in double quotes, those inside escaped, so that no other value holds a match.
IMG = re.compile(r'<img((?: [a-z]+="[^"]*")*) ?/?>')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def web_pictures(html: str) -> tuple[str, ...]:
    """The addresses of an article's pictures that lie on the web, each once, in order; decorations are none."""
    found: dict[str, None] = {}
    for match in IMG.finditer(html):
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
        source = attributes.get("src", "")
        if is_web_address(source) and not is_decoration(attributes):
            found[source] = None
    return tuple(found)


def is_decoration(attributes: Mapping[str, str | None]) -> bool:
    """Whether an ``img`` is an icon or a tracking pixel, which no reader misses."""
    sizes = [attributes.get("width") or "", attributes.get("height") or ""]
    small = any(size.isdecimal() and int(size) < SMALLEST_PICTURE_PIXELS for size in sizes)
    return small and not (attributes.get("alt") or "").strip()


def is_web_address(source: str) -> bool:
    """Whether a picture's source is an http or https address."""
    try:
        parts = urlsplit(source)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
