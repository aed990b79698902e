"""A library as records, one after the other: what is kept, and nothing that follows from it or that lets anybody in.

The order: a ``Header``; what is the library's own (``Search``, ``Setting``, ``Rule``); then each ``Article``, behind
the ``Image`` records that did not come before and ahead of its ``Version`` records; an ``End``, by which one knows that
all is there.
Times are RFC 3339, bytes are base64 in JSON. A later version of the format may have more fields; these keep their
meaning.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

FORMAT = "quietpage-library"
VERSION = 1
State = Literal["unread", "reading", "read", "archived"]
Share = Annotated[float, Meta(ge=0, le=1)]
Number = Annotated[int, Meta(ge=1, le=2**53)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Moment = Annotated[datetime, Meta(tz=True)]


class Record(Struct, tag_field="kind", frozen=True, kw_only=True):
    """One line."""


class Header(Record, tag="header", frozen=True, kw_only=True):
    """The first one: what this is, and whence and when. ``query`` chose the articles; blank means the whole library."""

    format: Literal["quietpage-library"]
    version: Annotated[int, Meta(ge=1)]
    exported_at: Moment
    source: str
    query: str = ""


class Search(Record, tag="search", frozen=True, kw_only=True):
    """A search kept by a name."""

    name: str
    query: str
    sort: str = ""


class Setting(Record, tag="setting", frozen=True, kw_only=True):
    """How a person likes to read."""

    name: str
    value: str


class Rule(Record, tag="rule", frozen=True, kw_only=True):
    """A correction that holds for a whole site."""

    does: Literal["keep", "drop"]
    selector: str
    site: str
    example: str
    created_at: Moment


class Image(Record, tag="image", frozen=True, kw_only=True):
    """An image's bytes."""

    sha256: Sha256
    data: bytes


class Mark(Struct, frozen=True, kw_only=True):
    """A highlight. A ``deleted_at`` is there for a day: it can be taken back so long."""

    id: Number
    color: Literal["yellow", "green", "blue", "pink"]
    note: str
    begins: Count
    ends: Count
    exact: str
    prefix: str
    suffix: str
    found: bool
    created_at: Moment
    updated_at: Moment
    deleted_at: Moment | None = None


class Note(Struct, frozen=True, kw_only=True):
    """The note on an article."""

    note: str
    created_at: Moment
    updated_at: Moment


class Struck(Struct, frozen=True, kw_only=True):
    """What the cleaner removed, by which step, and why."""

    step: str
    reason: str
    html: str


class OwnRule(Struct, frozen=True, kw_only=True):
    """A correction that holds for one article."""

    does: Literal["keep", "drop"]
    selector: str
    example: str
    created_at: Moment


class Capture(Struct, frozen=True, kw_only=True):
    """An acknowledged delivery, by which a repeated one is recognised."""

    id: str
    version: Number


class Article(Record, tag="article", frozen=True, kw_only=True):
    """A kept article with all that a person did to it. ``address`` is its canonicalised URL, one article each."""

    id: Number
    address: str
    url: str
    title: str
    html: str
    text: str
    canonical_url: str | None = None
    byline: str | None = None
    site: str | None = None
    language: str | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    published_at: Moment | None = None
    modified_at: Moment | None = None
    saved_at: Moment
    updated_at: Moment
    deleted_at: Moment | None = None
    excerpt: str = ""
    word_count: Count = 0
    reading_minutes: Count = 1
    lead_image: str | None = None
    next_page: str | None = None
    warning: str | None = None
    state: State = "unread"
    favorite: bool = False
    progress: Share = 0.0
    versions: Count = 0
    shown: Count = 1
    tags: list[str] = []
    note: Note | None = None
    highlights: list[Mark] = []
    removed: list[Struck] = []
    rules: list[OwnRule] = []
    ruled: list[str] = []  # selectors of corrections that found something in its page
    captures: list[Capture] = []
    images: dict[str, Sha256] = {}
    thumbnail: Sha256 | None = None
    imported: dict[str, dict[str, Any]] = {}  # what other programs' exports said of it, by their format


class Version(Record, tag="version", frozen=True, kw_only=True):
    """A captured page of the article before: as text, or, where it is no UTF-8, as bytes."""

    address: str
    number: Number
    url: str | None = None
    captured_at: Moment | None = None
    content_sha256: str | None = None
    warning: str | None = None
    page: str | None = None
    page_bytes: bytes | None = None

    def whole(self) -> bytes:
        """The page's bytes."""
        return self.page_bytes if self.page_bytes is not None else (self.page or "").encode()


class End(Record, tag="end", frozen=True, kw_only=True):
    """The last one: how much came."""

    articles: Count
    versions: Count
    images: Count


AnyRecord = Header | Search | Setting | Rule | Image | Article | Version | End
