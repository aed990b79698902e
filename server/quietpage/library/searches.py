"""Searches a person keeps by a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database

from quietpage.library.database import writing
from quietpage.library.rows import storable

LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A search by its name. ``sort`` is blank for the order that fits the query."""

    name: str
    query: str
    sort: str = ""


class Searches:
    """The searches of a library, by name."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def all(self) -> tuple[KeptSearch, ...]:
        """Every kept search, by name."""
        rows = self._database().conn.execute("select name, query, sort from searches order by name collate nocase")
        return tuple(KeptSearch(*row) for row in rows)

    def keep(self, name: str, query: str, sort: str = "") -> None:
        """Keep a search; one of the same name gives way. Raises ValueError without a name or a query."""
        name = " ".join(storable(name).split())[:LONGEST_NAME].strip()
        query = storable(query).strip()
        if not (name and query):
            raise ValueError("A kept search needs a name and something to search for.")
        with writing(self._database()) as db:
            db.table("searches").upsert({"name": name, "query": query, "sort": sort}, pk="name")

    def drop(self, name: str) -> None:
        """Keep a search no longer; one that is not there stays so."""
        with writing(self._database()) as db:
            db.conn.execute("delete from searches where name = ?", (storable(name),))
