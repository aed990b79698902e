"""Cursors: where the next page of a list begins, as an opaque text."""

from __future__ import annotations

import base64
import json
import re

from quietpage.library.kept import BadCursor

Position = tuple[str | int, ...]
NO_CURSOR = "This cursor is not one that an earlier answer gave."
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def write_cursor(*position: str | int) -> str:
    """A position as a text fit for a URL."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: type) -> Position:
    """The position in a cursor whose parts are of these kinds. Raises BadCursor for anything else."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        position = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, RecursionError) as error:
        raise BadCursor(NO_CURSOR) from error
    if not isinstance(position, list) or [type(part) for part in position] != list(kinds):
        raise BadCursor(NO_CURSOR)
    if not all(is_bindable(part) for part in position):
        raise BadCursor(NO_CURSOR)
    return tuple(position)


def is_bindable(part: str | int) -> bool:
    """Whether SQLite can compare with this: a lone surrogate and a number beyond 64 bits it cannot."""
    return 0 <= part < 2**63 if isinstance(part, int) else not LONE_SURROGATE.search(part)
