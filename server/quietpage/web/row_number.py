"""The number of a row in what a browser asks for: an article's, a version's, an act's."""

from __future__ import annotations

import re

from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, Map, ValidationError

ROW_NUMBER = re.compile("[0-9]{1,18}")  # SQLite's own go a little beyond 18 digits, and no library ever gets there
MOST_ID = 2**63 - 1  # SQLite's largest row id
MOST_DIGITS = 4300  # Python reads no longer numbers


def row_number(text: str) -> int | None:
    """The number that a text is; None where it is none that a row could have."""
    return int(text) if ROW_NUMBER.fullmatch(text) else None


class RowId(IntegerConverter):
    """``<int:…>`` in an address: whatever could not be a row's id is not found, by whichever method it is asked for."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=MOST_ID)

    def to_python(self, value: str) -> int:
        if len(value) > MOST_DIGITS:
            raise NotFound
        try:
            return int(super().to_python(value))
        except ValidationError:  # which would be answered by "method not allowed" where a sister takes another method
            raise NotFound from None
