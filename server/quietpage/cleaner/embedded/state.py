"""Read the state of a web application, as JSON: its texts in groups of the same kind, each with whose they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quietpage.cleaner.embedded.identity import Identity, plain_key
from quietpage.cleaner.words.state import HEADING_KIND, KIND_KEYS

MAX_CHARS = 10_000_000  # of all JSON that is read of a page
INNER_MIN_CHARS = 100  # a shorter string is not looked into for JSON
REPEATED_MIN_CHARS = 40  # what is said again is said by a copy; shorter texts may be two people's
MOST_VALUES = 100_000  # objects and lists that are looked at: a second's work
MOST_PIECES = 5000  # more strings of the same kind are a table, no text
MOST_NESTED = 3  # JSON in a string in JSON …
LIKE_AN_INDEX = re.compile(r"[\d:]")  # keys of one object that differ from each other as indices do
LEVEL = re.compile(r"h?([1-6])$", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Run:
    """A list that holds others: the paragraphs of a text, the words of a paragraph."""

    parent: Run | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One string. ``run`` is the innermost list around it, ``item`` what of the outermost list holds it (or None).

    ``heading`` is the level of the heading it stands in, 0 where it is none.
    """

    text: str
    run: Run | None
    item: Any
    number: int  # of the item
    heading: int


@dataclass(slots=True)
class Group:
    """Strings under the same key in objects of the same place. ``owned`` says whether they are this page's own."""

    key: str
    owned: bool
    pieces: list[Piece] = field(default_factory=list)
    chars: int = 0
    known: set[str] = field(default_factory=set)


class Standing(NamedTuple):
    """Where a value stands. ``owner`` is None in what is another's; ``path`` ends at the owner's first list.

    A tuple, since a copy of it is made for each value, and there may be a million.
    """

    owner: int | None
    owned: bool = False
    path: int = 0
    run: Run | None = None
    item: Any = None
    number: int = 0
    heading: int = 0
    nested: int = 0


class State:
    """Groups of strings, gathered from one JSON value after another, without recursion."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.groups: dict[tuple[int, int, str], Group] = {}
        self.paths: dict[tuple[int, str], int] = {}
        self.owners = 0
        self.left = MOST_VALUES

    def read(self, data: Any) -> None:
        """Take in a value and all that it holds, in its order."""
        self.owners += 1
        waiting: list[tuple[str, Any, Standing]] = [("", data, Standing(self.owners))]
        while waiting and self.left > 0:
            key, value, standing = waiting.pop()
            self.left -= not isinstance(value, str)
            if isinstance(value, str):
                inner = parsed(value) if standing.nested < MOST_NESTED and looks_like_json(value) else None
                if inner is not None:
                    waiting.append((key, inner, standing._replace(nested=standing.nested + 1)))
                else:
                    self.add(key, value, standing)
            elif isinstance(value, dict):
                waiting += reversed(list(self.members(value, standing)))
            elif isinstance(value, list):
                waiting += reversed(list(self.items(key, value, standing)))

    def add(self, key: str, text: str, standing: Standing) -> None:
        """Put a string to those like it."""
        if standing.owner is None:
            return
        place = (standing.owner, standing.path, key)
        group = self.groups.get(place)
        if group is None:
            group = self.groups[place] = Group(plain_key(key), standing.owned)
        if text in group.known or len(group.pieces) > MOST_PIECES:
            return
        if len(text) >= REPEATED_MIN_CHARS:
            group.known.add(text)
        group.chars += len(text)
        group.pieces.append(Piece(text, standing.run, standing.item, standing.number, standing.heading))

    def members(self, item: dict[str, Any], around: Standing) -> Iterable[tuple[str, Any, Standing]]:
        """An object's values, each with where it stands."""
        inside = self.entered(item, around)
        run: Run | None = None
        for number, (key, value) in enumerate(item.items()):
            if not isinstance(value, dict | list):
                if isinstance(value, str) and value:
                    yield key, value, inside
            elif LIKE_AN_INDEX.search(key) is not None:
                run = run or Run(inside.run)
                yield "", value, self.listed(inside, "*", run, value, number)
            else:
                yield key, value, self.stepped(inside, key)

    def items(self, key: str, values: list[Any], around: Standing) -> Iterable[tuple[str, Any, Standing]]:
        """A list's values; strings are named by the list."""
        run = Run(around.run)
        for number, value in enumerate(values):
            if value and isinstance(value, str | dict | list):
                yield key, value, self.listed(around, "[]", run, value, number)

    def entered(self, item: dict[str, Any], around: Standing) -> Standing:
        """Where the values of an object stand: it may be this page's own, or another's."""
        verdict = self.identity.judges(item)
        if verdict is None or (verdict and around.owned):
            return around if around.heading else around._replace(heading=heading_level(item))
        self.owners += 1
        return Standing(self.owners if verdict else None, verdict, nested=around.nested)

    def stepped(self, around: Standing, key: str) -> Standing:
        """One key further; below a list it makes no difference."""
        if around.item is not None or around.owner is None:
            return around
        return around._replace(path=self.path(around, key))

    def listed(self, around: Standing, key: str, run: Run, value: Any, number: int) -> Standing:
        """One item of a list."""
        if around.item is not None or around.owner is None:
            return around._replace(run=run)
        return around._replace(path=self.path(around, key), run=run, item=value, number=number)

    def path(self, around: Standing, key: str) -> int:
        """The number of a path that goes one key on."""
        return self.paths.setdefault((around.path, key), len(self.paths) + 1)


def heading_level(item: dict[str, Any]) -> int:
    """The level of a heading, as an object says it is one; 0 where it is none."""
    for key, value in item.items():
        if isinstance(value, str) and plain_key(key) in KIND_KEYS and HEADING_KIND.match(value.lower()[:40]):
            found = LEVEL.match(value)
            level = item.get("level") or (item["attrs"].get("level") if isinstance(item.get("attrs"), dict) else None)
            return int(found[1]) if found else int(level) if isinstance(level, int) and 1 <= level <= 6 else 2
    return 0


def looks_like_json(text: str) -> bool:
    """Whether a string may be a JSON object or list, and a long one."""
    return len(text) >= INNER_MIN_CHARS and text[0] in "{[" and text.rstrip()[-1:] in ("}", "]")


def parsed(text: str) -> Any:
    """A text's JSON; None where it is none, or nested too deep."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
