"""How times stand in the file: RFC 3339 in UTC, of fixed width, so that they sort as text; a page's as it says them."""

from __future__ import annotations

from datetime import UTC, datetime


def write_time(time: datetime) -> str:
    """An aware datetime as text, to the microsecond."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27)


def write_page_time(time: datetime) -> str:
    """An aware datetime as a page says it: RFC 3339 in the page's own offset, so that its day stays its day."""
    return time.isoformat(timespec="seconds")


def read_time(text: str) -> datetime:
    """The aware datetime of such a text, or of a page's."""
    return datetime.fromisoformat(text)


def now() -> str:
    """The present moment, as text."""
    return write_time(datetime.now(UTC))
