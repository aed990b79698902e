"""What comes from elsewhere: articles, or only their addresses, as another program's export has them.

An address that the library has already is merged with: it gains what it did not have, and loses nothing. One that comes
without its page is *not captured yet*: an article without a version, which the first capture of its page fills.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any, Literal

from sqlite_utils import Database

from quietpage.article import Article, Page
from quietpage.library import checksums, saving
from quietpage.library.anchoring import Anchoring, Selector
from quietpage.library.database import writing
from quietpage.library.filters import STATES
from quietpage.library.highlight_rows import comparable, index_notes, insert_highlight, write_note
from quietpage.library.import_rows import add_more, said_of
from quietpage.library.marks import known, tidy
from quietpage.library.passages import read
from quietpage.library.rows import article_row, kept_address, page_bytes, row_id, storable
from quietpage.library.tags import give, tidied
from quietpage.library.times import now, write_time
from quietpage.library.uncaptured_rows import article_at
from quietpage.library.vocabulary import count_words

UNCAPTURED = "Only the address of this page was imported. Open it and save it, and its text is here."
Came = Literal["new", "merged", "same"]
# A picture's bytes by the address that a page has for it, as written or absolute; None where it did not come along
Beside = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Quote:
    """A highlight as an export has it: its words, without a place. ``created_at`` is aware UTC."""

    text: str
    note: str = ""
    color: str = "yellow"
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file says of one article. ``row`` is where in the file, for people.

    ``html`` is the page, or the body alone where ``is_body``, uncleaned; None where the file has only the address.
    ``saved_at`` is aware UTC, ``progress`` the share read, 0 to 1. ``more`` is what Quietpage has no place for; it is
    kept with the article. ``pictures`` finds what came beside the page.
    """

    row: str
    url: str
    title: str = ""
    html: str | bytes | None = None
    is_body: bool = False
    excerpt: str = ""
    byline: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    saved_at: datetime | None = None
    tags: tuple[str, ...] = ()
    state: str | None = None
    favorite: bool = False
    progress: float | None = None
    note: str = ""
    quotes: tuple[Quote, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    pictures: Beside | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Captured:
    """An incoming article with its cleaned text and its page; None for both where it has only an address."""

    incoming: Incoming
    article: Article | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one: ``same`` where the library had all of it."""

    row: str
    url: str
    came: Came
    id: int


class Imports:
    """The part of the library that takes in what comes from elsewhere."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def take(self, source: str, batch: Iterable[Captured]) -> list[Arrival]:
        """Keep some articles that come from ``source`` (the name of a format), all in one transaction."""
        with writing(self._database()) as db:
            return [arrive(db, source, one) for one in batch]

    def would_take(self, batch: Iterable[Captured]) -> list[Arrival]:
        """What that would come to, as far as the addresses tell."""
        return [self._would_be(one.incoming) for one in batch]

    def _would_be(self, one: Incoming) -> Arrival:
        known = self.known(one.url)
        return Arrival(one.row, one.url, "merged" if known else "new", known or 0)

    def known(self, url: str) -> int | None:
        """The number of the article of this address, in the trash or not; None where there is none."""
        row = article_at(self._database(), url)
        return int(row["id"]) if row else None

    def said_of(self, article_id: int) -> dict[str, Any]:
        """What each import said of an article beside its facts, by the name of the format."""
        return said_of(self._database(), row_id(article_id))


def arrive(db: Database, source: str, one: Captured) -> Arrival:
    """Keep one article, or merge it with what is there, within a transaction."""
    incoming = one.incoming
    kept = article_at(db, incoming.url)
    if kept is None:
        article_id, changed = came_new(db, one), True
    else:
        article_id, changed = int(kept["id"]), add_page(db, kept, one)
    changed |= add_facts(db, article_id, incoming)
    changed |= add_note(db, article_id, incoming.note)
    changed |= add_quotes(db, article_id, incoming)
    changed |= add_more(db, article_id, source, incoming.more)
    came: Came = "new" if kept is None else "merged" if changed else "same"
    return Arrival(incoming.row, incoming.url, came, article_id)


def came_new(db: Database, one: Captured) -> int:
    """Keep an article of a new address."""
    if one.article is not None and one.page is not None:
        return saving.save(db, one.article, one.page).id
    time = write_time(one.incoming.saved_at) if one.incoming.saved_at else now()
    article = uncaptured(one.incoming)
    row = article_row(article) | {"address": kept_address(article.url), "saved_at": time, "updated_at": time}
    names = ", ".join(row)
    added = db.conn.execute(
        f"insert into articles ({names}, shown) values ({', '.join(f':{name}' for name in row)}, 0)", row
    )
    article_id = int(added.lastrowid or 0)
    count_words(db, article_id, saving.words_of(article), set())
    checksums.remember(db, article_id)
    return article_id


def uncaptured(one: Incoming) -> Article:
    """The article that stands for a page which was not captured yet: what is known of it, to be found by."""
    excerpt = one.excerpt.strip()
    return Article(
        url=one.url,
        title=one.title.strip(),
        html="".join(f"<p>{escape(line)}</p>" for line in excerpt.splitlines() if line.strip()),
        text="\n\n".join(line for line in excerpt.splitlines() if line.strip()),
        byline=one.byline,
        language=one.language,
        published_at=one.published_at,
        excerpt=excerpt,
        warning=UNCAPTURED,
    )


def add_page(db: Database, kept: sqlite3.Row, one: Captured) -> bool:
    """Keep the page of an article that is there: as what it shows where it had none, as a version otherwise.

    What was captured here is not replaced by an older text.
    """
    if one.article is None or one.page is None:
        return False
    article_id = int(kept["id"])
    if not kept["versions"]:
        saving.save(db, one.article, one.page)
        return True
    digest = hashlib.sha256(page_bytes(one.page)).hexdigest()
    question = "select 1 from versions where article_id = ? and page_sha256 = ?"
    if db.conn.execute(question, (article_id, digest)).fetchone():
        return False
    saving.add_version(db, article_id, "updated", one.article, one.page)
    return True


def add_facts(db: Database, article_id: int, one: Incoming) -> bool:
    """The further of two states, the larger of two shares read, the earlier of two dates, and all tags of both."""
    kept = db.conn.execute("select * from articles where id = ?", (article_id,)).fetchone()
    state = one.state if one.state in STATES else None
    changes: dict[str, Any] = {}
    if state and STATES.index(state) > STATES.index(kept["state"]):
        changes["state"] = state
    if one.favorite and not kept["favorite"]:
        changes["favorite"] = 1
    if one.progress is not None and min(1.0, one.progress) > kept["progress"]:
        changes["progress"] = min(1.0, one.progress)
    if one.saved_at and write_time(one.saved_at) < kept["saved_at"]:
        changes["saved_at"] = write_time(one.saved_at)
    if changes:
        assigned = ", ".join(f"{name} = :{name}" for name in changes)
        db.conn.execute(f"update articles set {assigned} where id = :id", changes | {"id": article_id})
    if "saved_at" in changes:
        checksums.remember(db, article_id)
    names, before = tidied(one.tags), db.conn.total_changes
    if names:
        give(db, [article_id], names)
    return bool(changes) or db.conn.total_changes > before


def add_note(db: Database, article_id: int, note: str) -> bool:
    """Write a note on an article, below the one it has."""
    note = tidy(note)
    row = db.conn.execute("select note from article_notes where article_id = ?", (article_id,)).fetchone()
    if not note or (row and note in row["note"]):
        return False
    write_note(db, article_id, tidy(f"{row['note']}\n\n{note}" if row else note))
    return True


def add_quotes(db: Database, article_id: int, one: Incoming) -> bool:
    """Highlight what was highlighted elsewhere: where its words are found, else as an orphan that waits for them."""
    if not one.quotes:
        return False
    rows = db.conn.execute("select exact, note from highlights where article_id = ?", (article_id,)).fetchall()
    there = {comparable(row["exact"]) for row in rows}
    html = db.conn.execute("select html from articles where id = ?", (article_id,)).fetchone()["html"]
    text = read(html).text
    added = False
    for quote in one.quotes:
        words = storable(quote.text).strip()
        if not words or comparable(words) in there:
            continue
        there.add(comparable(words))
        found = Anchoring(text).find(Selector(0, len(words), words))
        place, note = found or Selector(0, len(words), words), tidy(quote.note)
        there.add(comparable(place.exact))
        time = write_time(quote.created_at) if quote.created_at else now()
        insert_highlight(db, article_id, place, color=known(quote.color), note=note, time=time, found=found is not None)
        added = True
    if added:
        index_notes(db, article_id)
    return added
