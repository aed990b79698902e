"""Read a date from a text: as machines write it, and as people do in many languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from quietpage.cleaner.words.dates import MONTHS, TIME_OF_DAY

ISO_DATE = re.compile(
    r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:(?:T|\s+)(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
    re.IGNORECASE,
)
RFC_DATE = re.compile(r"^[A-Za-z]{3}, ?\d{1,2} [A-Za-z]{3} \d{4} \d")
FIRST_YEAR, LAST_YEAR = 1990, 2100  # a page's date outside of them is somebody's slip
YEAR = re.compile(r"(?:19|20)\d\d")
MONTH_OF = {stem.strip(): number for number, stems in enumerate(MONTHS, start=1) for stem in stems.split(",")}
DAY_MONTH_YEAR = re.compile(
    r"\b(\d{1,2})(?:\.|st|nd|rd|th|º|er)?\s*(?:de |of )?([^\W\d_]{3,12})\.?,?\s*(?:de |del )?((?:19|20)\d\d)(?!\d)"
)
MONTH_DAY_YEAR = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)")
YEAR_MONTH_DAY = re.compile(r"\b((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
KOREAN = re.compile(r"\b((?:19|20)\d\d)\s*년\s*(\d{1,2})\s*월\s*(\d{1,2})")
DAY_FIRST = re.compile(r"\b(\d{1,2})[.]\s?(\d{1,2})[.]\s?((?:19|20)\d\d)(?!\d)")
IN_EITHER_ORDER = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?!\d)")
DATES = (ISO_DATE, YEAR_MONTH_DAY, KOREAN, DAY_FIRST, DAY_MONTH_YEAR, MONTH_DAY_YEAR, IN_EITHER_ORDER)
CLOCK = re.compile(TIME_OF_DAY, re.IGNORECASE)
DATE_MAX_CHARS, CLOCK_MAX_CHARS = 300, 60  # of a text that states a date, and of the time of day behind one
YEAR_FIRST_LANGUAGES = frozenset("zh ja ko hu lt mn fa".split())


def read_date(text: str, language: str | None = None) -> datetime | None:
    """Read a date as machines write it, ISO 8601 or RFC 5322, with its offset, or else as people do."""
    text = text[:DATE_MAX_CHARS]
    if "://" in text:
        return None  # an address: its digits are no date that somebody states
    if RFC_DATE.match(text):
        return read_rfc_date(text)
    return read_iso_date(text) or read_written_date(text, language)


def read_rfc_date(text: str) -> datetime | None:
    """Read a date such as mail and HTTP have."""
    try:
        return checked(parsedate_to_datetime(text))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def read_iso_date(text: str) -> datetime | None:
    """Read the first date of a text that is written year first; midnight where its time is none."""
    found = ISO_DATE.search(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in found.groups()[:6])
    try:
        try:
            return checked(datetime(year, month, day, hour, minute, second, tzinfo=offset_of(found[7])))
        except ValueError:
            return checked(datetime(year, month, day, tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def offset_of(text: str | None) -> timezone:
    """The offset from UTC that is written; UTC where none is."""
    if not text or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)  # ValueError from a day on


def checked(found: datetime) -> datetime | None:
    """A date with its offset, None where it cannot be a page's."""
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def read_written_date(text: str, language: str | None = None) -> datetime | None:
    """Read a date as people write it, in words or digits; 03/04/2020 only where the language tells its order."""
    day, month, year = parts_of(text, language)
    try:
        return checked(datetime(year, month, day, tzinfo=UTC))
    except ValueError:
        return None


def parts_of(text: str, language: str | None) -> tuple[int, int, int]:
    """Day, month and year of the first date in a text; zeros for what is not there."""
    if found := YEAR_MONTH_DAY.search(text) or KOREAN.search(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := DAY_FIRST.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := DAY_MONTH_YEAR.search(text)) and (month := month_of(found[2])):
        return int(found[1]), month, int(found[3])
    if (found := MONTH_DAY_YEAR.search(text)) and (month := month_of(found[1])):
        return int(found[2]), month, int(found[3])
    if found := IN_EITHER_ORDER.search(text):
        day, month = in_order(int(found[1]), int(found[2]), language)
        return day, month, int(found[3])
    return 0, 0, 0


def written_date_in(text: str) -> str:
    """The first date in a text as it is written, with the time of day behind it; "" where there is none."""
    found = next((found for pattern in DATES if (found := pattern.search(text)) and is_written(found)), None)
    if found is None:
        return ""
    clock = CLOCK.match(text, found.end(), found.end() + CLOCK_MAX_CHARS)
    return text[found.start() : clock.end() if clock else found.end()]


def is_written(found: re.Match[str]) -> bool:
    """Whether the word in a date, if there is one, is a month."""
    return all(month_of(part) for part in found.groups() if part and part.isalpha())


def in_order(first: int, second: int, language: str | None) -> tuple[int, int]:
    """Day and month of two numbers; zeros where they may be either, and the language does not tell."""
    if first > 12 or first == second:
        return first, second
    main, _, region = (language or "").partition("-")
    month_first = region == "US" if main == "en" and region else None if main == "en" or not main else False
    if second > 12 or month_first:
        return second, first
    return (0, 0) if month_first is None or main in YEAR_FIRST_LANGUAGES else (first, second)


def month_of(name: str) -> int:
    """A month's number by how its name begins, the longest beginning first; 0 for any other word."""
    return next((MONTH_OF[name[:size].lower()] for size in (8, 7, 6, 5, 4, 3) if name[:size].lower() in MONTH_OF), 0)


def may_be_a_day_off(found: datetime) -> bool:
    """Whether a date may fall on another day where the page is at home: it has a time, in UTC."""
    return not found.utcoffset() and bool(found.hour or found.minute)


def on_shown_day(found: datetime, shown: set[date]) -> datetime:
    """The same moment in the offset that makes it fall on the day the page shows, where that is a day off.

    Pages often state their dates in UTC and show them in their own time, in which it may be the evening before.
    """
    if not shown or found.date() in shown or not may_be_a_day_off(found):
        return found
    for hours in sorted(range(-12, 15), key=abs):
        moved = found.astimezone(timezone(timedelta(hours=hours)))
        if moved.date() in shown:
            return moved
    return found
