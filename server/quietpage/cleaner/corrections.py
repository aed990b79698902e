"""What a person corrects about one page: elements that are content whatever the judge says, others that are not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quietpage.cleaner.elements import Block, Picture
from quietpage.cleaner.written_tags import TAG, VOID

SELECTION = "data-qp-selection"  # the extension's word for: this is what a person selected, and all of the article
KEPT = "data-qp-keep"  # what a kept element, and all in it, is marked with while the page is cleaned
KEPT_MARK = f' {KEPT}="'

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Corrections:
    """CSS selectors for one page. What both select is dropped."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    @classmethod
    def of(cls, keep: Iterable[str], drop: Iterable[str]) -> Corrections:
        """Corrections from any selectors; a single text is one selector."""
        return cls(*((given,) if isinstance(given, str) else tuple(given) for given in (keep, drop)))


def kept_spans(body: str) -> list[Span]:
    """Where the outermost marked elements stand in the body's HTML, as the parser writes it, in page order."""
    if KEPT_MARK not in body:
        return []
    spans: list[Span] = []
    open_elements, begun, depth = 0, 0, -1  # depth of the marked element around, -1 outside of any
    for tag in TAG.finditer(body):
        written = tag[0]
        if written[1] == "/":
            open_elements -= 1
            if open_elements == depth:
                spans.append((begun, tag.end()))
                depth = -1
        elif written[1] not in "!?":
            marked = depth < 0 and KEPT_MARK in written
            if written[1:-1].partition(" ")[0] in VOID:
                spans += [tag.span()] if marked else []
                continue
            if marked:
                begun, depth = tag.start(), open_elements
            open_elements += 1
    return spans


def blocks_within(spans: Sequence[Span], blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the blocks with a piece of their text in one of the spans."""
    if not spans:
        return frozenset()
    return frozenset(at for at, block in enumerate(blocks) if any(within(spans, *piece) for piece in block.spans))


def pictures_outside(spans: Sequence[Span], pictures: Sequence[Picture]) -> Sequence[Picture]:
    """The pictures that stand in none of the spans."""
    return [picture for picture in pictures if not within(spans, picture.start, picture.end)] if spans else pictures


def within(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a place lies in one of the spans, which are in order and do not overlap."""
    at = bisect_left(spans, (start + 1, 0)) - 1
    return at >= 0 and end <= spans[at][1]
