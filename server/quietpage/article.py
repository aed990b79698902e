"""What goes between the rooms: a Page comes in, an Article goes out, and each Removed says what was struck and why."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

CONTENT_ADDRESS = re.compile(r"ni:///sha-256;[\w-]{43}", re.ASCII)


def content_address(data: bytes) -> str:
    """The address of a picture that came without one, by its bytes: a name of RFC 6920, which leads nowhere."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def is_content_address(address: str) -> bool:
    """Whether an address is one of these."""
    return CONTENT_ADDRESS.fullmatch(address) is not None


@dataclass(frozen=True, slots=True)
class Page:
    """A captured page, as it came in.

    ``html`` is the rendered page (str) or the served bytes. ``title`` is the browser's tab title, a hint.
    ``captured_at`` is aware UTC. ``capture_id`` names one capture: a delivery that repeats it is the same save.
    """

    url: str
    html: str | bytes
    title: str | None = None
    captured_at: datetime | None = None
    capture_id: str | None = None


REMOVED_MAX_CHARS = 20_000  # of one removed piece's HTML: enough to recognise it by


@dataclass(frozen=True, slots=True)
class Removed:
    """One piece the cleaner struck: by which step, why (a person reads it), and its HTML, unsanitised.

    Show ``html`` only escaped: it is the page's own markup and has not been through the sanitiser.
    """

    step: str
    reason: str
    html: str


@dataclass(frozen=True, slots=True)
class Article:
    """A clean article. ``html`` is sanitised; ``text`` is derived from it, paragraphs separated by blank lines.

    ``language`` is a BCP 47 tag, ``direction`` is "ltr" or "rtl". ``published_at`` and ``modified_at`` are
    aware, in the page's own UTC offset (its day is the day the page shows), or None.
    ``lead_image`` is an absolute http(s) URL, and so is ``next_page``, where an article of several pages goes on.
    ``reading_minutes`` is at least 1. ``warning`` is None for an article, and otherwise says to the reader why what is
    shown may not be one. ``corrected`` are the selectors of a person's corrections that found something in the page.
    """

    url: str
    title: str
    html: str
    text: str
    canonical_url: str | None = None
    byline: str | None = None
    site: str | None = None
    language: str | None = None
    direction: str = "ltr"
    published_at: datetime | None = None
    modified_at: datetime | None = None
    excerpt: str = ""
    word_count: int = 0
    reading_minutes: int = 1
    lead_image: str | None = None
    next_page: str | None = None
    removed: tuple[Removed, ...] = ()
    warning: str | None = None
    corrected: tuple[str, ...] = ()


class InvalidSelector(ValueError):
    """A correction is not a CSS selector. ``selector`` is what was given."""

    def __init__(self, selector: str) -> None:
        super().__init__(f"{selector!r} is not a CSS selector.")
        self.selector = selector


class NotAnArticle(ValueError):
    """The page holds no article. ``reason`` says why; ``remains`` is its plain text, so that nothing is lost."""

    def __init__(self, reason: str, remains: Article) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remains = remains
