"""An article's HTML with its highlights in ``<mark class="highlight">``, across elements, blocks, code and formulas."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from quietpage.library.highlight_rows import Highlight
from quietpage.library.passages import Passages, Stretch, letters, read
from quietpage.web.language import gettext, later

COLOR_NAMES = {"yellow": later("Yellow"), "green": later("Green"), "blue": later("Blue"), "pink": later("Pink")}
NOTE_SHOWN_CHARS = 120  # of a note, where one points at its highlight


def highlighted(html: str, highlights: Sequence[Highlight]) -> str:
    """Mark the passages of highlights in sanitized HTML; those that are no longer found are passed over.

    A passage is marked in each text it goes through; its first mark has its id, and where passages overlap the marks
    stand in one another, the last made innermost. A formula is marked as a whole. All else is passed on as it is.
    """
    found = sorted((one for one in highlights if one.found), key=lambda one: one.id)
    if not found:
        return html
    passages = read(html)
    out, at, named = list[str](), 0, set[int]()
    for stretch, covering in sorted(covered(passages, found).items(), key=lambda pair: pair[0].begin):
        out += [html[at : stretch.begin], *pieces(passages, stretch, covering, named)]
        at = stretch.end
    return "".join([*out, html[at:]])


def covered(passages: Passages, highlights: Sequence[Highlight]) -> Mapping[Stretch, list[Highlight]]:
    """The stretches that highlights go through, each with those."""
    ends = [stretch.last for stretch in passages.stretches]
    found: dict[Stretch, list[Highlight]] = defaultdict(list)
    for one in highlights:
        begins, last = one.passage.begins, one.passage.ends
        for stretch in passages.stretches[bisect_left(ends, begins) :]:
            if stretch.first >= last:
                break
            if begins < (stretch.first if stretch.blank else stretch.last):
                found[stretch].append(one)
    return found


@dataclass(frozen=True, slots=True)
class Cover:
    """From where to where in what a stretch says a highlight goes."""

    begin: int
    end: int
    highlight: Highlight


def pieces(passages: Passages, stretch: Stretch, covering: Sequence[Highlight], named: set[int]) -> list[str]:
    """A stretch as HTML with its highlights marked; ``named`` are those that have their id already."""
    if stretch.formula:
        return [marked(passages.html[stretch.begin : stretch.end], covering, named)]
    said = passages.said(stretch)
    covers = [cover(said, stretch, one) for one in covering]
    bounds = sorted({0, len(said), *(place for one in covers for place in (one.begin, one.end))})
    out = []
    for begin, end in pairwise(bounds):
        here = [one.highlight for one in covers if one.begin <= begin and end <= one.end]
        out.append(marked(escape(said[begin:end], quote=False), here, named))
    return out


def cover(said: str, stretch: Stretch, one: Highlight) -> Cover:
    """Where in a stretch a highlight begins and ends; one that goes on beyond it covers its white space too."""
    places = letters(said)
    begins, ends = one.passage.begins - stretch.first, one.passage.ends - stretch.first
    begin = 0 if begins < 0 else places[begins]
    return Cover(begin, len(said) if ends > len(places) else places[ends - 1] + 1, one)


def marked(html: str, highlights: Sequence[Highlight], named: set[int]) -> str:
    """HTML in the marks of highlights, the last innermost."""
    opening = "".join(mark(one, named) for one in highlights)
    return f"{opening}{html}{'</mark>' * len(highlights)}"


def mark(one: Highlight, named: set[int]) -> str:
    """The tag that opens a highlight's mark."""
    name = "" if one.id in named else f' id="highlight-{one.id}"'
    named.add(one.id)
    title = escape(title_of(one))
    return f'<mark class="highlight" data-color="{one.color}" data-highlight="{one.id}" title="{title}"{name}>'


def title_of(one: Highlight) -> str:
    """What a highlight is called where one points at it: its color, and how its note begins."""
    note = " ".join(one.note.split())
    if len(note) > NOTE_SHOWN_CHARS:
        note = note[: NOTE_SHOWN_CHARS - 1] + "…"
    return f"{gettext(COLOR_NAMES[one.color])}: {note}" if note else gettext(COLOR_NAMES[one.color])
