"""The pictures of an article, as its HTML names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlsplit

from quietpage.article import is_content_address

SMALLEST_PICTURE_PIXELS = 48  # below that on either side, without words of its own: an icon or a tracking pixel
# As the sanitiser writes it: each value in double quotes, those inside escaped, so that no other value holds a match.
IMG = re.compile(r'<img((?: [a-z]+="[^"]*")*) ?/?>')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def pictures_of(html: str) -> tuple[str, ...]:
    """The addresses of an article's pictures, each once, in order. Decorations are none, nor what HTML itself holds.

    A picture lies on the web, or came without an address, and has one by its content.
    """
    found: dict[str, None] = {}
    for match in IMG.finditer(html):
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
        source = attributes.get("src", "")
        if (is_web_address(source) or is_content_address(source)) and not is_decoration(attributes):
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
