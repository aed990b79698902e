"""Values as export files write them: times, tags, yes and no."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

SPACES = re.compile(r"\s+")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_BESIDE = 1_000_000  # characters of what an entry says beside what is known
PART = 10  # characters that each value and each part of one counts for beside its own
MOST_DEPTH = 50  # of values in values
MILLISECONDS_FROM = 10**11  # as seconds that is the year 5138
WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def time(text: object) -> datetime | None:
    """A moment: seconds or milliseconds since 1970, or ISO 8601 in its many spellings; without a zone it is UTC."""
    said = str(text if text is not None else "").strip()
    if re.fullmatch(r"\d{1,17}(\.\d+)?", said):
        seconds = float(said)
        try:
            moment = EPOCH + timedelta(seconds=seconds / 1000 if seconds >= MILLISECONDS_FROM else seconds)
        except OverflowError:
            return None
        return moment if moment > EPOCH else None
    if found := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4}) ([\d:]{8})", said):  # wallabag's tables
        said = f"{found[3]}-{found[2]}-{found[1]} {found[4]}"
    try:
        moment = datetime.fromisoformat(said)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def tags(value: object, separator: str = ",") -> tuple[str, ...]:
    """Tags: a list, of names or of objects with one; a list as JSON or as Python writes it; or text between signs."""
    if isinstance(value, str):
        return tuple(listed(value, separator))
    if not isinstance(value, Iterable):
        return ()
    names = (one.get("name") or one.get("label") if isinstance(one, Mapping) else one for one in value)
    return tuple(str(name).strip() for name in names if name and str(name).strip())


def listed(text: str, separator: str) -> Iterable[str]:
    """The parts of a list that is written out."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        try:
            return [str(one).strip() for one in json.loads(text) if str(one).strip()]
        except (ValueError, TypeError, RecursionError):
            text, separator = text[1:-1], ","
            return [one.strip().strip("'\"") for one in text.split(separator) if one.strip().strip("'\"")]
    return [one.strip() for one in text.split(separator) if one.strip()]


def yes(value: object) -> bool:
    """Whether a value says yes."""
    return value is True or str(value).strip().lower() in ("1", "true", "yes", "y")


def share(value: object, whole: float = 1.0) -> float | None:
    """A share of ``whole``, 0 to 1; None for what is no number."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    return min(1.0, max(0.0, number / whole)) if number == number else None


def line(value: object) -> str:
    """A text in one line."""
    return SPACES.sub(" ", str(value or "")).strip()


def is_web(url: str) -> bool:
    """Whether an address leads to a page of the web."""
    return WEB.fullmatch(url) is not None


def beside(row: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """What a row says in fields that are not known, where it says anything."""
    names = set(known)
    rest = {name: value for name, value in row.items() if name not in names and value not in (None, "", [], {})}
    left = [MOST_BESIDE]
    return {name: plain(value, left) for name, value in rest.items()}


def plain(value: Any, left: list[int], depth: int = 0) -> Any:
    """A value as JSON can have it, while there is room ``left``.

    YAML has keys of any kind, values that hold themselves, and few lines that stand for billions.
    """
    left[0] -= PART + (len(value) if isinstance(value, str | bytes) else 0)
    if left[0] < 0 or depth > MOST_DEPTH:
        return None
    if isinstance(value, Mapping):
        return {str(key): plain(inner, left, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(inner, left, depth + 1) for inner in value]
    return value
