"""The blocks of an article, each with a control beside it: where a person says which of them does not belong there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from quietpage.web.verbatim import Verbatim

BLOCKS = frozenset("p li dt dd h1 h2 h3 h4 h5 h6 pre figure tr blockquote".split())
BESIDE = frozenset("p h1 h2 h3 h4 h5 h6 pre".split())  # may hold no control; the others hold theirs
CELL_ENDS = ("</td>", "</th>")
STAMP_CHARS = 10


@dataclass(frozen=True, slots=True)
class Block:
    """An innermost block of an article. ``nth`` counts the blocks of the same text before it."""

    number: int
    tag: str
    text: str
    html: str
    nth: int = 0

    @property
    def stamp(self) -> str:
        """What names a block in a form: its number, and what tells whether it is still the same."""
        return f"{self.number}-{stamp(self.text or self.html)}"


def stamp(text: str) -> str:
    """A short text that stands for a long one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:STAMP_CHARS]


def blocks_of(html: str) -> tuple[Block, ...]:
    """The innermost blocks of sanitized HTML, in order."""
    return read(html).blocks()


def with_controls(html: str, control: Callable[[Block], str]) -> str:
    """Sanitized HTML with a control for each of its innermost blocks beside it."""
    reading = read(html)
    for block, place in zip(reading.blocks(), reading.places, strict=True):
        start, end = reading.out[place.start], reading.out[place.end]
        if block.tag in BESIDE:
            reading.out[place.start] = f'<div class="piece">{start}'
            reading.out[place.end] = f"{end}{control(block)}</div>"
            continue
        reading.out[place.start] = start.replace(f"<{block.tag}", f'<{block.tag} class="piece"', 1)
        cells = (at for at in range(place.end, place.start, -1) if reading.out[at] in CELL_ENDS)
        at = next(cells, place.end) if block.tag == "tr" else place.end
        reading.out[at] = control(block) + reading.out[at]
    return "".join(reading.out)


@dataclass(slots=True)
class _Place:
    """A block that is being read: from where to where it stands among the pieces of HTML."""

    tag: str
    start: int
    end: int = 0
    innermost: bool = True
    texts: list[str] = field(default_factory=list)


def read(html: str) -> _Reading:
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return reading


class _Reading(Verbatim):
    """HTML in pieces, and where its innermost blocks stand among them."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[_Place] = []
        self._open: list[_Place] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            for around in self._open:
                around.innermost = False
            self._open.append(_Place(tag, len(self.out)))
        super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS and self._open and self._open[-1].tag == tag:
            place = self._open.pop()
            place.end = len(self.out)
            if place.innermost and (tag == "figure" or "".join(place.texts).strip()):
                self.places.append(place)
        super().handle_endtag(tag)

    def note(self, text: str) -> None:
        if self._open:
            self._open[-1].texts.append(text)

    def blocks(self) -> tuple[Block, ...]:
        """The innermost blocks, as ``places`` has them."""
        seen: dict[str, int] = {}
        blocks = []
        for number, place in enumerate(self.places):
            text = " ".join("".join(place.texts).split())
            html = "".join(self.out[place.start : place.end + 1])
            blocks.append(Block(number, place.tag, text, html, seen.get(text, 0)))
            seen[text] = seen.get(text, 0) + 1
        return tuple(blocks)
