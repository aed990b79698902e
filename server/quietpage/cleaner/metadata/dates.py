"""When a page was published, and when it was changed: as data says it, as its address does, as people write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from quietpage.cleaner.elements import Block
from quietpage.cleaner.metadata.markup import Tag
from quietpage.cleaner.metadata.near_headline import LINE_MAX_CHARS, Lines
from quietpage.cleaner.metadata.said import Said
from quietpage.cleaner.metadata.written_dates import (
    YEAR,
    may_be_a_day_off,
    on_shown_day,
    read_date,
    read_iso_date,
    read_written_date,
)
from quietpage.cleaner.words.bylines import BYLINE_LEAD
from quietpage.cleaner.words.dates import MODIFIED_LEAD, MODIFIED_LINE, PUBLISHED_LINE

DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")
STORY_PLACES = frozenset({"article", "header", "main"})
REBUILD = timedelta(minutes=5)  # between the dates that one build of a page writes
MOST_LINES = 200  # with a date
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
PUBLISHED_META = re.compile(
    r"publish(?:ed|ing)?[-_.]?(?:date|time|on|$)|pub[-_.]?date|(?:created?|issued?|posted)[-_.]?(?:date|time|on|at|$)|[-_.:]date$"
)
OTHER_META = re.compile(r"modif|updat|revis|expir|valid|event|start|end|birth|review|upload|un-?publish|last")
MODIFIED_META = re.compile(r"date[-_.]?(?:modif|updat|revis)|(?:modif|updat|revis)\w*[-_.:]?(?:date|time|on|at)")
DATE_LEVELS = 3  # an element and the two around it
DATE_CLASS = re.compile(r"date|publish|posted|byline|post-meta", re.IGNORECASE)


def find_published(said: Said, near: Lines, language: str | None) -> datetime | None:
    """When it was published. A date keeps the page's own offset; one without is UTC, one without an hour midnight.

    Of several that data state, the one whose day the page shows is meant; a doubtful one gives way to a shown one.
    """
    in_address = date_in_address(said)
    stated = next((dates for source in DATA if (dates := list(dates_in(source(said), language)))), [])
    if not stated:
        written_dates = (read_written_date(line, language) for line in written(said, near))
        return in_address or next((found for found in written_dates if found), None)
    doubtful = is_doubtful(said, stated[0], language)
    if not doubtful and len({found.date() for found in stated}) == 1 and not may_be_a_day_off(stated[0]):
        return stated[0]
    seen = [found for found in dates_near(near, language) if found]
    days = {found.date() for found in (in_address, *seen) if found}
    moved = (on_shown_day(found, days) for found in stated)
    return next((found for found in moved if found.date() in days), seen[0] if doubtful and seen else stated[0])


def is_doubtful(said: Said, published: datetime, language: str | None) -> bool:
    """Whether a stated date may be that of the last build of the page.

    It is the date of its last change too, or is written as people write: programs write so what they show elsewhere.
    """
    text = said.json_ld("datePublished")
    if text and not read_iso_date(text):
        return True
    changed = next(dates_in(modified_as_data(said), language), None)
    return changed is not None and abs(changed - published) < REBUILD


def published_as_data(said: Said) -> Iterator[str | None]:
    """Where data may say when a page was published, the most reliable place first."""
    yield said.json_ld("datePublished")
    yield from facts(said, PUBLISHED_METAS)
    marked = [tag for tag in said.dates if "datepublished" in tag.words("itemprop")]
    yield from (tag.get(name) for name in ("datetime", "content") for tag in marked[:1])


def published_as_other_data(said: Said) -> Iterator[str]:
    """What <meta> facts say that by their names alone may be such a date."""
    return (said.metas[name][0] for name in said.metas if PUBLISHED_META.search(name) and not OTHER_META.search(name))


def published_as_time(said: Said) -> Iterator[str | None]:
    """Which one of the page's <time> elements may say it; the others are other stories'."""
    return islice((text for text in times_of(said) if text and read_date(text)), 1)


def times_of(said: Said) -> Iterator[str | None]:
    """The page's times, those first that stand where a story's does."""
    times = [tag for tag in said.body.tags_with(' datetime="') if tag.name == "time"]
    yield from (tag.get("datetime") for tag in times if tag.has("pubdate"))
    yield from (tag.get("datetime") for tag in times if stands_in_a_story(said, tag))
    yield from (tag.get("datetime") for tag in times)
    yield said.json_ld("dateCreated")


DATA = (published_as_data, published_as_other_data, published_as_time)


def date_in_address(said: Said) -> datetime | None:
    """The day that stands in the page's address."""
    found = DATE_IN_URL.search(said.document.url)
    return read_written_date("-".join(found.groups())) if found else None


def find_modified(said: Said, near: Lines, language: str | None) -> datetime | None:
    """When it was last changed, in the page's own offset."""
    if found := next(dates_in(modified_as_data(said), language), None):
        return found
    return next((found for line in lines_of_change(said, near) if (found := read_written_date(line, language))), None)


def modified_as_data(said: Said) -> Iterator[str | None]:
    """Where data may say when a page was changed, the most reliable place first."""
    yield said.json_ld("dateModified")
    yield from facts(said, MODIFIED_METAS)
    marked = [tag for tag in said.dates if "datemodified" in tag.words("itemprop")]
    yield from (tag.get(name) for tag in marked for name in ("datetime", "content"))
    yield from (said.metas[name][0] for name in said.metas if MODIFIED_META.search(name))


def facts(said: Said, names: Iterable[str]) -> Iterator[str]:
    """What <meta> facts of these names say."""
    return (said.metas[name][0] for name in names if name in said.metas)


def dates_in(texts: Iterable[str | None], language: str | None) -> Iterator[datetime]:
    """Those of the texts that are dates."""
    return (found for text in texts if text and (found := read_date(text, language)))


def stands_in_a_story(said: Said, tag: Tag) -> bool:
    """Whether a tag stands in an article, in the page's main part, or in a header."""
    element = said.document.element_around(tag.start)
    return element is not None and not STORY_PLACES.isdisjoint(element.place.landmarks)


def dates_near(near: Lines, language: str | None) -> Iterator[datetime | None]:
    """The days that the page shows near its headline, but for those of changes."""
    lines = (line for line in near.lines if YEAR.search(line) and not MODIFIED_LEAD.match(line))
    return (read_written_date(line, language) for line in lines)


def written(said: Said, near: Lines) -> Iterator[str]:
    """The short lines in which a date may stand for people to read, the most telling first."""
    yield from (line for line in near.lines if not MODIFIED_LEAD.match(line))
    shown = dated_blocks(said)
    yield from (found["rest"] for block in shown if (found := PUBLISHED_LINE.search(block.text.lower())))
    yield from (block.text for block in shown if BYLINE_LEAD.match(block.text))
    if not any(MODIFIED_LEAD.match(line) for line in near.lines):  # there the page shows no other date of its own
        yield from islice(
            (block.text for block in shown if block.element.is_named(DATE_CLASS, DATE_LEVELS)), MOST_ELEMENTS
        )


def dated_blocks(said: Said) -> list[Block]:
    """The first short lines of the page in which a year stands, but for those of comments."""
    short = (block for block in said.document.blocks if block.chars <= LINE_MAX_CHARS and YEAR.search(block.text))
    return [block for block in islice(short, MOST_LINES) if not block.element.place.in_comments]


def lines_of_change(said: Said, near: Lines) -> Iterator[str]:
    """The short lines that say when the page was changed."""
    yield from (line for line in near.lines if MODIFIED_LEAD.match(line))
    yield from (found["rest"] for block in dated_blocks(said) if (found := MODIFIED_LINE.search(block.text.lower())))
