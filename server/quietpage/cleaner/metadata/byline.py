"""Who wrote it: names of people, from data, from elements that say they are the author, from a line that says "by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from quietpage.cleaner.metadata.json_ld import text_of as said_by
from quietpage.cleaner.metadata.markup import Markup, Tag, text_of
from quietpage.cleaner.metadata.near_headline import Lines, same
from quietpage.cleaner.metadata.said import Said, one_line
from quietpage.cleaner.words import BYLINE_LEAD, BYLINE_LINE, BYLINE_TAIL, DATE_WORD

MAX_BYLINE_CHARS = 120
MAX_NAME_WORDS = 12
MOST_AUTHORS = 4  # of one byline
MAX_VISIBLE_WORDS = 6  # of a name that only an element's class speaks for
HANDLE = re.compile(r"@\w+")
NAME_ENDS = re.compile(r"\s+[|•·⋅»–—]\s+|\s{2,}|,?\s+(?:on|am|le|el)\s+\d|\s+\d{1,2}[./ ]|\b\d{4}\b|https?:")
AUTHOR_METAS = ("author", "parsely-author", "dc.creator", "byl", "sailthru.author", "article:author_name")
NAME_CLASSES = frozenset("byline-name author-name authorname".split())
AUTHOR_CLASSES = frozenset("byline author p-author c-byline post-author entry-author article-author".split())
NAMING_CLASS = re.compile(r"author[-_]?name|byline", re.IGNORECASE)
AUTHOR_ADDRESS = re.compile(r"/authors?/|author=")
BESIDE = re.compile(r"(?:</?(?:a|span|b|i|em|strong|li|img)\b[^>]*>|[\s,;&·|/]|and|und|et|y|e)*")  # between authors


def find_byline(said: Said, site: str | None, near: Lines) -> str | None:
    """Names, without "By", roles, addresses, dates and, where anybody else is named, the site's own name."""
    by_site = None
    for names in sources(said, near):
        cleaned = list(dict.fromkeys(name for text in names if (name := clean_name(text))))
        people = [name for name in cleaned if not same(name, site or "")]
        if people:
            return ", ".join(people)[:MAX_BYLINE_CHARS]
        by_site = by_site or next(iter(cleaned), None)
    return by_site if by_site and is_person(said, by_site) else None


def sources(said: Said, near: Lines) -> Iterator[list[str]]:
    """Where names may stand, the most reliable place first; asked one after the other, since most pages need one."""
    yield people(said.data.get("author"))
    yield [said.metas[name][0] for name in AUTHOR_METAS if name in said.metas]
    yield said.metas.get("article:author", [])[:1]
    tags = author_tags(said)
    yield together(said, [tag for tag in tags if "author" in tag.words("rel")])
    authors = [tag for tag in tags if "author" in tag.words("itemprop")]
    yield [name for tag in authors[:1] for name in named(said, tag)]
    yield together(said, authors)
    yield together(said, [tag for tag in tags if not NAME_CLASSES.isdisjoint(tag.words("class"))])
    yield together(said, [tag for tag in tags if not AUTHOR_CLASSES.isdisjoint(tag.words("class"))])[:1]
    yield [found["names"] for line in near.lines if (found := BYLINE_LINE.fullmatch(line))][:1]
    yield labelled(said)
    yield visible(together(said, [tag for tag in tags if NAMING_CLASS.search(tag.get("class"))])[:1])
    yield visible(together(said, [tag for tag in tags if AUTHOR_ADDRESS.search(tag.get("href"))])[:1])


def author_tags(said: Said) -> list[Tag]:
    """The tags that speak of an author or a byline, in page order; none that stands among comments."""
    tags = [tag for word in ("uthor", "yline") for tag in said.body.tags_with(word)]
    unique = sorted({tag.start: tag for tag in tags}.items())
    return [tag for start, tag in unique if not among_comments(said, start)]


def among_comments(said: Said, place: int) -> bool:
    """Whether a place in the page lies among its comments."""
    element = said.document.element_around(place)
    return element is not None and element.in_comments


def together(said: Said, tags: Sequence[Tag]) -> list[str]:
    """The texts of the first of some elements and of those right beside it.

    What stands elsewhere in the page belongs to another post or story.
    """
    texts: list[str] = []
    end = None
    for tag in tags:
        inner = said.body.inner(tag)
        if len(texts) == MOST_AUTHORS or (end is not None and not BESIDE.fullmatch(said.body.html, end, tag.start)):
            break
        if text := text_of(inner):
            texts.append(text)
            end = tag.end + len(inner) + len(f"</{tag.name}>")
    return texts


def named(said: Said, tag: Tag) -> list[str]:
    """The names that an author's microdata state."""
    inner = Markup(said.body.inner(tag))
    names = (one.get("content") or inner.text(one) for one in inner.tags_with('itemprop="name"'))
    return [name for name in names if name][:MOST_AUTHORS]


def labelled(said: Said) -> list[str]:
    """The name on a Twitter card whose label says that it is the author's."""
    pairs = ((said.meta(f"twitter:label{number}"), said.meta(f"twitter:data{number}")) for number in (1, 2))
    return [data for label, data in pairs if data and label and BYLINE_LEAD.match(label + " ")]


def visible(texts: list[str]) -> list[str]:
    """Those short enough to be a name and little else."""
    return [text for text in texts if len(text.split()) <= MAX_VISIBLE_WORDS]


def people(author: Any) -> list[str]:
    """The names in a JSON-LD author: a name, an object, or a list of either."""
    authors = author if isinstance(author, list) else [author]
    return [name for name in (said_by(one) for one in authors[:8]) if name]


def is_person(said: Said, name: str) -> bool:
    """Whether a name that is the site's too, as on a blog under its writer's name, is said to be a person's."""
    author = said.data.get("author")
    for one in author if isinstance(author, list) else [author]:
        if isinstance(one, dict) and "Person" in str(one.get("@type")) and same(said_by(one) or "", name):
            return 2 <= len(name.split()) <= 4
    return False


def clean_name(name: str) -> str | None:
    """A name as people say it; None for an address, a handle, a placeholder, or a whole sentence."""
    text = one_line(name) or ""
    text = BYLINE_LEAD.sub("", text, count=1) if BYLINE_LEAD.match(text) else text
    text = BYLINE_TAIL.sub("", NAME_ENDS.split(text)[0])
    text = text.strip(" \t,;:|-–—•·/»")
    wrong = not text or "://" in text or HANDLE.fullmatch(text) or "@" in text or len(text) > MAX_BYLINE_CHARS
    if wrong or len(text.split()) > MAX_NAME_WORDS or text.lower() in {"admin", "author"}:
        return None
    if re.fullmatch(r"\w+(?:\.\w+){2,}", text):
        return None  # the name of a field that was never filled
    if all(DATE_WORD.fullmatch(word) for word in re.findall(r"\w+", text)):
        return None
    return text
