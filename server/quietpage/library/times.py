"""How times stand in the file: RFC 3339 in UTC, of fixed width, so that they sort as text."""

from __future__ import annotations

from datetime import UTC, datetime


def write_time(time: datetime) -> str:
    """An aware datetime as text, to the microsecond."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27)


def read_time(text: str) -> datetime:
    """The aware UTC datetime of such a text."""
    return datetime.fromisoformat(text)


def now() -> str:
    """The present moment, as text."""
    return write_time(datetime.now(UTC))
