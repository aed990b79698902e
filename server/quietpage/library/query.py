"""The search language: what a person typed becomes a Query, a small tree. No SQL and no full-text syntax in here.

    words                   all of them           title:word  byline:word     only there
    "a phrase"  begin*      -not  one OR other   one AND other   (parentheses)
    site: tag: #tag lang: is: has: saved: published: words:                   filters.py reads their values

Any text is a valid search: what does not parse is searched as words, and a hint says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quietpage.library.bigrams import UNSPACED
from quietpage.library.filters import EXPECTED, NAMES, Filter, Holds, read_filter

MAX_TERMS = 32  # more add cost, and no meaning that a person meant
MAX_DEPTH = 12  # parentheses within parentheses; deeper ones are passed over
COLUMNS = ("title", "byline")
Column: TypeAlias = Literal["title", "byline"]
QUOTED = r"""["“”„«»][^"“”„«»]*(?:["“”„«»]|$)"""  # the closing quote may be missing
TOKEN = re.compile(
    rf"""(?P<open>\() | (?P<close>\))
    | (?P<minus>(?<![^\s(])-(?=[^\W_]|["“”„«»#(]))
    | (?P<name>(?<![^\s(\-])(?:{"|".join((*COLUMNS, *NAMES))})):(?P<value>{QUOTED}|[^\s()"“”„«»]+)
    | (?<![^\s(\-])\#(?P<tag>[^\W_][\w/-]*)
    | (?P<phrase>{QUOTED})
    | (?P<word>[^\W_]+(?:['’._-][^\W_]+)*)(?P<prefix>\*)?   # with what stands inside it: don't, e-mail, 3.11
    """,
    re.VERBOSE | re.IGNORECASE,
)
QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: a word, a phrase (several words in order), or the beginning of a word.

    ``unspaced`` marks a run of a script without spaces, found by its characters rather than by its words.
    ``column`` is where alone it counts; None: anywhere. ``stands_for`` are the words a beginning stands for, where
    they are known; none: whichever there are.
    """

    text: str
    prefix: bool = False
    unspaced: bool = False
    column: Column | None = None
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be."""

    part: Part


@dataclass(frozen=True, slots=True)
class All:
    """All of these must be."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these must be."""

    parts: tuple[Part, ...]


Part: TypeAlias = Term | Not | All | Any | Filter


CLOSES_NOTHING = "A parenthesis closes nothing; it was passed over."
NOT_CLOSED = "A parenthesis is not closed; it was taken to close at the end."
TOO_MANY_WORDS = "Only the first %(most)s words were searched for."
NO_SUCH_VALUE = "“%(name)s:%(value)s” was searched as words: %(name)s: takes %(expected)s."
HINTS = (CLOSES_NOTHING, NOT_CLOSED, TOO_MANY_WORDS, NO_SUCH_VALUE)


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence about what was not understood. ``text`` names its ``values`` as ``%(name)s``, so that it can be said
    in other languages; ``str`` says it in English."""

    text: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.text % dict(self.values)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed search. ``tree`` is None where there is nothing to search for; ``hints`` say what did not parse."""

    tree: Part | None
    text: str
    hints: tuple[Hint, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """What is to be found, without what must not be."""
        return tuple(dict.fromkeys(wanted(self.tree)))

    @property
    def blank(self) -> bool:
        """Whether the person typed nothing at all (then the library is listed)."""
        return not self.text.strip()


def wanted(part: Part | None) -> Iterator[Term]:
    """The terms of a tree that are not excluded, in their order."""
    if isinstance(part, Term):
        yield part
    elif isinstance(part, All | Any):
        for inner in part.parts:
            yield from wanted(inner)


def changed(part: Part, change: Callable[[Term], Part]) -> Part:
    """The same tree with every term changed."""
    if isinstance(part, Term):
        return change(part)
    if isinstance(part, Not):
        return Not(changed(part.part, change))
    if isinstance(part, All | Any):
        return type(part)(tuple(changed(inner, change) for inner in part.parts))
    return part


def parse(text: str) -> Query:
    """Read a search. Any text is valid; NEAR, ^, SQL and the like have no meaning and are searched as words."""
    return Parser(text).query()


class Parser:
    """Reads one search, token by token, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(TOKEN.finditer(marks_as_letters(text)))
        self.at = 0
        self.terms = 0
        self.hints: dict[Hint, None] = {}

    def query(self) -> Query:
        """The whole search."""
        parts: list[Part] = []
        while self.at < len(self.tokens) and self.terms < MAX_TERMS:
            part = self.either(depth=0)
            if part is not None:
                parts.append(part)
            if self.at < len(self.tokens) and self.tokens[self.at]["close"]:
                self.at += 1  # it closes nothing
                self.hint(CLOSES_NOTHING)
        if self.at < len(self.tokens):
            self.hint(TOO_MANY_WORDS, most=str(MAX_TERMS))
        return Query(joined(All, parts), self.text, tuple(self.hints))

    def hint(self, text: str, **values: str) -> None:
        """Tell the person what was not understood, once."""
        self.hints[Hint(text, tuple(values.items()))] = None

    def either(self, depth: int) -> Part | None:
        """Alternatives between OR, up to the closing parenthesis or the end."""
        choices: list[Part] = []
        part = self.several(depth)
        while part is not None and self.is_operator("OR"):
            choices.append(part)
            self.at += 1
            part = self.several(depth)
        return joined(Any, [*choices, *([part] if part is not None else [])])

    def several(self, depth: int) -> Part | None:
        """Parts that stand side by side: all are wanted."""
        parts: list[Part] = []
        while self.at < len(self.tokens) and self.terms < MAX_TERMS:
            if self.tokens[self.at]["close"] or (parts and self.is_operator("OR")):
                break
            if parts and self.is_operator("AND"):  # says what is so without it
                self.at += 1
            part = self.one(depth)
            if part is not None:
                parts.append(part)
        return joined(All, parts)

    def is_operator(self, word: str) -> bool:
        """Whether the next token is this operator and something follows it; before nothing it is a word."""
        if self.at + 1 >= len(self.tokens) or self.tokens[self.at]["word"] != word:
            return False
        return not self.tokens[self.at + 1]["close"]

    def one(self, depth: int) -> Part | None:
        """One token, with what belongs to it."""
        token = self.tokens[self.at]
        self.at += 1
        if token["minus"]:
            part = self.one(depth) if self.at < len(self.tokens) else None
            return None if part is None else Not(part)
        if token["open"]:
            return self.group(depth + 1)
        if token["name"]:
            return self.named(token["name"].lower(), self.piece(token, "value"))
        if token["tag"]:
            return self.counted(read_filter("tag", self.piece(token, "tag")))
        kind = "word" if token["phrase"] is None else "phrase"
        return self.words(self.piece(token, kind), phrase=kind == "phrase", prefix=bool(token["prefix"]))

    def group(self, depth: int) -> Part | None:
        """What stands in parentheses; where they never close, to the end. Too deep ones count as not there."""
        if depth > MAX_DEPTH:
            return None
        part = self.either(depth)
        if self.at < len(self.tokens) and self.tokens[self.at]["close"]:
            self.at += 1
        elif self.terms < MAX_TERMS:
            self.hint(NOT_CLOSED)
        return part

    def named(self, name: str, value: str) -> Part | None:
        """``name:value``: a term in one column, or a filter; words where the value is none the filter knows."""
        phrase, bare = value[:1] in QUOTES, value.strip(QUOTES)
        if name in COLUMNS:
            column: Column = "title" if name == "title" else "byline"
            return self.words(bare.rstrip("*"), phrase=phrase, prefix=bare.endswith("*"), column=column)
        found = read_filter(name, bare)
        if found is None:
            self.hint(
                NO_SUCH_VALUE,
                name=name,
                value=bare,
                expected=EXPECTED[name],
            )
            parts = [self.words(name, phrase=False), self.words(bare, phrase=True)]
            return joined(All, [part for part in parts if part is not None])
        return self.counted(found)

    def counted(self, part: Filter | None) -> Filter | None:
        """The same filter; it counts as one of the search's words."""
        self.terms += 1
        return part

    def piece(self, token: re.Match[str], group: str) -> str:
        """A part of a token as the person typed it."""
        return self.text[slice(*token.span(group))]

    def words(self, piece: str, *, phrase: bool, prefix: bool = False, column: Column | None = None) -> Part | None:
        """The terms of one piece of text: runs of unspaced script stand apart from the words around them."""
        parts: list[Part] = []
        for run in UNSPACED.findall(piece):
            parts.append(Holds(column, run) if column else Term(run, unspaced=True))
        rest = UNSPACED.sub(" ", piece).strip().strip(QUOTES)
        texts = [text for text in ([rest] if phrase else rest.split()) if any(map(str.isalnum, text))]
        parts += [Term(text, prefix=prefix, column=column) for text in texts]
        self.terms += len(parts)
        return joined(All, parts)


def joined(kind: type[All] | type[Any], parts: list[Part]) -> Part | None:
    """Parts as one: equal ones once, nested ones of the same kind laid flat, a single one as itself."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    unique = tuple(dict.fromkeys(flat))
    if len(unique) < 2:
        return unique[0] if unique else None
    return kind(unique)


def marks_as_letters(text: str) -> str:
    """The same text, as long, with a letter for each combining mark.

    Such a mark belongs to its word (a vowel of Devanagari, an accent written apart); ``re`` counts it as punctuation.
    """
    return "".join("x" if unicodedata.category(character)[0] == "M" else character for character in text)
