"""The names and times that stand around the posts of a thread: by class, by microdata, by a profile's address."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quietpage.cleaner.elements import Block
from quietpage.cleaner.metadata.markup import START_TAG, Markup, Tag, resolved, text_of
from quietpage.cleaner.metadata.written_dates import written_date_in
from quietpage.cleaner.words.bylines import BYLINE_LEAD
from quietpage.cleaner.words.clutter import WIDGET_WORD
from quietpage.cleaner.words.dates import DATE_WORD, RELATIVE_TIME
from quietpage.cleaner.words.threads import (
    MEMBER_SINCE,
    NO_NAME_CLASS,
    NO_POSTER,
    POST_AUTHOR_CLASS,
    POST_TIME_CLASS,
    POST_WORD,
    PROFILE_ADDRESS,
)
from quietpage.cleaner.written_tags import TAG

NAME_MAX_CHARS, TIME_MAX_CHARS = 40, 60
HOLDER_MAX_CHARS = 160  # of what holds a name first, and then the author's rank and the like
LINE_MAX_CHARS = 140  # in which a date stands
AROUND = 4  # marks before a line and in it that may be what it says
NO_NAME, IS_TIME, IS_PROFILE, IS_AUTHOR = range(4)
NOTHING = -1
BEARERS = frozenset(
    "a abbr address b cite dd div dl dt em h1 h2 h3 h4 h5 h6 header i li p section small span strong td th time ul "
    "relative-time".split()
)
LETTERS = re.compile(r"[^\W\d_]+")
MACHINE_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+ ?(?:Z|[+-]\d\d:?\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A name or a time that stands in the page, and how surely it is an author's name; 0 is a time.

    ``moment`` is the time as machines write it, where the page says so.
    """

    place: int
    text: str
    strength: int = 0
    moment: str = ""


def marks_in(body: str) -> Iterator[Mark]:
    """The names and times of a page, in page order."""
    markup = Markup(body)
    for found in START_TAG.finditer(body):
        kind = kind_of(found[1], found[2])
        if kind != NO_NAME:
            tag = Tag(found[1], found[2], found.start(), found.end())
            mark = time_mark(tag, markup) if kind == IS_TIME else name_mark(tag, markup, kind - IS_TIME)
            if mark is not None:
                yield mark


def kind_of(name: str, attributes: str) -> int:
    """What a start tag says it holds."""
    if name not in BEARERS or (not attributes and name != "time"):
        return NO_NAME
    tag = Tag(name, attributes, 0, 0)
    called = kind_of_class(tag.get("class"))
    if called == NOTHING:
        return NO_NAME
    if name in ("time", "relative-time"):
        return IS_TIME
    if ' itemprop="' in attributes or ' rel="' in attributes:
        words = [*tag.words("itemprop"), *tag.words("rel")]
        if "author" in words:
            return IS_AUTHOR
        if any(word.startswith("date") for word in words):
            return IS_TIME
    if not called and name == "a" and PROFILE_ADDRESS.search(attributes):
        return IS_PROFILE
    return called


@lru_cache(maxsize=2048)  # the same classes come again and again
def kind_of_class(words: str) -> int:
    """What a class says an element holds; NOTHING where it rather says what it does not."""
    if not words:
        return NO_NAME
    if NO_NAME_CLASS.search(words):
        return NOTHING
    return IS_AUTHOR if POST_AUTHOR_CLASS.search(words) else IS_TIME if POST_TIME_CLASS.search(words) else NO_NAME


def name_mark(tag: Tag, markup: Markup, strength: int) -> Mark | None:
    """The name that an element holds, first of all or behind a "by"; None where it holds something else."""
    inner = markup.inner(tag)
    if not inner or len(text_of(inner)) > HOLDER_MAX_CHARS:
        return None
    for piece in TAG.split(inner):
        text = " ".join(resolved(piece).split())
        lead = BYLINE_LEAD.match(text) if tag.name != "a" else None
        text = text[lead.end() if lead else 0 :].strip(" :,·|•»«–—-")
        if not text or WIDGET_WORD.fullmatch(text) or NO_POSTER.match(text) or POST_WORD.fullmatch(text):
            continue
        return Mark(tag.start, text, strength) if is_name(text) else None
    return None


def is_name(text: str) -> bool:
    """Whether a text may be the name of somebody who posts."""
    return len(text) <= NAME_MAX_CHARS and bool(LETTERS.search(text)) and text[0] != "@" and not written_date_in(text)


def time_mark(tag: Tag, markup: Markup) -> Mark | None:
    """The time that an element shows; None where it shows none, or an author's first visit."""
    text = text_of(markup.inner(tag)).strip(" ,·|•»«–—-")
    if not text or len(text) > TIME_MAX_CHARS or MEMBER_SINCE.search(text):
        return None
    if tag.name != "time" and not (written_date_in(text) or RELATIVE_TIME.search(text)):
        return None
    moment = MACHINE_DATE.fullmatch(tag.get("datetime") or tag.get("title"))
    return Mark(tag.start, text, moment=moment[0] if moment else "")


def said_by_marks(block: Block, marks: Sequence[Mark]) -> bool:
    """Whether a block says who and when, and nothing else. What is said of the element around it counts as well."""
    if block.chars > LINE_MAX_CHARS:
        return False
    first = bisect_left(marks, block.start, key=lambda mark: mark.place)
    rest = block.text
    for mark in marks[max(0, first - AROUND) : first + AROUND]:
        if mark.place >= block.end:
            break
        rest = rest.replace(mark.text, " ")
    if rest == block.text and not written_date_in(rest) and not RELATIVE_TIME.search(rest):
        return False
    return all(DATE_WORD.fullmatch(word) or POST_WORD.fullmatch(word) for word in LETTERS.findall(rest))


def date_in(block: Block) -> Mark | None:
    """The date that a short line states, with the time of day."""
    if block.chars > LINE_MAX_CHARS or MEMBER_SINCE.search(block.text):
        return None
    text = written_date_in(block.text)
    return Mark(block.start, text) if text else None
