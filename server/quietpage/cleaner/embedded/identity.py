"""By what a page's own article is known among all that its data hold: its title, its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from quietpage.cleaner.words.bylines import SITE_SEPARATORS
from quietpage.cleaner.words.state import ADDRESS_KEYS, TITLE_KEYS

NAME_MAX_CHARS = 400
SLUG_MIN_CHARS = 8
PART_MIN_CHARS = 12  # of a title before its site's or section's name
BESIDE = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Letters and digits alone, lower-case."""
    return BESIDE.sub("", text).casefold()


@lru_cache(maxsize=4096)
def plain_key(key: str) -> str:
    """A key as the word lists have it."""
    return key.replace("_", "").replace("-", "").lower() if len(key) < NAME_MAX_CHARS else ""


@dataclass(frozen=True, slots=True)
class Identity:
    """``titles`` are folded; ``places`` are paths of the page's addresses and their last parts."""

    titles: frozenset[str]
    places: frozenset[str]

    @staticmethod
    def of(titles: Iterable[str | None], addresses: Iterable[str | None]) -> Identity:
        """What a page is known by; None among what it says of itself counts for nothing."""
        paths = [path for address in addresses if address and (path := path_of(address))]
        slugs = [slug for path in paths if len(slug := path.rpartition("/")[2]) >= SLUG_MIN_CHARS and "-" in slug]
        names = [folded(form) for title in titles if title for form in forms_of(title)]
        return Identity(frozenset(filter(None, names)), frozenset(paths + slugs))

    def is_title(self, text: str) -> bool:
        """Whether a text is the page's title."""
        return len(text) < NAME_MAX_CHARS and folded(text) in self.titles

    def is_address(self, text: str) -> bool:
        """Whether a text is the page's address, or the part of it that names the page."""
        return len(text) < NAME_MAX_CHARS and path_of(text) in self.places

    def judges(self, item: dict[str, Any]) -> bool | None:
        """Whether an object is this page's own article; None where it says nothing of that."""
        titles = list(values_of(item, TITLE_KEYS))
        addresses = list(values_of(item, ADDRESS_KEYS))
        if any(map(self.is_title, titles)) or any(map(self.is_address, addresses)):
            return True
        return False if titles and addresses else None


def forms_of(title: str) -> Iterator[str]:
    """A title, and what of it stands before a separator: behind one are names of sections and sites."""
    yield title
    for cut in SITE_SEPARATORS.finditer(title[:NAME_MAX_CHARS]):
        if cut.start() >= PART_MIN_CHARS:
            yield title[: cut.start()]


def values_of(item: dict[str, Any], keys: frozenset[str]) -> Iterator[str]:
    """The strings under some keys of an object, or in the object that stands there."""
    for key, value in item.items():
        if value and isinstance(value, str | dict) and plain_key(key) in keys:
            for text in (value,) if isinstance(value, str) else list(value.values())[:4]:
                if isinstance(text, str) and text:
                    yield text


def path_of(address: str) -> str:
    """The path of an address, without what ends it; "" where it has none."""
    try:
        return urlsplit(address.strip()).path.strip("/").lower()
    except ValueError:
        return ""
