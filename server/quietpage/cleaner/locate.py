"""Find a piece of an article again in the page it came from, and name it by CSS selectors: for this page, for its site.

Nothing of this is done when a page is cleaned. It is asked for when a person corrects an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from quietpage.article import REMOVED_MAX_CHARS, Page
from quietpage.cleaner.document import outline
from quietpage.cleaner.outline import Outline, Part, squeezed
from quietpage.cleaner.pipeline import read, readable

MEDIA = frozenset("img video audio iframe picture object embed canvas".split())
FRAME = frozenset(("html", "head", "body"))
BOXES = frozenset(("aside", "footer", "form", "nav"))  # of which an article has few
ENDS_CHARS, LEAST_CHARS, MOST_LONGER = 30, 80, 1.6  # a text that was changed inside is known by how it begins and ends
MOST_OF_PAGE = 0.2  # of a page's text may a site's rule hold, where it holds more than was pointed at
MOST_AROUND = 3  # times a piece's text: an element that holds more is no box of its own
LEVELS, MOST_CLASSES = 4, 6  # looked at
NAME = re.compile(r"([^/?#]*)/?(?:[?#].*)?$", re.DOTALL)
IDENT = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
VALUE = re.compile(r"[\w .:/-]{1,80}", re.ASCII)
# What tells of one article, of one moment or of one build of the site, and what only says how something looks.
UNSTABLE = re.compile(
    r".*\d.*\d|.*\d{2}|(?:css|sc|jss|emotion|svelte|jsx|styled)-.+|(?:is|has|js|no)-.+|.{1,2}|.{41,}|"
    r"(?:[mp][trblxy]?|text|bg|flex|grid|col|row|font|items|justify|gap|rounded|border|w|h|max|min|sm|md|lg|xl)-.+|"
    r"(?:active|open|closed|hidden|visible|current|selected|first|last|odd|even|loaded|clearfix|flex|grid|block)|"
    r"(?:container|wrapper|row)"
)
BUILT = re.compile(r"(.*[A-Za-z]{3}(?:__|--|_|-))(?=[\w-]*(?:\d|[a-z][A-Z]))[\w-]{5,}", re.ASCII)  # Promo_box__x7Yz1

Simple = tuple[str, str]  # ("id", …), ("class", …), ("prefix", …), ("tag", …), or an attribute's name and value
Compound = tuple[Simple, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """By which selector a piece is found again in its page, and in other pages of the site, if anything says so."""

    here: str
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a block of the article by its text (``Places.block``), else a piece by its HTML."""

    text: str = ""
    nth: int = 0
    picture: bool = False
    html: str = ""


class Places:
    """Where the pieces of an article stand in its captured page."""

    def __init__(self, page: Page) -> None:
        self._outline = outline(read(page))
        self._by_span: dict[tuple[int, int], list[int]] = {}
        self._having: dict[Simple, list[int]] = {}
        for number, part in enumerate(self._outline.parts):
            self._by_span.setdefault(self._outline.spans[number], []).append(number)
            for simple in simples(part, stable=False):
                self._having.setdefault(simple, []).append(number)
        self._after = ends(self._outline.parts)
        self._media = [0, *accumulate(int(part.tag in MEDIA) for part in self._outline.parts)]

    def block(self, text: str, nth: int = 0, *, picture: bool = False) -> Located | None:
        """A block of the article by its text; ``nth`` counts the blocks of the same text before it.

        Of a ``picture`` the text is its caption, which goes with it.
        """
        key = squeezed(text)
        found = self._of_text(key) or self._of_ends(key) if key else []
        if not found:
            return None
        number = found[min(nth, len(found) - 1)]
        if picture:
            number = next((one for one in self._around_alike(number) if self._pictures(one)), number)
        return self._named(number)

    def piece(self, html: str) -> Located | None:
        """What was removed, by its HTML, which may be cut short."""
        piece = outline(readable(html))
        root = next((number for number, part in enumerate(piece.parts) if part.tag not in FRAME), None)
        if root is None:
            return self.block(piece.text)
        if not piece.text:
            found = self._of_sources(piece)
        elif len(html) >= REMOVED_MAX_CHARS:
            found = [one for one in self._beginning(piece.text) if self._outline.chars(one) >= len(piece.text)]
        else:
            found = self._of_text(piece.text) or self._of_ends(piece.text)
        same = [
            one for start in found for one in self._around_alike(start) if alike(self._part(one), piece.parts[root])
        ]
        return self._named(same[0] if same else found[0], widen=not same) if found else None

    # Finding

    def _part(self, number: int) -> Part:
        return self._outline.parts[number]

    def _beginning(self, key: str) -> Iterator[int]:
        """The elements whose text begins so, in page order; elements around come before what they hold."""
        starts = set[int]()
        at = self._outline.text.find(key)
        while at >= 0:
            starts.add(at)
            at = self._outline.text.find(key, at + 1)
        yield from (
            number for number, span in enumerate(self._outline.spans) if span[0] in starts and span[1] > span[0]
        )

    def _of_text(self, key: str) -> list[int]:
        """The innermost element of each place where the text is an element's whole text, in page order."""
        found, at = [], self._outline.text.find(key)
        while at >= 0:
            found += self._by_span.get((at, at + len(key)), [])[-1:]
            at = self._outline.text.find(key, at + 1)
        return found

    def _of_ends(self, key: str) -> list[int]:
        """The innermost element around a text of which only the beginning and the end are sure."""
        text = self._outline.text
        start = text.find(key[:ENDS_CHARS]) if len(key) >= LEAST_CHARS else -1
        last = text.find(key[-ENDS_CHARS:], start) if start >= 0 else -1
        most = MOST_LONGER * len(key)
        if last < 0 or last + ENDS_CHARS - start > most:
            return []
        around = [
            number
            for number, (begin, end) in enumerate(self._outline.spans)
            if begin <= start and end >= last + ENDS_CHARS and end - begin <= most
        ]
        return around[-1:]

    def _of_sources(self, piece: Outline) -> list[int]:
        """The elements that show or lead to what a piece without text does."""
        names = {name for part in piece.parts for name in file_names(part)}
        return [number for number, part in enumerate(self._outline.parts) if names & file_names(part)][:1]

    def _around_alike(self, number: int) -> list[int]:
        """An element and those around it that hold the same text, from the inside out."""
        chain = self._outline.chain(number)
        return [one for one in chain if self._outline.spans[one] == self._outline.spans[number]]

    def _boxes(self, number: int) -> list[int]:
        """The same without those that hold more pictures or players, from the outside in."""
        own = self._pictures(number)
        boxes = [one for one in self._around_alike(number) if self._pictures(one) == own]
        return [one for one in boxes[::-1] if self._part(one).tag not in FRAME]

    def _pictures(self, number: int) -> int:
        return self._media[self._after[number]] - self._media[number]

    # Naming

    def _named(self, number: int, *, widen: bool = True) -> Located | None:
        boxes = self._boxes(number) if widen else [number]
        if not boxes or self._part(number).tag in FRAME:
            return None
        return Located(self._here(boxes[0]), self._on_site(boxes))

    def _here(self, number: int) -> str:
        """A selector of this element alone."""
        steps: list[str] = []
        for one in self._outline.chain(number):
            part = self._part(one)
            for simple in simples(part, stable=False):
                if self._having[simple] == [one] and simple[0] in ("id", "class"):
                    return " > ".join([css((simple,)), *steps])
            steps.insert(0, part.tag if part.tag in FRAME else f"{part.tag}:nth-of-type({part.nth})")
        return " > ".join(steps)

    def _on_site(self, boxes: Sequence[int]) -> str | None:
        """A selector that will find the like of a piece in other pages of the site: the most telling of those that find
        nothing else here, or little else."""
        little = MOST_OF_PAGE * len(self._outline.text)
        second = None
        for box in boxes:
            for written, found in self._candidates(box):
                outermost = [one for one in found if not set(self._outline.chain(one)[1:]) & set(found)]
                if outermost == [box]:
                    return written
                if second is None and sum(self._outline.chars(one) for one in outermost) <= little:
                    second = written
        return second

    def _candidates(self, box: int) -> Iterator[tuple[str, list[int]]]:
        """Selectors of an element that do not say where it stands, with what they find, most telling first."""
        own = list(simples(self._part(box), stable=True))
        for one in own:
            yield css((one,)), self._having.get(one) or self._having_prefix(one)
        plain = [one for one in own if one[0] == "class"][:MOST_CLASSES]
        for pair in combinations(plain, 2):
            yield css(pair), [one for one in self._having[pair[0]] if one in set(self._having[pair[1]])]
        tag = ("tag", self._part(box).tag)
        for around in self._outline.chain(box)[1 : LEVELS + 1]:
            if self._outline.chars(around) > MOST_AROUND * self._outline.chars(box) and tag[1] not in BOXES:
                return
            for above in simples(self._part(around), stable=True):
                inside = set(self._having.get(above) or self._having_prefix(above))
                found = [one for one in self._having[tag] if inside & set(self._outline.chain(one)[1:])]
                yield f"{css((above,))} {css((tag,))}", found

    def _having_prefix(self, simple: Simple) -> list[int]:
        return [
            number
            for number, part in enumerate(self._outline.parts)
            if simple[0] == "prefix" and any(name.startswith(simple[1]) for name in part.classes)
        ]


def locate(page: Page, wanted: Iterable[Wanted]) -> list[Located | None]:
    """Where each of these stands in a page; None for what is not found."""
    places = Places(page)
    return [
        (places.block(one.text, one.nth, picture=one.picture) if one.text else None)
        or (places.piece(one.html) if one.html else None)
        for one in wanted
    ]


def ends(parts: Sequence[Part]) -> list[int]:
    """For each element the number after the last one in it."""
    after = [number + 1 for number in range(len(parts))]
    for number in range(len(parts) - 1, 0, -1):
        if (parent := parts[number].parent) >= 0:
            after[parent] = max(after[parent], after[number])
    return after


def alike(one: Part, other: Part) -> bool:
    """Whether two elements may be the same."""
    return (one.tag, one.id, one.classes) == (other.tag, other.id, other.classes)


def file_names(part: Part) -> set[str]:
    """What an element shows or leads to by itself, by the last names in the addresses: the cleaner makes them whole."""
    addresses = (address for source in part.sources for address in source.split())
    return {name for address in addresses if (name := NAME.search(address)[1])}  # type: ignore[index]


def simples(part: Part, *, stable: bool) -> Iterator[Simple]:
    """What an element can be selected by; only what may be so in other pages too, where that is asked for."""
    if IDENT.fullmatch(part.id) and not (stable and UNSTABLE.fullmatch(part.id)):
        yield "id", part.id
    for name in part.classes:
        if not IDENT.fullmatch(name):
            continue
        if stable and (built := BUILT.fullmatch(name)):
            yield "prefix", built[1]
        elif not (stable and UNSTABLE.fullmatch(name)):
            yield "class", name
    yield from (mark for mark in part.marks if VALUE.fullmatch(mark[1]))
    if not stable or "-" in part.tag:
        yield "tag", part.tag


def css(compound: Compound) -> str:
    """The selector of an element that has all of these."""
    return "".join(map(written, compound))


def written(simple: Simple) -> str:
    kind, value = simple
    plain = {"id": f"#{value}", "class": f".{value}", "tag": value, "prefix": f'[class*="{value}"]'}
    return plain.get(kind, f'[{kind}="{value}"]')
