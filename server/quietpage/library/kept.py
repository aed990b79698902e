"""What the library answers with: kept articles, hits, and what a save came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quietpage.article import Article
from quietpage.library.changes import Change
from quietpage.library.query import Hint

Outcome = Literal["created", "unchanged", "updated"]


class NoSuchArticle(LookupError):
    """No article has this id, or it is in the trash."""


class BadCursor(ValueError):
    """The cursor is not one that an earlier answer gave."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A committed save. ``version`` counts the article's captures from 1; ``change`` is there for an updated one."""

    id: int
    outcome: Outcome
    version: int
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article as it is kept. ``progress`` is the share read, 0 to 1; times are aware UTC.

    ``versions`` counts its captured pages, and ``shown`` is the number of the one whose text it is.
    """

    id: int
    article: Article
    saved_at: datetime
    updated_at: datetime
    state: str = "unread"
    progress: float = 0.0
    tags: tuple[str, ...] = ()
    versions: int = 1
    favorite: bool = False
    shown: int = 1


@dataclass(frozen=True, slots=True)
class Version:
    """One captured page of an article, numbered from 1. ``warning`` is there where it held no article."""

    number: int
    url: str
    captured_at: datetime
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a snippet; ``match`` says whether it is what was searched for, ``noted`` whether it is from a note."""

    text: str
    match: bool = False
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One article in a list. ``snippet`` is empty where nothing was searched; where it is not ``captured``, only its
    address is known, and what an import said of it.
    """

    id: int
    url: str
    title: str
    byline: str | None
    site: str | None
    language: str | None
    direction: str
    published_at: datetime | None
    saved_at: datetime
    excerpt: str
    reading_minutes: int
    word_count: int
    lead_image: str | None
    snippet: tuple[Fragment, ...] = ()
    state: str = "unread"
    tags: tuple[str, ...] = ()
    progress: float = 0.0
    favorite: bool = False
    captured: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """A kept article that is shown beside another."""

    id: int
    title: str
    site: str | None
    url: str
    language: str | None
    direction: str | None


@dataclass(frozen=True, slots=True)
class SameContent(Beside):
    """Another kept article with the same content: an AMP or print page, a syndicated copy, an excerpt."""


@dataclass(frozen=True, slots=True)
class Related(Beside):
    """A kept article about the same things, and the words, most telling first, that both speak of."""

    reading_minutes: int | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits. ``total`` counts all of them; where it is ``capped``, there are more.

    ``partial`` says that none has every word of the query; of a question in many words the first ``whole`` have, and
    the others some. ``corrected`` is what was searched for in place of a misspelt query. ``hints`` tell the person, in
    sentences, which parts of the query were not understood.
    """

    hits: tuple[Hit, ...]
    total: int
    next_cursor: str | None = None
    partial: bool = False
    whole: int = 0
    capped: bool = False
    corrected: str | None = None
    hints: tuple[Hint, ...] = ()
