"""The search language: what a person typed becomes a Query. No SQL and no full-text syntax in here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from quietpage.library.bigrams import UNSPACED

MAX_TERMS = 32  # more add cost, and no meaning that a person meant
TERM = re.compile(
    r"""["“”„«»](?P<phrase>[^"“”„«»]*)(?:["“”„«»]|$)   # a quoted phrase; the closing quote may be missing
    | (?P<word>[^\W_]+(?:['’._-][^\W_]+)*)              # a word, with what stands inside it: don't, e-mail, 3.11
      (?P<prefix>\*)?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: a word, a phrase (several words in order), or the beginning of a word.

    ``unspaced`` marks a run of a script without spaces, found by its characters rather than by its words.
    """

    text: str
    prefix: bool = False
    unspaced: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed search: its terms, all of which are wanted. No terms: nothing to search for."""

    terms: tuple[Term, ...]
    text: str

    @property
    def blank(self) -> bool:
        """Whether the person typed nothing at all (then the library is listed)."""
        return not self.text.strip()


def parse(text: str) -> Query:
    """Read a search. Any text is valid: quotes make phrases, a star after a word a prefix, the rest are words.

    Operators of other search languages (AND, NEAR, ^, :, SQL) have no meaning here and are searched as words.
    """
    terms = [term for found in TERM.finditer(marks_as_letters(text)) for term in terms_of(found, text)]
    unique = tuple(dict.fromkeys(terms))
    return Query(unique[:MAX_TERMS], text)


def marks_as_letters(text: str) -> str:
    """The same text, as long, with a letter for each combining mark.

    Such a mark belongs to its word (a vowel of Devanagari, an accent written apart); ``re`` counts it as punctuation.
    """
    return "".join("x" if unicodedata.category(character)[0] == "M" else character for character in text)


def terms_of(found: re.Match[str], text: str) -> list[Term]:
    """The terms of one piece of ``text``: runs of unspaced script stand apart from the words around them."""
    piece = text[slice(*found.span("word" if found["phrase"] is None else "phrase"))]
    runs = [Term(run, unspaced=True) for run in UNSPACED.findall(piece)]
    rest = UNSPACED.sub(" ", piece).strip()
    words = [rest] if found["phrase"] is not None else rest.split()
    terms = [*runs, *(Term(word, prefix=bool(found["prefix"])) for word in words)]
    return [term for term in terms if any(character.isalnum() for character in term.text)]
