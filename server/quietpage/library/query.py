"""The search language: what a person typed becomes a Query. No SQL and no full-text syntax in here."""

from __future__ import annotations

import re
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
    terms = [term for found in TERM.finditer(text) for term in terms_of(found)]
    unique = tuple(dict.fromkeys(terms))
    return Query(unique[:MAX_TERMS], text)


def terms_of(found: re.Match[str]) -> list[Term]:
    """The terms of one piece: runs of unspaced script stand apart from the words around them."""
    piece = found["phrase"] if found["phrase"] is not None else found["word"]
    runs = [Term(run, unspaced=True) for run in UNSPACED.findall(piece)]
    rest = UNSPACED.sub(" ", piece).strip()
    if not re.search(r"[^\W_]", rest):
        return runs
    words = [rest] if found["phrase"] is not None else rest.split()
    return [*runs, *(Term(word, prefix=bool(found["prefix"])) for word in words)]
