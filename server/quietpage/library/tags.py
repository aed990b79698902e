"""Tags: their names, how many articles have each, and giving, renaming and merging them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from sqlite_utils import Database

from quietpage.library.database import writing
from quietpage.library.facets import Value
from quietpage.library.rows import storable

LONGEST_NAME = 80  # characters
# What separates tags where they are typed, or would end a name in a search
SEPARATORS = re.compile(r"[\s,;\"“”„«»]+")


class NoSuchTag(LookupError):
    """No tag has this name."""


def tidied(names: Iterable[str]) -> list[str]:
    """Names as they are kept: no ``#`` before them, single spaces, each once in whatever case; blank ones are none."""
    tidy = (
        unicodedata.normalize("NFC", SEPARATORS.sub(" ", storable(name))).strip().lstrip("#").strip() for name in names
    )
    each = {name[:LONGEST_NAME].strip().casefold(): name[:LONGEST_NAME].strip() for name in tidy if name}
    return list(each.values())


def tag_id(db: Database, name: str) -> int | None:
    """The tag of this name in whatever case."""
    row = db.conn.execute("select id from tags where folded = ?", (name.casefold(),)).fetchone()
    return int(row[0]) if row else None


def made_id(db: Database, name: str) -> int:
    """The same; a new tag where there is none."""
    known = tag_id(db, name)
    if known is not None:
        return known
    return int(db.table("tags").insert({"name": name, "folded": name.casefold()}).last_rowid or 0)


def give(db: Database, ids: Sequence[int], names: Iterable[str]) -> None:
    """Give articles tags; those that have one already keep it."""
    for name in names:
        db.conn.execute(
            "insert or ignore into article_tags (article_id, tag_id) select value, ? from json_each(?)",
            (made_id(db, name), json.dumps(ids)),
        )


def take(db: Database, ids: Sequence[int], names: Iterable[str]) -> None:
    """Take tags from articles; those that do not have them stay as they are."""
    for name in names:
        db.conn.execute(
            "delete from article_tags where tag_id = ? and article_id in (select value from json_each(?))",
            (tag_id(db, name), json.dumps(ids)),
        )


class Tags:
    """The tags of a library."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def all(self) -> tuple[Value, ...]:
        """Every tag that an article has, by name, with how many have it."""
        question = "select name, articles from tags where articles > 0 order by folded"
        return tuple(Value(row["name"], row["articles"]) for row in self._database().conn.execute(question))

    def beginning(self, text: str, limit: int = 12) -> tuple[str, ...]:
        """The commonest tags that begin so."""
        question = """select name from tags where articles > 0 and substr(folded, 1, ?) = ?
            order by articles desc, folded limit ?"""
        start = text.strip().lstrip("#").casefold()
        return tuple(row[0] for row in self._database().conn.execute(question, (len(start), start, limit)))

    def rename(self, name: str, new: str) -> str:
        """Give a tag another name, or its articles the tag that has that name already; answers the name as it is kept.

        Raises NoSuchTag, and ValueError where nothing of the new name is left.
        """
        names = tidied([new])
        if not names:
            raise ValueError("A tag needs a name.")
        with writing(self._database()) as db:
            known, other = self._known(db, name), tag_id(db, names[0])
            if other is None or other == known:
                db.table("tags").update(known, {"name": names[0], "folded": names[0].casefold()})
            else:
                db.conn.execute(
                    "insert or ignore into article_tags select article_id, ? from article_tags where tag_id = ?",
                    (other, known),
                )
                self._drop(db, known)
        return names[0]

    def drop(self, name: str) -> None:
        """Take a tag from every article. Raises NoSuchTag."""
        with writing(self._database()) as db:
            self._drop(db, self._known(db, name))

    def _known(self, db: Database, name: str) -> int:
        known = tag_id(db, storable(name))
        if known is None:
            raise NoSuchTag(f"There is no tag “{name}”.")
        return known

    def _drop(self, db: Database, known: int) -> None:
        db.conn.execute("delete from article_tags where tag_id = ?", (known,))
        db.conn.execute("delete from tags where id = ?", (known,))
