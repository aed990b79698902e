"""Where a picture lies: the best of all the addresses that its attributes give, lazy loaders' and browsers' alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from quietpage.article import is_content_address

LOADED_LATER = ("data-src", "data-lazy-src", "data-original", "data-lazy")  # what ``src`` only keeps the place of
LAZY = (
    *LOADED_LATER, "data-orig-src", "data-original-src", "data-hi-res-src", "data-image-src", "data-img-src",
    "data-img", "data-full-src", "data-large-src", "data-src-medium", "data-src-large", "data-url", "data-echo",
    "data-image", "data-image-url", "data-fallback-src", "data-native-src", "data-medium-file", "data-hi-res",
    "data-flickity-lazyload", "data-actualsrc", "data-runner-src", "data-rapid_p", "data-dynamic-image",
    "data-a-dynamic-image",
)  # fmt: skip
SETS = ("data-srcset", "data-lazy-srcset", "data-src-set", "data-original-set", "data-original-srcset", "srcset")
PLACEHOLDER = re.compile(
    r"(?:^data:|^ni:|\b(?:blank|spacer|placeholder|transparent|pixel|1x1|lazy-?load|loading|grey|gray)\b[^/]*$)", re.I
)
PICTURE_URL = re.compile(r"(?:https?:)?//|/|[\w.%-]+/|[^\s]+\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?|$)", re.I)
PICTURE_FILE = re.compile(r"\S+\.(?:jpe?g|png|webp|avif|gif)(?:[?#]\S*)?$", re.I)
SIZE = re.compile(r"(\d+(?:\.\d+)?)([wxh])$")
SIZE_THEN_URL = re.compile(r"(\d+(?:\.\d+)?[wxh]),(\S+)$")
WIDTH_SLOT = re.compile(r"\{width\}|%7Bwidth%7D", re.I)
MOST_PIXELS = 2400  # as wide as a page is read on a large screen of double density
FEW_PIXELS = 600  # a narrower candidate is no better than an address that says nothing of its size
USUAL_PIXELS = 1080
MOST_DENSITY = 3.0
INLINE_MAX_CHARS = 400  # of a placeholder in the page itself; a longer one is a picture
JSON_MAX_CHARS = 20_000
PLAIN_URL = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[!-~]*)?", re.ASCII)  # joined with any base, it is itself


@dataclass(frozen=True, slots=True)
class Candidate:
    """One address of a picture, and what is said of its size: "w" pixels of width, "x" density."""

    url: str
    size: float
    unit: str

    @property
    def rank(self) -> tuple[bool, float]:
        """Larger is better, up to what is reasonable; beyond that, smaller is."""
        most = MOST_PIXELS if self.unit == "w" else MOST_DENSITY
        return (True, self.size) if self.size <= most else (False, -self.size)


def best_address(attributes: Mapping[str, str], base: str) -> str:
    """The best address of a picture, absolute; "" where there is none. ``attributes`` are its own, by name."""
    said = address(attributes)
    candidates = next((found for name in SETS if (found := candidates_of(attributes.get(name, ""), base))), [])
    best = max(candidates, key=lambda candidate: candidate.rank, default=None)
    source = absolute(said, base) if not (best and PLACEHOLDER.search(said)) else ""
    if best is not None and (not source or best.size >= (FEW_PIXELS if best.unit == "w" else 2)):
        source = best.url
    return original(source, base)


def address(attributes: Mapping[str, str]) -> str:
    """Where the picture lies: a lazy loader's attribute where ``src`` is a placeholder, and else ``src``."""
    source = attributes.get("src", "")
    later = next((value for name in LAZY if PICTURE_URL.match(value := of_data(attributes, name))), "")
    if not later and (not source or PLACEHOLDER.search(source)):
        later = next(files_in_data(attributes), "")
    if later and (not source or PLACEHOLDER.search(source) or not attributes.keys().isdisjoint(LOADED_LATER)):
        return later
    is_placeholder = source.startswith("data:image/svg") or (len(source) < INLINE_MAX_CHARS and source[:5] == "data:")
    return "" if is_placeholder else source


def of_data(attributes: Mapping[str, str], name: str) -> str:
    """An address in a lazy loader's attribute: alone, in JSON by size, or with its width left open."""
    value = attributes.get(name, "")
    if value[:1] in ("{", "["):
        return largest_in_json(value)
    if WIDTH_SLOT.search(value):
        widths = [int(width) for width in re.findall(r"\d{2,5}", attributes.get("data-widths", "")[:JSON_MAX_CHARS])]
        within = [width for width in widths if width <= MOST_PIXELS]
        return WIDTH_SLOT.sub(str(max(within, default=USUAL_PIXELS)), value)
    return value


def largest_in_json(value: str) -> str:
    """The address with the largest width in ``{"address": [width, height]}``, or the first in any other object."""
    if len(value) > JSON_MAX_CHARS:
        return ""
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(data, dict):
        return ""
    sized = [(size[0], url) for url, size in data.items() if isinstance(size, list) and size and is_number(size[0])]
    if sized:
        return str(max(sized)[1])
    return next((text for text in data.values() if isinstance(text, str) and PICTURE_URL.match(text)), "")


def is_number(value: object) -> bool:
    return isinstance(value, (int, float))


def files_in_data(attributes: Mapping[str, str]) -> Iterator[str]:
    """The names of picture files in any other attribute of a loader's own."""
    return (
        value for name, value in attributes.items() if name.startswith("data-") and PICTURE_FILE.match(value[:2000])
    )


def candidates_of(srcset: str, base: str) -> list[Candidate]:
    """A srcset's candidates with absolute addresses; those that lie in the page itself are left out."""
    return [
        Candidate(url, size, unit)
        for written, size, unit in read_srcset(srcset)
        if not written.startswith("data:") and (url := absolute(written, base))
    ]


def read_srcset(srcset: str) -> Iterator[tuple[str, float, str]]:
    """Each address of a srcset with its size and unit; one without any has density 1. Addresses may hold commas."""
    url = ""
    for piece in srcset.split():
        if not url:
            url = "" if SIZE.match(piece.rstrip(",")) else piece  # a second size of the one before
        else:
            joined = SIZE_THEN_URL.match(piece)
            size = SIZE.match(joined[1] if joined else piece.rstrip(","))
            yield url, float(size[1]) if size else 1.0, size[2] if size else "x"
            url = joined[2] if joined else ""
        if url.endswith(","):
            if url := url.rstrip(","):
                yield url, 1.0, "x"
            url = ""
    if url:
        yield url, 1.0, "x"


def absolute(url: str, base: str) -> str:
    """An http(s) address, raster ``data:``, or the name of a picture's content; "" for anything else."""
    if url.startswith("data:image/") or is_content_address(url):
        return url
    if url.startswith(("https://", "http://")) and PLAIN_URL.fullmatch(url):
        return url
    try:
        resolved = urljoin(base, url) if url else ""
        return resolved if urlsplit(resolved).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def original(url: str, base: str) -> str:
    """The picture that an image optimiser's address (``/_next/image?url=…``) stands for."""
    if "/_next/image?" not in url:
        return url
    try:
        inner = parse_qs(urlsplit(url).query).get("url", [""])[0]
    except ValueError:
        return url
    return (absolute(inner, url) if inner.startswith(("/", "http")) else "") or url
