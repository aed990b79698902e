"""Cursors: where the next page of a list begins, as an opaque text."""

from __future__ import annotations

import base64
import json

from quietpage.library.kept import BadCursor

Position = tuple[str | int, ...]


def write_cursor(*position: str | int) -> str:
    """A position as a text fit for a URL."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: type) -> Position:
    """The position in a cursor whose parts are of these kinds. Raises BadCursor for anything else."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        position = json.loads(base64.urlsafe_b64decode(padded))
    except ValueError as error:
        raise BadCursor("This cursor is not one that an earlier answer gave.") from error
    if not isinstance(position, list) or [type(part) for part in position] != list(kinds):
        raise BadCursor("This cursor is not one that an earlier answer gave.")
    return tuple(position)
