"""Facets as links: each adds its filter to the search that is shown, or takes it away again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quietpage.library.facets import Facets, Value
from quietpage.library.filters import STATES
from quietpage.web.language import gettext, later

QUOTED = re.compile(r"""\S*?["“”„«»][^"“”„«»]*["“”„«»]?|\S+""")
PLAIN = re.compile(r"[\w.:/-]+")
STATE_NAMES = {
    "unread": later("Unread"),
    "reading": later("Reading"),
    "read": later("Read"),
    "archived": later("Archived"),
    "favorite": later("Favorites"),
}
LANGUAGES = {
    "ar": "العربية", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English",
    "es": "Español", "fa": "فارسی", "fi": "Suomi", "fr": "Français", "he": "עברית", "hi": "हिन्दी",
    "hu": "Magyar", "id": "Bahasa Indonesia", "it": "Italiano", "ja": "日本語", "ko": "한국어", "nb": "Norsk",
    "nl": "Nederlands", "no": "Norsk", "pl": "Polski", "pt": "Português", "ro": "Română", "ru": "Русский",
    "sv": "Svenska", "th": "ไทย", "tr": "Türkçe", "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to narrow down by: what it is called, how many articles have it, and the search it leads to.

    ``language`` is that of the label, where it is not English.
    """

    label: str
    articles: int
    query: str
    chosen: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one facet."""

    title: str
    choices: tuple[Choice, ...]


def groups(query: str, facets: Facets) -> tuple[Group, ...]:
    """The facets of a search as groups of choices; those with nothing to choose are left out."""
    states = sorted(facets.state, key=lambda one: STATES.index(one.value) if one.value in STATES else 9)
    every = (
        Group(gettext("State"), tuple(choices(query, "is", states)) + tuple(choices(query, "is", facets.favorite))),
        Group(gettext("Tags"), tuple(choices(query, "tag", facets.tag))),
        Group(gettext("Sites"), tuple(choices(query, "site", facets.site))),
        Group(gettext("Languages"), tuple(choices(query, "lang", facets.language))),
        Group(gettext("Saved in"), tuple(choices(query, "saved", facets.year))),
    )
    return tuple(group for group in every if group.choices)


def choices(query: str, name: str, values: Iterable[Value]) -> Iterable[Choice]:
    """The values of one facet as choices."""
    for one in values:
        language = one.value if name == "lang" and one.value in LANGUAGES else ""
        narrowed, chosen = toggled(query, name, one.value)
        yield Choice(label_of(name, one.value), one.articles, narrowed, chosen, language)


def label_of(name: str, value: str) -> str:
    """What a value of a facet is called."""
    if name == "is":
        return gettext(STATE_NAMES.get(value, value))
    return LANGUAGES.get(value, value) if name == "lang" else value


def toggled(query: str, name: str, value: str) -> tuple[str, bool]:
    """A search with a filter added, or without it where it had it; and whether it had it.

    An article has one state, language and year: another filter of these gives way.
    """
    token = written(name, value)
    parts = QUOTED.findall(query)
    same = [part for part in parts if part.casefold() == token.casefold() or is_hashtag(part, name, value)]
    if same:
        return " ".join(part for part in parts if part not in same), True
    kept = [part for part in parts if not gives_way(part, name, value)]
    if "OR" in kept:
        kept = [f"({' '.join(kept)})"]
    return " ".join([*kept, token]), False


def written(name: str, value: str) -> str:
    """A filter as it is typed."""
    return f"{name}:{value}" if PLAIN.fullmatch(value) else f'{name}:"{value}"'


def is_hashtag(part: str, name: str, value: str) -> bool:
    """Whether a part of a search is the short spelling of this tag."""
    return name == "tag" and part.casefold() == f"#{value}".casefold()


def gives_way(part: str, name: str, value: str) -> bool:
    """Whether a filter in a search cannot be true together with this one."""
    other, _, says = part.casefold().partition(":")
    if name == "is":
        return other == "is" and value in STATES and says in STATES
    return name in ("lang", "saved") and other == name
