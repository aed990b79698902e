"""Where in an article the words of a search stand: for its snippet, and to tell exact words from other forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from quietpage.library.kept import Fragment
from quietpage.library.query import Term
from quietpage.library.vocabulary import folded

SNIPPET_CHARS = 220
LEAD_CHARS = 60  # before the first match
MOST_PLACES = 400  # matches looked at in one article; more say no more
LETTER = r"[^\W_]"
SPACES = re.compile(r"\s+")


class SameLength(dict[int, int]):
    """A translation that folds each character to one: lower case, without diacritics, so that places stay places."""

    def __missing__(self, code: int) -> int:
        base = folded(chr(code))
        self[code] = ord(base) if len(base) == 1 else code
        return self[code]


FOLDING = SameLength()


@dataclass(frozen=True, slots=True)
class Place:
    """From where to where a term stands in a text, and which."""

    begin: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class Sought:
    """A term as it stands in folded texts. All its forms begin with ``anchor``, which is found quickest."""

    exact: str
    anchor: str
    pattern: re.Pattern[str]
    unspaced: bool

    @classmethod
    def of(cls, term: Term, forms: Mapping[str, Sequence[str]]) -> Self:
        """The same for a term of a search."""
        exact = folded(term.text)
        if term.unspaced:
            return cls(exact, exact, re.compile(re.escape(exact)), True)
        words = re.findall(rf"{LETTER}+", exact) or [exact]
        written = [any_of(forms.get(word, (word,))) for word in words]
        if term.prefix:
            written[-1] = re.escape(words[-1]) + rf"{LETTER}*"
        first = (words[0],) if term.prefix and len(words) == 1 else forms.get(words[0], (words[0],))
        pattern = r"[\W_]{1,4}".join(written) + rf"(?!{LETTER})"
        return cls(exact, common_beginning(first), re.compile(pattern), False)

    def places(self, lower: str, number: int) -> Iterator[Place]:
        """Where it stands in a folded text."""
        at = lower.find(self.anchor)
        for _ in range(MOST_PLACES):
            if at < 0:
                return
            found = self.pattern.match(lower, at) if self.unspaced or not lower[at - 1 : at].isalnum() else None
            if found:
                yield Place(at, found.end(), number)
            at = lower.find(self.anchor, found.end() if found else at + 1)

    def stands_in(self, lower: str) -> bool:
        """Whether it stands in a folded text exactly as it was typed."""
        at = lower.find(self.exact)
        while at >= 0 and not self.unspaced:
            end = at + len(self.exact)
            if not lower[at - 1 : at].isalnum() and not lower[end : end + 1].isalnum():
                return True
            at = lower.find(self.exact, at + 1)
        return at >= 0


class Spotter:
    """Finds the terms of a search in texts. ``forms`` are the words that count as each word of them.

    The ``everyday`` terms stand on every page: they are not pointed out where others are there to be.
    """

    def __init__(
        self, terms: Sequence[Term], forms: Mapping[str, Sequence[str]], everyday: Collection[Term] = ()
    ) -> None:
        sought = [term for term in terms if not term.column]
        self.terms = [Sought.of(term, forms) for term in sought]
        telling = [number for number, term in enumerate(sought) if term not in everyday]
        self.telling = telling or range(len(sought))

    def places(self, text: str) -> list[Place]:
        """Where the terms stand in a text, in order."""
        lower = as_compared(text)
        places = [place for number in self.telling for place in self.terms[number].places(lower, number)]
        return sorted(places, key=lambda place: place.begin)

    def likeness(self, text: str) -> float:
        """How much of a text is as it was typed: the share of exact terms, and of terms exactly behind one another."""
        lower = as_compared(unicodedata.normalize("NFC", text))
        exact = sum(term.stands_in(lower) for term in self.terms)
        if exact < 2:
            return exact / max(1, len(self.terms))
        spaced = lower.replace("\n", " ")
        pairs = sum(f"{first.exact} {second.exact}" in spaced for first, second in pairwise(self.terms))
        return exact / len(self.terms) + pairs / (len(self.terms) - 1)

    def snippet(self, text: str) -> tuple[Fragment, ...]:
        """The passage that holds most of the terms, with them marked; the text's beginning where it holds none."""
        text = unicodedata.normalize("NFC", text)
        places = self.places(text)
        begin, end = passage(text, best_stretch(places))
        fragments = [Fragment("…")] if begin else []
        at = begin
        for place in places:
            if at <= place.begin and place.end <= end:
                fragments += [Fragment(text[at : place.begin]), Fragment(text[place.begin : place.end], match=True)]
                at = place.end
        fragments += [Fragment(text[at:end]), *([Fragment("…")] if end < len(text) else [])]
        return tuple(joined(fragments))


def as_compared(text: str) -> str:
    """A text folded without a place in it changing."""
    return text.lower() if text.isascii() else text.translate(FOLDING)


def common_beginning(words: Sequence[str]) -> str:
    """The letters with which all of these words begin."""
    first, last = min(words), max(words)
    return first[: next((at for at, letter in enumerate(first) if last[at : at + 1] != letter), len(first))]


def any_of(words: Sequence[str]) -> str:
    """Any of these words."""
    return f"(?:{'|'.join(map(re.escape, words))})"


def best_stretch(places: Sequence[Place]) -> int:
    """Where the stretch of text begins in which most different terms stand, then most of them at all."""
    best, begin = (0, 0), 0
    for first, place in enumerate(places):
        inside = [other.term for other in places[first : first + 12] if other.end <= place.begin + SNIPPET_CHARS]
        held = (len(set(inside)), len(inside))
        if held > best:
            best, begin = held, place.begin
    return begin


def passage(text: str, at: int) -> tuple[int, int]:
    """The bounds of a passage around a place, between words where there are spaces."""
    begin = max(0, at - LEAD_CHARS)
    end = min(len(text), begin + SNIPPET_CHARS)
    if begin:
        begin = next((spot + 1 for spot in range(begin, min(begin + 20, at)) if text[spot].isspace()), begin)
    if end < len(text):
        end = next((spot for spot in range(end, max(end - 20, at), -1) if text[spot].isspace()), end)
    return begin, end


def joined(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The same with white space as single spaces, and unmarked neighbours as one."""
    result: list[Fragment] = []
    for fragment in fragments:
        text = SPACES.sub(" ", fragment.text)
        if text and result and not fragment.match and not result[-1].match:
            text = result.pop().text + text
        if text:
            result.append(Fragment(text, fragment.match))
    return result
