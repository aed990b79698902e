"""When a page was published, and when it was changed: as data says it, as its address does, as people write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice

from quietpage.cleaner.blocks import Element
from quietpage.cleaner.metadata.markup import Tag
from quietpage.cleaner.metadata.near_headline import LINE_MAX_CHARS, Lines
from quietpage.cleaner.metadata.said import Said
from quietpage.cleaner.words import MODIFIED_LEAD, MONTHS

ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?)?")
DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")
STORY_PLACES = frozenset({"article", "header", "main"})
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
DATE_CLASS = re.compile(r"date|publish|posted|byline|post-meta", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")


def find_published(said: Said, near: Lines) -> datetime | None:
    """When it was published. A date keeps the page's own offset; one without is UTC, one without an hour midnight."""
    if date := first_date((said.json_ld("datePublished"), *facts(said, PUBLISHED_METAS))):
        return date
    times = list(said.body.tags_with(' datetime="'))
    marked = [tag for tag in said.dates if "datepublished" in tag.words("itemprop")]
    machine = (
        *(tag.get("datetime") for tag in marked),
        *(tag.get("content") for tag in marked),
        *(tag.get("datetime") for tag in times if tag.has("pubdate")),
        *(tag.get("datetime") for tag in times if tag.name == "time" and stands_in_a_story(said, tag)),
        *(tag.get("datetime") for tag in times if tag.name == "time"),
        said.json_ld("dateCreated"),
    )
    if date := first_date(machine):
        return date
    if found := DATE_IN_URL.search(said.document.url):
        return read_date("{}-{:0>2}-{:0>2}".format(*found.groups()))
    return next((date for line in written(said, near) if (date := read_written_date(line))), None)


def find_modified(said: Said, near: Lines) -> datetime | None:
    """When it was last changed, in the page's own offset."""
    if date := first_date((said.json_ld("dateModified"), *facts(said, MODIFIED_METAS))):
        return date
    marked = [tag for tag in said.dates if "datemodified" in tag.words("itemprop")]
    lines = (line for line in near.lines if MODIFIED_LEAD.match(line))
    return first_date(text for tag in marked for text in (tag.get("datetime"), tag.get("content"))) or next(
        (date for line in lines if (date := read_written_date(line))), None
    )


def facts(said: Said, names: Iterable[str]) -> Iterable[str]:
    """What <meta> facts of these names say."""
    return (said.metas[name][0] for name in names if name in said.metas)


def stands_in_a_story(said: Said, tag: Tag) -> bool:
    """Whether a tag stands in an article, in the page's main part, or in a header."""
    element = said.document.element_around(tag.start)
    return element is not None and not STORY_PLACES.isdisjoint(element.places)


def first_date(texts: Iterable[str | None]) -> datetime | None:
    """The first of these that is a date."""
    return next((date for text in texts if text and (date := read_date(text))), None)


def written(said: Said, near: Lines) -> Iterable[str]:
    """The short lines in which a date may stand for people to read."""
    yield from near.lines
    blocks = (block for block in said.document.blocks if block.chars <= LINE_MAX_CHARS and YEAR.search(block.text))
    yield from islice((block.text for block in blocks if says_date(block.element)), MOST_ELEMENTS)


def says_date(element: Element | None) -> bool:
    """Whether an element, or one of the two around it, calls itself a date or the like; none among comments does."""
    for _ in range(3):
        if element is None or element.in_comments:
            return False
        if DATE_CLASS.search(element.class_name):
            return True
        element = element.parent
    return False


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
