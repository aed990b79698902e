"""What a person marks in articles: passages, and notes on them and on whole articles. One call, one commit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlite_utils import Database

from quietpage.library.anchoring import Anchoring, Selector, selector
from quietpage.library.cursors import read_cursor, write_cursor
from quietpage.library.database import writing
from quietpage.library.highlight_rows import (
    COLORS,
    Highlight,
    comparable,
    highlight,
    index_notes,
    insert_highlight,
    write_note,
)
from quietpage.library.passages import read
from quietpage.library.rows import row_id, storable
from quietpage.library.shelf import require
from quietpage.library.times import now, read_time, write_time

Order = Literal["newest", "articles"]
ORDERS: tuple[Order, ...] = get_args(Order)
UNDONE_FOR = timedelta(days=1)  # a deleted highlight can be taken back so long
MOST_NOTE_CHARS = 20_000
MOST_AN_ARTICLE = 2_000
SELECTED = """select marks.*, articles.title, articles.byline, articles.site, articles.url, articles.language,
    articles.direction, articles.saved_at from marks join articles on articles.id = article_id"""
SORTED = {"newest": "created_at desc, key desc", "articles": "article_id desc, place, key"}
BEHIND = {
    "newest": "(created_at, key) < (:first, :key)",
    "articles": "(article_id < :first or (article_id = :first and (place, key) > (:place, :key)))",
}
CURSORS = {"newest": (str, int, int), "articles": (int, int, int)}


class NoSuchHighlight(LookupError):
    """There is no highlight of this id, or it was deleted, or its article is in the trash."""


class NoSuchPassage(ValueError):
    """The words to be highlighted are not in the article."""


class TooManyHighlights(ValueError):
    """An article has as many highlights as it may have."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What an article has: its highlights in the order of its text, those that are no longer found in it, its note."""

    highlights: tuple[Highlight, ...] = ()
    orphans: tuple[Highlight, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The article that something is marked in."""

    id: int
    title: str
    byline: str | None
    site: str | None
    url: str
    language: str | None
    direction: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight, or a note on a whole article (then ``highlight`` is None), with the article it is from."""

    source: Source
    highlight: Highlight | None
    note: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was marked; ``total`` counts all that was asked for."""

    marks: tuple[Mark, ...]
    total: int
    next_cursor: str | None = None


class Marks:
    """The highlights and notes of the library. Raises NoSuchArticle and NoSuchHighlight for what is not there."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    # Of one article

    def of(self, article_id: int) -> Marked:
        """What is marked in an article."""
        db = self._database()
        rows = db.conn.execute(
            "select * from highlights where article_id = ? and deleted_at is null order by begins, ends, id",
            (row_id(article_id),),
        )
        every = [highlight(row) for row in rows]
        found, orphans = (tuple(one for one in every if one.found is is_found) for is_found in (True, False))
        note = db.conn.execute("select note from article_notes where article_id = ?", (article_id,)).fetchone()
        return Marked(found, orphans, note["note"] if note else "")

    def get(self, highlight_id: int) -> Highlight:
        """One highlight."""
        return highlight(self._row(self._database(), highlight_id))

    def add(self, article_id: int, passage: Selector, color: str = "yellow", note: str = "") -> Highlight:
        """Highlight a passage: at its positions where its words stand there, or where they are found otherwise.

        Raises NoSuchPassage, TooManyHighlights, and ValueError for an unknown color.
        """
        with writing(self._database()) as db:
            require(db, [article_id], "deleted_at is null")
            held = "select count(*) from highlights where article_id = ?"
            if db.conn.execute(held, (article_id,)).fetchone()[0] >= MOST_AN_ARTICLE:
                raise TooManyHighlights(f"An article can have {MOST_AN_ARTICLE} highlights.")
            html = db.conn.execute("select html from articles where id = ?", (article_id,)).fetchone()["html"]
            place, note = placed(read(html).text, passage), tidy(note)
            new_id = insert_highlight(db, article_id, place, color=known(color), note=note, time=now())
            if note:
                index_notes(db, article_id)
            return highlight(self._row(db, new_id))

    def set_note(self, article_id: int, note: str) -> None:
        """Write the note on an article; a blank one takes it away."""
        note = tidy(note)
        with writing(self._database()) as db:
            require(db, [article_id], "deleted_at is null")
            if note:
                write_note(db, article_id, note)
            else:
                db.conn.execute("delete from article_notes where article_id = ?", (article_id,))
                index_notes(db, article_id)

    # Of one highlight

    def change(self, highlight_id: int, *, color: str | None = None, note: str | None = None) -> Highlight:
        """Change what is not None. Raises ValueError for an unknown color."""
        with writing(self._database()) as db:
            kept = self._row(db, highlight_id)
            color = kept["color"] if color is None else known(color)
            note = kept["note"] if note is None else tidy(note)
            if (color, note) != (kept["color"], kept["note"]):
                db.conn.execute(
                    "update highlights set color = ?, note = ?, folded = ?, updated_at = ? where id = ?",
                    (color, note, comparable(kept["exact"], note), now(), highlight_id),
                )
                index_notes(db, kept["article_id"])
            return highlight(self._row(db, highlight_id))

    def delete(self, highlight_id: int) -> Highlight:
        """Delete a highlight and its note, which can be taken back for a day; those deleted before go for good."""
        with writing(self._database()) as db:
            kept = highlight(self._row(db, highlight_id))
            due = write_time(datetime.now(UTC) - UNDONE_FOR)
            db.conn.execute("delete from highlights where deleted_at < ?", (due,))
            db.conn.execute("update highlights set deleted_at = ? where id = ?", (now(), highlight_id))
            index_notes(db, kept.article_id)
            return kept

    def restore(self, highlight_id: int) -> Highlight:
        """Take the deletion of a highlight back; one that is there stays."""
        with writing(self._database()) as db:
            kept = highlight(self._row(db, highlight_id, deleted=True))
            db.conn.execute("update highlights set deleted_at = null where id = ?", (highlight_id,))
            index_notes(db, kept.article_id)
            return kept

    def is_deleted(self, highlight_id: int) -> bool:
        """Whether a highlight was deleted and can be taken back."""
        question = "select 1 from highlights where id = ? and deleted_at is not null"
        return self._database().conn.execute(question, (row_id(highlight_id),)).fetchone() is not None

    def _row(self, db: Database, highlight_id: int, *, deleted: bool = False) -> sqlite3.Row:
        row = db.conn.execute(
            f"""select highlights.* from highlights join articles on articles.id = article_id
                where highlights.id = ? and articles.deleted_at is null
                {"" if deleted else "and highlights.deleted_at is null"}""",
            (highlight_id if 0 <= highlight_id < 2**63 else -1,),
        ).fetchone()
        if row is None:
            raise NoSuchHighlight(f"There is no highlight {highlight_id} in the library.")
        return row  # type: ignore[no-any-return]  # of sqlite3.Row

    # Of all

    def page(
        self,
        words: str = "",
        *,
        color: str | None = None,
        article_id: int | None = None,
        order: Order = "newest",
        limit: int = 20,
        cursor: str | None = None,
    ) -> Page:
        """A page of highlights and notes: those that have all of the words, in their text or in their note.

        "newest" lists the last made first; "articles" goes from article to article, the last saved first, and in each
        from its note and its beginning to its end. Raises BadCursor.
        """
        condition, values = asked(words, color, article_id)
        behind = "true"
        if cursor:
            behind = BEHIND[order]
            values |= zip(("first", "place", "key"), read_cursor(cursor, *CURSORS[order]), strict=True)
        db = self._database()
        question = f"{SELECTED} where {condition} and {behind} order by {SORTED[order]} limit :limit"
        rows = db.conn.execute(question, values | {"limit": limit + 1}).fetchall()
        count = f"select count(*) from marks join articles on articles.id = article_id where {condition}"
        more = None
        if len(rows) > limit:
            last = rows[limit - 1]
            more = write_cursor(last["created_at" if order == "newest" else "article_id"], last["place"], last["key"])
        return Page(tuple(map(mark, rows[:limit])), int(db.conn.execute(count, values).fetchone()[0]), more)

    def every(self, words: str = "", *, color: str | None = None, article_id: int | None = None) -> Iterator[Mark]:
        """All of them, from article to article, read as they are asked for."""
        condition, values = asked(words, color, article_id)
        question = f"{SELECTED} where {condition} order by {SORTED['articles']}"
        yield from map(mark, self._database().conn.execute(question, values))


def placed(text: str, passage: Selector) -> Selector:
    """A passage as it stands in a text. Raises NoSuchPassage."""
    exact = storable(passage.exact)
    if exact.strip() and passage.begins >= 0 and text[passage.begins : passage.ends] == exact:
        return selector(text, passage.begins, passage.ends)
    found = Anchoring(text).find(
        Selector(passage.begins, passage.ends, exact, storable(passage.prefix), storable(passage.suffix))
    )
    if found is None:
        raise NoSuchPassage("These words are not in the article.")
    return found


def known(color: str) -> str:
    """The same color. Raises ValueError for one there is not."""
    if color not in COLORS:
        raise ValueError(f"There is no color {color!r}; there are {', '.join(COLORS)}.")
    return color


def tidy(note: str) -> str:
    """A note as it is kept: with line breaks of one kind, no white space at its ends, and no longer than it may be."""
    return storable(note.replace("\r\n", "\n").replace("\r", "\n"))[:MOST_NOTE_CHARS].strip()


def asked(words: str, color: str | None, article_id: int | None) -> tuple[str, dict[str, str | int]]:
    """An SQL condition on marks with its values."""
    values: dict[str, str | int] = {}
    condition = "articles.deleted_at is null"
    if sought := comparable(storable(words)).split():
        values["words"] = json.dumps(sought)
        condition += " and not exists (select 1 from json_each(:words) where instr(folded, value) = 0)"
    if color is not None:
        condition, values["color"] = condition + " and color = :color", color
    if article_id is not None:
        condition, values["article"] = condition + " and article_id = :article", row_id(article_id)
    return condition, values


def mark(row: sqlite3.Row) -> Mark:
    """A row of the view as a mark."""
    source = Source(
        id=row["article_id"],
        title=row["title"],
        byline=row["byline"],
        site=row["site"],
        url=row["url"],
        language=row["language"],
        direction=row["direction"],
        saved_at=read_time(row["saved_at"]),
    )
    return Mark(
        source,
        None if row["id"] is None else highlight(row),
        row["note"],
        read_time(row["created_at"]),
        read_time(row["updated_at"]),
    )
