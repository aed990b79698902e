"""Who wrote each post of a thread, and when: a line before its text, from the marks around it; so in live pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from operator import attrgetter

from quietpage.cleaner.document import Document
from quietpage.cleaner.elements import Block, Element, held_by
from quietpage.cleaner.post_marks import Mark, date_in, said_by_marks

HOLD_NO_LINE = frozenset("p h1 h2 h3 h4 h5 h6 pre blockquote ul ol dl figure".split())
LEAST_ALIKE = 2  # posts that name their authors below: one alone may be anything


@dataclass(frozen=True, slots=True)
class Heads:
    """The lines to put before posts, by their place in the body, and the blocks that said the same."""

    lines: dict[int, str]
    replaced: frozenset[int]


NO_HEADS = Heads({}, frozenset())


@dataclass(frozen=True, slots=True)
class Spoken:
    """A post's first block; the names around, the likeliest first; between which places its marks stand.

    ``around`` is the largest element that holds no other chosen text, where there is one.
    """

    post: Element
    block: Block
    names: Sequence[Mark]
    begin: int
    end: int
    below: bool = False  # whether they stand below the text
    around: Element | None = None


place_of, start_of = attrgetter("place"), attrgetter("start")

Event = Mark | Block | Element  # of a post, in page order: a name, a chosen block, a post inside


def heads_of_posts(document: Document, chosen: frozenset[int], marks: Sequence[Mark]) -> Heads:
    """Who wrote each post of a thread and when, as a line before its first chosen block; ``marks`` are all of the page.

    A name belongs to the text of the smallest element that holds both. Where the names stand before the texts in it,
    each is for the text that follows; else, as below answers, for the text before.
    """
    if not marks:
        return NO_HEADS
    said, texts, marks = apart(document, chosen, marks)
    times = [mark for mark in marks if not mark.strength]
    found = list(spoken(document, texts, [mark for mark in marks if mark.strength]))
    if sum(one.below for one in found) < LEAST_ALIKE:
        found = [one for one in found if not one.below]
    lines: dict[int, str] = {}
    kept = chosen.difference(said)
    for one in found:
        time = time_of(one, times) or date_of(document, one, kept)
        lines.setdefault(place_before(one), line_of(one.names[0], time))
    return Heads(lines, said_within(document, said, found))


def heads_of_entries(document: Document, chosen: frozenset[int], marks: Sequence[Mark]) -> Heads:
    """When each entry of a live page was written, as a line before it, in the same way."""
    if not marks:
        return NO_HEADS
    said, texts, marks = apart(document, chosen, marks)
    times = [mark for mark in marks if not mark.strength]
    found = [one for one in spoken(document, texts, times) if not one.below and one.around is not None]
    if len(found) < LEAST_ALIKE:
        return NO_HEADS
    lines = {place_before(one): line_of(None, one.names[0]) for one in found}
    return Heads(lines, said_within(document, said, found))


def apart(
    document: Document, chosen: frozenset[int], marks: Sequence[Mark]
) -> tuple[list[int], list[Block], list[Mark]]:
    """The chosen blocks that say nothing but who and when, the texts, and the marks that stand in no text."""
    said = sorted(at for at in chosen if said_by_marks(document.blocks[at], marks))
    texts = [document.blocks[at] for at in sorted(chosen.difference(said))]
    return said, texts, outside(marks, texts)


def spoken(document: Document, texts: Sequence[Block], names: Sequence[Mark]) -> Iterator[Spoken]:
    """The posts whose names are known."""
    held = held_by(document.elements, ((block.element, 1) for block in texts), 0)  # how many texts each element holds
    for post, events in posts(document, texts, held, names):
        alone = not any(isinstance(event, Element) for event in events)
        around = largest_of_same_texts(post, held) if alone else None
        yield from (above_texts if isinstance(events[0], Mark) else below_texts)(post, around, events)


def said_within(document: Document, said: Sequence[int], found: Sequence[Spoken]) -> frozenset[int]:
    """The blocks that say who and when, and stand where a post's marks do."""
    places = [document.blocks[at].spans[0][0] for at in said]
    ranges = ((bisect_left(places, one.begin), bisect_left(places, one.end)) for one in found)
    return frozenset(at for first, end in ranges for at in said[first:end])


def outside(marks: Sequence[Mark], texts: Sequence[Block]) -> list[Mark]:
    """The marks that do not stand in a chosen text."""
    starts = [block.start for block in texts]
    return [mark for mark in marks if (at := bisect_right(starts, mark.place)) == 0 or texts[at - 1].end <= mark.place]


def largest_of_same_texts(element: Element, held: Sequence[int]) -> Element:
    """The largest element around that holds no other chosen text than this one."""
    while element.parent is not None and held[element.parent.at] == held[element.at]:
        element = element.parent
    return element


def posts(
    document: Document, texts: Sequence[Block], held: Sequence[int], names: Sequence[Mark]
) -> Iterator[tuple[Element, Sequence[Event]]]:
    """The smallest elements that hold a name and chosen texts, each with what stands in it and in no smaller one."""
    inside: dict[int, list[tuple[int, Event]]] = defaultdict(list)
    for name in names:
        element = document.element_around(name.place)
        while element is not None and not held[element.at]:
            element = element.parent
        if element is not None and not is_quoted(element):
            inside[element.at].append((name.place, name))
    for block in texts:
        if (post := post_around(block.element, inside)) is not None:
            inside[post.at].append((block.start, block))
    for at in list(inside):
        post = document.elements[at]
        if (outer := post_around(post.parent, inside)) is not None:
            inside[outer.at].append((post.start, post))
    for at, events in inside.items():
        yield document.elements[at], [event for _, event in sorted(events, key=lambda event: event[0])]


def post_around(element: Element | None, known: dict[int, list[tuple[int, Event]]]) -> Element | None:
    """The innermost element, itself included, that is known to hold a name."""
    while element is not None and element.at not in known:
        element = element.parent
    return element


def is_quoted(element: Element | None) -> bool:
    """Whether an element stands in a quotation: whoever is named in it is quoted, and wrote no post here."""
    while element is not None and element.tag != "blockquote":
        element = element.parent
    return element is not None


def above_texts(post: Element, around: Element | None, events: Sequence[Event]) -> Iterator[Spoken]:
    """The posts of an element in which names stand above their texts."""
    alone = around if is_one_post(events) else None
    names: list[Mark] = []
    begin = (alone or post).start
    for event in events:
        if isinstance(event, Mark):
            names.append(event)
        elif isinstance(event, Block):
            if names:
                yield Spoken(post, event, ranked(names), begin, event.start, around=alone)
            names, begin = [], event.end
        else:
            names, begin = [], event.end


def is_one_post(events: Sequence[Event]) -> bool:
    """Whether all names stand before all texts."""
    kinds = [isinstance(event, Mark) for event in events]
    return sum(one != other for one, other in pairwise(kinds)) == 1


def below_texts(post: Element, around: Element | None, events: Sequence[Event]) -> Iterator[Spoken]:
    """The posts of an element in which names stand below their texts; none where it holds the whole thread."""
    if around is not None and around.parent is None:
        return
    texts: list[Block] = []
    names: list[Mark] = []
    for event in [*events, post]:
        if isinstance(event, Mark):
            names.append(event)
            continue
        if texts and names:
            end = event.start if event is not post else post.end
            alone = around if is_one_post(events) else None
            yield Spoken(post, texts[0], ranked(names[::-1]), texts[-1].end, end, below=True, around=alone)
        if names or isinstance(event, Element):
            texts, names = [], []
        if isinstance(event, Block):
            texts.append(event)


def ranked(names: Sequence[Mark]) -> list[Mark]:
    """Names, those first that are surely an author's; last a letter that stands for a picture."""
    return sorted(names, key=lambda name: (len(name.text) == 1, -name.strength))


def time_of(post: Spoken, times: Sequence[Mark]) -> Mark | None:
    """The time that stands with a post's name: the next one toward its text, or else the next one away from it."""
    near, name = between(times, post.begin, post.end), post.names[0]
    before = [time for time in near if time.place < name.place][::-1]
    after = [time for time in near if time.place >= name.place]
    beyond = between(times, post.around.start, post.around.end) if post.around is not None else []
    return next(iter([*(before + after if post.below else after + before), *beyond]), None)


def between(times: Sequence[Mark], begin: int, end: int) -> list[Mark]:
    """Those that stand between two places."""
    return list(times[bisect_left(times, begin, key=place_of) : bisect_left(times, end, key=place_of)])


def date_of(document: Document, post: Spoken, texts: frozenset[int]) -> Mark | None:
    """The date in a line with a post's name that has no element of its own."""
    blocks = document.blocks
    begin, end = (post.around.start, post.around.end) if post.around is not None else (post.begin, post.end)
    first = bisect_left(blocks, begin, key=start_of)
    end = bisect_left(blocks, end, key=start_of)
    return next((date for at in range(first, end) if at not in texts and (date := date_in(blocks[at]))), None)


def place_before(spoken: Spoken) -> int:
    """Where in the body a line stands before a post: outside of paragraphs, lists and quotations that begin with it."""
    place = spoken.block.start
    least = spoken.post.start if spoken.below else spoken.names[0].place
    element: Element | None = spoken.block.element
    while element is not None and element is not spoken.post and element.start >= least:
        if element.tag in HOLD_NO_LINE:
            place = element.start
        element = element.parent
    return place


def line_of(name: Mark | None, time: Mark | None) -> str:
    """The line above a post."""
    said = [f"<cite>{escape(name.text, quote=False)}</cite>"] if name is not None else []
    if time is not None:
        moment = f' datetime="{escape(time.moment)}"' if time.moment else ""
        said.append(f"<time{moment}>{escape(time.text, quote=False)}</time>")
    return f"<p>{' · '.join(said)}</p>"
