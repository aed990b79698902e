"""How highlights and notes stand in the library's file: their tables, and what keeps them true to their articles."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlite_utils import Database

from quietpage.library.anchoring import Anchoring, Selector
from quietpage.library.passages import read
from quietpage.library.rows import indexed, words_of_row
from quietpage.library.times import now, read_time
from quietpage.library.vocabulary import count_words, folded

Color = Literal["yellow", "green", "blue", "pink"]
COLORS: tuple[Color, ...] = get_args(Color)


@dataclass(frozen=True, slots=True)
class Highlight:
    """A highlighted passage of an article; ``note`` is blank where there is none, times are aware UTC.

    ``found`` is False for an orphan: its words are no longer in the article, and its positions are those it had.
    """

    id: int
    article_id: int
    color: Color
    note: str
    passage: Selector
    found: bool
    created_at: datetime
    updated_at: datetime


def create_highlights(db: Database) -> None:
    """The tables, and a view of all that a person marked: a ``key`` of its own, and ``place`` in the article."""
    db.execute(
        """create table highlights (id integer primary key autoincrement,
            article_id integer not null references articles on delete cascade,
            color text not null, note text not null default '', begins integer not null, ends integer not null,
            exact text not null, prefix text not null, suffix text not null, found integer not null default 1,
            folded text not null, created_at text not null, updated_at text not null, deleted_at text)"""
    )
    db.execute("create index highlights_of on highlights (article_id, begins)")
    db.execute("create index highlights_deleted on highlights (deleted_at) where deleted_at is not null")
    db.execute(
        """create table article_notes (article_id integer primary key references articles on delete cascade,
            note text not null, folded text not null, created_at text not null, updated_at text not null)"""
    )
    db.execute(
        """create view marks as
            select 2 * id + 1 as key, article_id, id, color, note, begins, ends, exact, prefix, suffix, found, folded,
                created_at, updated_at, begins + 1 as place from highlights where deleted_at is null
            union all
            select 2 * article_id, article_id, null, null, note, null, null, null, null, null, 1, folded,
                created_at, updated_at, 0 from article_notes"""
    )


def highlight(row: sqlite3.Row) -> Highlight:
    """A row as the highlight it keeps."""
    return Highlight(
        id=row["id"],
        article_id=row["article_id"],
        color=row["color"],
        note=row["note"],
        passage=Selector(row["begins"], row["ends"], row["exact"], row["prefix"], row["suffix"]),
        found=bool(row["found"]),
        created_at=read_time(row["created_at"]),
        updated_at=read_time(row["updated_at"]),
    )


def comparable(*texts: str) -> str:
    """Texts as they are searched: folded, with single spaces."""
    return " ".join(folded(" ".join(texts)).split())


def anchor_anew(db: Database, article_id: int, before: str, after: str) -> None:
    """The HTML of an article changed: find its highlights in the new one. Those of orphans are looked for there too.

    Deleted ones are followed as well, since they can be taken back.
    """
    rows = db.conn.execute("select * from highlights where article_id = ?", (article_id,)).fetchall()
    if not rows or before == after:
        return
    text = read(after).text
    known, lost = Anchoring(text, read(before).text), Anchoring(text)
    for row in rows:
        one = highlight(row)
        found = (known if one.found else lost).find(one.passage)
        if found != one.passage or not one.found:
            put(db, one.id, found, row["note"])


def insert_highlight(
    db: Database, article_id: int, passage: Selector, *, color: str, note: str, time: str, found: bool = True
) -> int:
    """Keep a new highlight, whose notes are to be indexed afterwards; answers its number."""
    row = {"article_id": article_id, "color": color, "note": note, **asdict(passage), "found": int(found)}
    row |= {"folded": comparable(passage.exact, note), "created_at": time, "updated_at": time}
    return int(db.table("highlights").insert(row).last_rowid or 0)


def write_note(db: Database, article_id: int, note: str) -> None:
    """Write the note on an article in place of the one it has, and index it."""
    db.conn.execute(
        """insert into article_notes values (:id, :note, :folded, :now, :now) on conflict (article_id)
            do update set note = excluded.note, folded = excluded.folded, updated_at = excluded.updated_at
            where note != excluded.note""",
        {"id": article_id, "note": note, "folded": comparable(note), "now": now()},
    )
    index_notes(db, article_id)


def put(db: Database, highlight_id: int, found: Selector | None, note: str) -> None:
    """Note where a highlight is now."""
    if found is None:
        db.conn.execute("update highlights set found = 0 where id = ?", (highlight_id,))
        return
    db.conn.execute(
        """update highlights set begins = :begins, ends = :ends, exact = :exact, prefix = :prefix, suffix = :suffix,
            found = 1, folded = :folded where id = :id""",
        asdict(found) | {"id": highlight_id, "folded": comparable(found.exact, note)},
    )


def index_notes(db: Database, article_id: int) -> None:
    """Bring what the full-text index knows of an article's notes up to date, where they changed.

    They are a column of the articles' own index, so that a word of a note and a word of the text are found together in
    whichever way they are searched for: neither searching nor saving costs more than without notes. Writing a note
    indexes its article once more.
    """
    rows = db.conn.execute("select note from marks where article_id = ? and note != '' order by place", (article_id,))
    notes = "\n\n".join(row["note"] for row in rows)
    kept = db.conn.execute("select * from articles where id = ?", (article_id,)).fetchone()
    if kept["notes"] == notes:
        return
    bigrams = indexed(kept["title"], kept["byline"], "", kept["text"], notes)["bigrams"]
    db.conn.execute("update articles set notes = ?, bigrams = ? where id = ?", (notes, bigrams, article_id))
    now = db.conn.execute("select title, byline, text, notes from articles where id = ?", (article_id,)).fetchone()
    count_words(db, article_id, words_of_row(now), words_of_row(kept))
