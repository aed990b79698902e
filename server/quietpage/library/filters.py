"""The filters of the search language: ``saved:2026-11``, ``is:unread``, ``words:>2000`` become typed facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

RangeName = Literal["saved", "published", "words"]
FactName = Literal["site", "tag", "lang", "is", "has"]

STATES = ("unread", "reading", "read", "archived")
IS = {state: state for state in STATES} | {
    "favorite": "favorite", "favourite": "favorite", "starred": "favorite", "highlighted": "highlighted",
    "uncaptured": "uncaptured",
}  # fmt: skip
HAS = {"image": "image", "images": "image", "picture": "image", "code": "code", "note": "note", "notes": "note"}
NAMES = ("site", "tag", "lang", "is", "has", "saved", "published", "words")
EXPECTED = {
    "is": f"one of {', '.join(STATES)}, favorite, highlighted, uncaptured",
    "has": "image, code or note",
    "site": "a name",
    "tag": "a name",
    "lang": "a language like en or pt-br",
    "saved": "a date like 2026, 2026-11, >2026-11-30 or 2026-01..2026-03",
    "published": "a date like 2026, 2026-11, >2026-11-30 or 2026-01..2026-03",
    "words": "a number like 800, >2000 or 500..1000",
}

DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Fact:
    """What an article must be: from a site, tagged, in a language, in a state, or holding pictures, notes and more."""

    name: FactName
    value: str


@dataclass(frozen=True, slots=True)
class Range:
    """Within what an article must lie: ``least`` is the first value that counts, ``below`` the first that does not.

    Days are ISO texts, words are numbers; an end that is None is open.
    """

    name: RangeName
    least: str | int | None
    below: str | int | None


@dataclass(frozen=True, slots=True)
class Holds:
    """A run of a script without spaces that must stand in one column; full-text search knows them only of all."""

    column: Literal["title", "byline"]
    text: str


Filter = Fact | Range | Holds


def read_filter(name: str, value: str) -> Filter | None:
    """The filter of this name and value; None where the value is not one the filter knows (see EXPECTED)."""
    value = value.strip().casefold()
    if name in ("saved", "published"):
        return read_days("saved" if name == "saved" else "published", value)
    if name == "words":
        return read_numbers(value)
    if name == "is":
        return Fact("is", IS[value]) if value in IS else None
    if name == "has":
        return Fact("has", HAS[value]) if value in HAS else None
    if name == "lang":
        return Fact("lang", value) if LANGUAGE.fullmatch(value) else None
    return Fact("site" if name == "site" else "tag", value) if value else None


def ends(value: str) -> tuple[str, str]:
    """The lower and the upper end of ``>a``, ``>=a``, ``<a``, ``<=a``, ``a..b`` and ``a``, each with its sign."""
    low, dots, high = value.partition("..")
    if dots:
        return (f">={low}" if low else "", f"<={high}" if high else "")
    if value.startswith(">"):
        return value, ""
    if value.startswith("<"):
        return "", value
    return f">={value}", f"<={value}"


def read_days(name: RangeName, value: str) -> Range | None:
    """A range of days; None for what is no day."""
    low, high = ends(value)
    least, below = limits(low), limits(high)
    if (low and not least) or (high and not below) or not (low or high):
        return None
    first = least and (least[0] if low.startswith(">=") else least[1])
    after = below and (below[1] if high.startswith("<=") else below[0])
    return Range(name, first, after)


def limits(end: str) -> tuple[str, str] | None:
    """The first day of what an end names (a year, a month, a day), and the first day after it; None for no day."""
    found = DAY.fullmatch(end.lstrip("<>="))
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            after = first + timedelta(days=1)
        elif month:
            after = date(first.year + month // 12, month % 12 + 1, 1)
        else:
            after = date(first.year + 1, 1, 1)
    except (ValueError, OverflowError):  # no such day, or one past the calendar's end
        return None
    return first.isoformat(), after.isoformat()


def read_numbers(value: str) -> Range | None:
    """A range of whole numbers; None for what is no number."""
    low, high = ends(value)
    least, below = number(low), number(high)
    if (low and least is None) or (high and below is None) or not (low or high):
        return None
    first = None if least is None else least + (not low.startswith(">="))
    after = None if below is None else below + high.startswith("<=")
    return Range("words", first, after)


def number(end: str) -> int | None:
    """The number of an end."""
    found = NUMBER.fullmatch(end.lstrip("<>="))
    return int(found[0]) if found else None
