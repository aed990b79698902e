"""An article cleaned anew from a captured page: what that changes, and how far a run over many articles came."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from quietpage.article import Article
from quietpage.library.changes import changed_paragraphs
from quietpage.library.database import writing
from quietpage.library.rows import article_row, storable
from quietpage.library.times import now

MEANT = ("title", "byline", "html", "published_at", "modified_at", "lead_image", "next_page", "language", "warning")


@dataclass(frozen=True, slots=True)
class Recleaned:
    """What cleaning an article anew came to, or would come to.

    "unchanged": it reads as before. "changed": it does not. "kept": the page gave no article this time, and the
    good one that is there stays. ``paragraphs`` counts the paragraphs that are others.
    """

    outcome: Literal["unchanged", "changed", "kept"]
    words_before: int
    words_after: int
    paragraphs: int


def compare(kept: sqlite3.Row, article: Article, version: int) -> Recleaned:
    """What it would come to if an article's row showed another text, which is that of a version."""
    paragraphs = changed_paragraphs(kept["text"], storable(article.text))
    before, after = int(kept["word_count"] or 0), article.word_count
    if article.warning and not kept["warning"]:
        return Recleaned("kept", before, after, paragraphs)
    row = article_row(article)
    same = version == kept["shown"] and all(kept[name] == row[name] for name in MEANT)
    return Recleaned("unchanged" if same else "changed", before, after, paragraphs)


class Recleanings:
    """Runs over many articles, by what was asked for, each with how far it came before it was broken off."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def reached(self, asked: str) -> int:
        """The id of the article that a run came to, in order of ids; 0 for one that was not begun, or was finished."""
        question = "select reached from recleanings where asked = ?"
        row = self._database().conn.execute(question, (storable(asked),)).fetchone()
        return int(row["reached"]) if row else 0

    def reach(self, asked: str, article_id: int) -> None:
        """Note how far a run came."""
        row = {"asked": storable(asked), "reached": article_id, "at": now()}
        with writing(self._database()) as db:
            db.table("recleanings").upsert(row, pk="asked")

    def finish(self, asked: str) -> None:
        """A run came to its end, or is to begin anew."""
        with writing(self._database()) as db:
            db.conn.execute("delete from recleanings where asked = ?", (storable(asked),))
