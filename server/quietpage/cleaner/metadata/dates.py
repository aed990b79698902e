"""When a page was published, and when it was changed: as data says it, as its address does, as people write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from quietpage.cleaner.metadata.near_headline import LINE_MAX_CHARS, lines_near_headline
from quietpage.cleaner.metadata.said import Said
from quietpage.cleaner.words import MODIFIED_LEAD, MONTHS

ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?)?")
DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")
MOST_ELEMENTS = 6  # that say they are dates; further down stand those of other stories and of comments
PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "pubdate",
    "publish-date",
    "publication_date",
    "article.published",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
)
MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified",
    "dc.date.modified", "ms.date", "revised",
)  # fmt: skip
DATE_ELEMENTS = (
    ".date, .published, .pubdate, .post-date, .entry-date, .article-date, .publish-date, .posted-on, time, "
    '[class*="date" i], [class*="publish" i], [class*="posted" i], [class*="byline" i], [class*="post-meta" i]'
)


def find_published(said: Said, title: str) -> datetime | None:
    """When it was published. A date keeps the page's own offset; one without is UTC, one without an hour midnight."""
    document = said.document
    machine = (
        said.json_ld("datePublished"),
        *(said.metas.get(name) for name in PUBLISHED_METAS),
        document.attribute('[itemprop~="datePublished"]', "datetime"),
        document.attribute('[itemprop~="datePublished"]', "content"),
        document.attribute("time[pubdate]", "datetime"),
        document.attribute("article time[datetime], header time[datetime], main time[datetime]", "datetime"),
        document.attribute("time[datetime]", "datetime"),
        said.json_ld("dateCreated"),
    )
    if date := first_date(machine):
        return date
    if found := DATE_IN_URL.search(document.url):
        return read_date("{}-{:0>2}-{:0>2}".format(*found.groups()))
    return next((date for line in written(said, title) if (date := read_written_date(line))), None)


def find_modified(said: Said, title: str) -> datetime | None:
    """When it was last changed, in the page's own offset."""
    machine = (
        said.json_ld("dateModified"),
        *(said.metas.get(name) for name in MODIFIED_METAS),
        said.document.attribute('[itemprop~="dateModified"]', "datetime"),
        said.document.attribute('[itemprop~="dateModified"]', "content"),
    )
    lines = (line for line in lines_near_headline(said.document, title) if MODIFIED_LEAD.match(line))
    return first_date(machine) or next((date for line in lines if (date := read_written_date(line))), None)


def first_date(texts: Iterable[str | None]) -> datetime | None:
    """The first of these that is a date."""
    return next((date for text in texts if text and (date := read_date(text))), None)


def written(said: Said, title: str) -> Iterable[str]:
    """The short lines in which a date may stand for people to read."""
    lines = [*lines_near_headline(said.document, title), *said.document.texts(DATE_ELEMENTS, MOST_ELEMENTS)]
    return (line for line in lines if len(line) <= LINE_MAX_CHARS)


def read_date(text: str) -> datetime | None:
    """Read an ISO 8601 or RFC 5322 date, with its offset; None for anything else."""
    found = ISO_DATE.search(text.replace("/", "-"))
    try:
        date = (
            datetime.fromisoformat(found[0].replace(" ", "T", 1).replace(" ", ""))
            if found
            else parsedate_to_datetime(text)
        )
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        date.astimezone(UTC)  # at the ends of time there may be no such moment
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return date if 1990 <= date.year <= 2100 else None


MONTH_OF = {stem.strip(): number for number, stems in enumerate(MONTHS, start=1) for stem in stems.split(",")}
DAY_MONTH_YEAR = re.compile(
    r"\b(\d{1,2})(?:\.|st|nd|rd|th|º)?\s*(?:de |of )?([^\W\d_]{3,12})\.?,?\s*(?:de |del )?((?:19|20)\d\d)\b"
)
MONTH_DAY_YEAR = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b")
YEAR_MONTH_DAY = re.compile(r"\b((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
DAY_FIRST = re.compile(r"\b(\d{1,2})[.]\s?(\d{1,2})[.]\s?((?:19|20)\d\d)\b")


def read_written_date(text: str) -> datetime | None:
    """Read a date as people write it, in words or with points; 03/04/2020 means different days and is not read."""
    if found := YEAR_MONTH_DAY.search(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := DAY_FIRST.search(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := DAY_MONTH_YEAR.search(text):
        day, month, year = int(found[1]), month_of(found[2]), int(found[3])
    elif found := MONTH_DAY_YEAR.search(text):
        day, month, year = int(found[2]), month_of(found[1]), int(found[3])
    else:
        return None
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def month_of(name: str) -> int:
    """A month's number by how its name begins, the longest beginning first; 0 for any other word."""
    return next((MONTH_OF[name[:size].lower()] for size in (7, 6, 5, 4, 3) if name[:size].lower() in MONTH_OF), 0)
