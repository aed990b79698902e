"""Captures that were kept before: a browser that had no answer in time sends them again."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from quietpage.library import saving
from quietpage.library.database import writing
from quietpage.library.kept import Saved


class Deliveries:
    """What each capture came to, by its id."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def earlier(self, capture_id: str) -> Saved | None:
        """What an earlier delivery of a capture came to, None where this is the first; as saving it again would."""
        with writing(self._database()) as db:
            return saving.acknowledged(db, capture_id)
