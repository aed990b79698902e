"""The number of a row in what a browser asks for: an article's, a version's, an act's."""

from __future__ import annotations

import re

ROW_NUMBER = re.compile("[0-9]{1,18}")  # SQLite's own go a little beyond 18 digits, and no library ever gets there


def row_number(text: str) -> int | None:
    """The number that a text is; None where it is none that a row could have."""
    return int(text) if ROW_NUMBER.fullmatch(text) else None
