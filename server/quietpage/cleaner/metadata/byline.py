"""Who wrote it: names of people, from data, from elements that say they are the author, from a line that says "by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from quietpage.cleaner.metadata.author_elements import MOST_AUTHORS, author_tags, named, together, visible
from quietpage.cleaner.metadata.author_lines import alone, only_one, signed, written
from quietpage.cleaner.metadata.house import House
from quietpage.cleaner.metadata.json_ld import as_list, text_of
from quietpage.cleaner.metadata.names import clean_name, is_full_name, is_login
from quietpage.cleaner.metadata.near_headline import Lines
from quietpage.cleaner.metadata.said import Said
from quietpage.cleaner.words.bylines import BYLINE_LEAD

MAX_BYLINE_CHARS = 200
AUTHOR_METAS = (
    "author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "sailthru.author",
    "citation_author",
)
AUTHOR_META = re.compile(r"(?:^|[.:_-])authors?(?:[._-]?(?:full)?names?)?$")
NAME_CLASSES = frozenset("byline-name author-name authorname".split())
AUTHOR_CLASSES = frozenset("byline author p-author c-byline post-author entry-author article-author".split())
NAMING_CLASS = re.compile(r"author[-_]?name|byline", re.IGNORECASE)
AUTHOR_ADDRESS = re.compile(r"/authors?/|author=")


def find_byline(said: Said, site: str | None, near: Lines) -> str | None:
    """Names, without "By", roles, addresses and dates.

    Where data name a login, a company or an office, the page may name a person. The site's own name is no byline
    unless data say that it is a person's, or the page shows it as one.
    """
    house = House.of(said, site)
    fallback = None
    for texts in stated(said):
        names = names_in(texts, house)
        people = [name for name in names if not house.is_site(name)]
        if people and not is_login(people[0]) and not house.may_be(people[0]):
            return joined(people)
        fallback = fallback or next((name for name in names if name in people or house.is_person(name)), None)
    for texts in shown(said, near):
        names = names_in(texts, house)
        people = [name for name in names if not house.is_site(name)]
        if people and (not fallback or (is_full_name(people[0]) and not house.may_be(people[0]))):
            return joined(people)
        fallback = fallback or next(iter(names), None)
    if fallback and not house.is_site(fallback):
        return fallback
    guesses = (names for texts in guessed(said, near) if (names := names_in(texts, house)))
    return joined(next((names for names in guesses if not fallback or is_full_name(names[0])), [])) or fallback


def names_in(texts: Sequence[str], house: House) -> list[str]:
    """The names that texts hold, each once."""
    return list(dict.fromkeys(name for text in texts if (name := clean_name(house.without(text)))))


def joined(people: Sequence[str]) -> str | None:
    """The names in one line, as many whole ones as go into it."""
    line = people[0] if people else ""
    for name in people[1:MOST_AUTHORS]:
        if len(line) + len(name) + 2 <= MAX_BYLINE_CHARS:
            line += ", " + name
    return line[:MAX_BYLINE_CHARS] or None


def stated(said: Said) -> Iterator[list[str]]:
    """Where data may name the authors, the most reliable place first."""
    yield names_of(said.data.get("author"))
    yield from (said.metas[name] for name in AUTHOR_METAS if name in said.metas)
    yield from (said.metas[name] for name in said.metas if AUTHOR_META.search(name))


def shown(said: Said, near: Lines) -> Iterator[list[str]]:
    """Where the page may show their names; asked one after the other, since most pages need none."""
    tags = author_tags(said)
    yield together(said, [tag for tag in tags if "author" in tag.words("rel")])
    authors = [tag for tag in tags if "author" in tag.words("itemprop")]
    yield [name for tag in authors[:1] for name in named(said, tag)]
    yield together(said, authors)
    yield together(said, [tag for tag in tags if not NAME_CLASSES.isdisjoint(tag.words("class"))])
    yield together(said, [tag for tag in tags if not AUTHOR_CLASSES.isdisjoint(tag.words("class"))])[:1]
    yield written(near)
    yield labelled(said)
    yield only_one(near)


def guessed(said: Said, near: Lines) -> Iterator[list[str]]:
    """Where names stand that nothing but their surroundings speak for."""
    tags = author_tags(said)
    yield alone(said, near)
    yield visible(together(said, [tag for tag in tags if NAMING_CLASS.search(tag.get("class"))])[:1])
    yield visible(together(said, [tag for tag in tags if AUTHOR_ADDRESS.search(tag.get("href"))])[:1])
    yield signed(said)


def labelled(said: Said) -> list[str]:
    """The name on a Twitter card whose label says that it is the author's."""
    pairs = ((said.meta(f"twitter:label{number}"), said.meta(f"twitter:data{number}")) for number in (1, 2))
    return [data for label, data in pairs if data and label and BYLINE_LEAD.match(label + " ")]


def names_of(author: Any) -> list[str]:
    """The names in a JSON-LD author: a name, an object, or a list of either."""
    return [name for name in (text_of(one) for one in as_list(author)[:MOST_AUTHORS]) if name]
