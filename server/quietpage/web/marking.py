"""Mark in an article's HTML what was searched for, and name the passage at which the reader opens."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate

from quietpage.library.snippets import Place, Spotter, best_stretch
from quietpage.web.verbatim import Verbatim

PASSAGE = "match"  # the id of the passage's first mark; ids of the article's own all begin with "qp-"
WITHIN_WORDS = frozenset("a abbr b bdi bdo code del dfn em i ins kbd mark q s small span strong sub sup u wbr".split())


@dataclass(frozen=True, slots=True)
class Marked:
    """An article's HTML with what was searched for in ``<mark class="found">``, in so many places."""

    html: str
    places: int


def marked(html: str, spotter: Spotter) -> Marked:
    """Mark the places of a search's terms in sanitized HTML, and name the passage that holds most of them.

    The passage is chosen in the way of a hit's snippet. All but the texts with a place in them is passed on character
    by character. Formulas are left as they are: their elements take no others.
    """
    reading = _Reading()
    reading.feed(html)
    reading.close()
    texts = list(reading.texts.values())
    places = spotter.places("".join(texts))
    stretch = best_stretch(places)
    places = apart(places)
    passage = next((place for place in places if place.end > stretch), None)
    begins = [0, *accumulate(map(len, texts))]
    for (part, text), begin, end in zip(reading.texts.items(), begins, begins[1:], strict=False):
        first = bisect_right(places, begin, key=lambda place: place.end)
        inside = [place for place in places[first : first + len(text)] if place.begin < end]
        if inside and reading.out[part]:
            reading.out[part] = with_marks(text, begin, inside, passage)
    return Marked("".join(reading.out), len(places))


def apart(places: Sequence[Place]) -> list[Place]:
    """Places, in order, without those that begin inside another."""
    kept: list[Place] = []
    for place in places:
        if not kept or place.begin >= kept[-1].end:
            kept.append(place)
    return kept


def with_marks(text: str, begin: int, places: Sequence[Place], passage: Place | None) -> str:
    """A text as HTML with the places in it marked; it begins at ``begin`` of the whole."""
    out: list[str] = []
    at = 0
    for place in places:
        first, last = max(place.begin - begin, 0), min(place.end - begin, len(text))
        name = f' id="{PASSAGE}"' if place is passage and place.begin >= begin else ""
        out += [escape(text[at:first], quote=False), f'<mark class="found"{name}>']
        out += [escape(text[first:last], quote=False), "</mark>"]
        at = last
    return "".join([*out, escape(text[at:], quote=False)])


class _Reading(Verbatim):
    """HTML in pieces. ``texts`` are those of ``out`` that are text, by their place there, and one line break for each
    tag that parts words, whose piece is blank."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[int, str] = {}
        self._formulas = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._formulas += tag == "math"
        super().handle_starttag(tag, attrs)
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self._part(tag)
        self._formulas -= tag == "math" and self._formulas > 0

    def _part(self, tag: str) -> None:
        if tag not in WITHIN_WORDS:
            self.texts[len(self.out)] = "\n"
            self.out.append("")

    def note(self, text: str) -> None:
        if not self._formulas:
            self.texts[len(self.out)] = unicodedata.normalize("NFC", text)
