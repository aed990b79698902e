"""Who wrote it: names of people, from data, from elements that say they are the author, from a line that says "by"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quietpage.cleaner.metadata.json_ld import text_of
from quietpage.cleaner.metadata.near_headline import lines_near_headline, same
from quietpage.cleaner.metadata.said import Said, one_line
from quietpage.cleaner.words import BYLINE_LEAD, BYLINE_LINE, BYLINE_TAIL, DATE_WORD

MAX_BYLINE_CHARS = 120
MAX_NAME_WORDS = 12
MOST_AUTHORS = 4  # of one byline
MAX_VISIBLE_WORDS = 6  # of a name that only an element's class speaks for
HANDLE = re.compile(r"@\w+")
NAME_ENDS = re.compile(r"\s+[|•·⋅»–—]\s+|\s{2,}|,?\s+(?:on|am|le|el)\s+\d|\s+\d{1,2}[./ ]|\b\d{4}\b|https?:")
AUTHOR_METAS = ("author", "parsely-author", "dc.creator", "byl", "sailthru.author", "article:author_name")
AUTHOR_ELEMENTS = ".byline, .author, .p-author, .c-byline, .post-author, .entry-author, .article-author"
AUTHOR_ADDRESSES = 'a[href*="/author/"], a[href*="/authors/"], a[href*="author="]'
AUTHOR_CLASSES = '[class*="author-name" i], [class*="authorname" i], [class*="author_name" i], [class*="byline" i]'


def find_byline(said: Said, site: str | None, title: str) -> str | None:
    """Names, without "By", roles, addresses, dates and, where anybody else is named, the site's own name."""
    by_site = None
    for names in sources(said, title):
        cleaned = list(dict.fromkeys(name for text in names if (name := clean_name(text))))
        people = [name for name in cleaned if not same(name, site or "")]
        if people:
            return ", ".join(people)[:MAX_BYLINE_CHARS]
        by_site = by_site or next(iter(cleaned), None)
    return by_site if by_site and is_person(said, by_site) else None


def sources(said: Said, title: str) -> Iterator[list[str]]:
    """Where names may stand, the most reliable place first; asked one after the other, since most pages need one."""
    document = said.document
    yield people(said.data.get("author"))
    yield [said.metas[name] for name in AUTHOR_METAS if name in said.metas]
    yield [said.metas["article:author"]] if "article:author" in said.metas else []
    yield document.texts_together('[rel~="author"]', MOST_AUTHORS)
    yield document.texts_together('[itemprop~="author"] [itemprop="name"]', MOST_AUTHORS)
    yield document.texts_together('[itemprop~="author"]', MOST_AUTHORS)
    yield document.texts_together(".byline-name, .author-name, .authorname", MOST_AUTHORS)
    yield document.texts_together(AUTHOR_ELEMENTS, 1)
    lines = lines_near_headline(document, title)
    yield [found["names"] for line in lines if (found := BYLINE_LINE.fullmatch(line))][:1]
    yield labelled(said)
    yield visible(document.texts_together(AUTHOR_CLASSES, 1))
    yield visible(document.texts_together(AUTHOR_ADDRESSES, 1))


def labelled(said: Said) -> list[str]:
    """The name on a Twitter card whose label says that it is the author's."""
    pairs = ((said.metas.get(f"twitter:label{number}"), said.metas.get(f"twitter:data{number}")) for number in (1, 2))
    return [data for label, data in pairs if data and label and BYLINE_LEAD.match(label + " ")]


def visible(texts: list[str]) -> list[str]:
    """Those short enough to be a name and little else."""
    return [text for text in texts if len(text.split()) <= MAX_VISIBLE_WORDS]


def people(author: Any) -> list[str]:
    """The names in a JSON-LD author: a name, an object, or a list of either."""
    authors = author if isinstance(author, list) else [author]
    return [name for name in (text_of(one) for one in authors[:8]) if name]


def is_person(said: Said, name: str) -> bool:
    """Whether a name that is the site's too, as on a blog under its writer's name, is said to be a person's."""
    author = said.data.get("author")
    for one in author if isinstance(author, list) else [author]:
        if isinstance(one, dict) and "Person" in str(one.get("@type")) and same(text_of(one) or "", name):
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
