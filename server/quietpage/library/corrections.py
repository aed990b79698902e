"""What a person corrected: pieces of articles to keep or to drop, in one article or in all of a site."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from quietpage.library.correction_rows import site_of
from quietpage.library.database import writing
from quietpage.library.rows import kept_address, storable
from quietpage.library.times import now, read_time

Kind = Literal["keep", "drop"]
EXAMPLE_CHARS = 200  # of the text a correction was made at: enough to recognise it by
COUNTED = """select corrections.*, (select count(*) from corrected join articles on articles.id = corrected.article_id
    where correction_id = corrections.id and deleted_at is null) as articles from corrections"""


@dataclass(frozen=True, slots=True)
class Correction:
    """A CSS selector for what is content ("keep"), or is not ("drop"), whatever the cleaner thinks of it.

    It holds for one article, or for all of a site where ``article_id`` is None. ``example`` is the text it was made
    at; ``articles`` counts the kept articles in whose pages it found something.
    """

    id: int
    kind: Kind
    selector: str
    site: str
    article_id: int | None
    example: str
    created_at: datetime
    articles: int = 0


class Corrections:
    """The corrections of a library."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def add(self, kind: Kind, selector: str, url: str, *, article_id: int | None = None, example: str = "") -> int:
        """Keep a correction for the site of ``url``, or for one article of it; answers its id.

        One that is there already is not doubled.
        """
        row = {
            "kind": kind,
            "selector": storable(selector),
            "site": site_of(url),
            "article_id": article_id,
            "example": " ".join(storable(example).split())[:EXAMPLE_CHARS],
            "created_at": now(),
        }
        with writing(self._database()) as db:
            known = db.conn.execute(
                """select id from corrections where kind = :kind and selector = :selector and site = :site
                    and article_id is :article_id""",
                row,
            ).fetchone()
            return int(known["id"] if known else db.table("corrections").insert(row).last_rowid or 0)

    def drop(self, correction_id: int) -> None:
        """Keep a correction no longer; one that is not there stays so."""
        with writing(self._database()) as db:
            db.conn.execute("delete from corrections where id = ?", (correction_id,))

    def get(self, correction_id: int) -> Correction | None:
        """One correction."""
        row = self._database().conn.execute(f"{COUNTED} where id = ?", (correction_id,)).fetchone()
        return read_correction(row) if row else None

    def all(self) -> tuple[Correction, ...]:
        """Every correction: those for sites first, the newest first."""
        rows = self._database().conn.execute(f"{COUNTED} order by article_id is not null, id desc")
        return tuple(map(read_correction, rows))

    def of_page(self, url: str) -> tuple[Correction, ...]:
        """The corrections for a page: its site's, and those of the article that is kept from there."""
        rows = self._database().conn.execute(
            """select * from corrections where site = ? and (article_id is null
                or article_id = (select id from articles where address = ?)) order by id""",
            (site_of(url), kept_address(url)),
        )
        return tuple(map(read_correction, rows))

    def touched(self, correction_id: int) -> tuple[int, ...]:
        """The kept articles in whose pages a correction found something."""
        rows = self._database().conn.execute(
            """select article_id from corrected join articles on articles.id = article_id
                where correction_id = ? and deleted_at is null order by article_id""",
            (correction_id,),
        )
        return tuple(row["article_id"] for row in rows)


def read_correction(row: sqlite3.Row) -> Correction:
    """A row as the correction it keeps."""
    return Correction(
        id=row["id"],
        kind=row["kind"],
        selector=row["selector"],
        site=row["site"],
        article_id=row["article_id"],
        example=row["example"],
        created_at=read_time(row["created_at"]),
        articles=row["articles"] if "articles" in row.keys() else 0,  # noqa: SIM118 - a row's "in" asks its values
    )
