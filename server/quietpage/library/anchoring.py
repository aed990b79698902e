"""Find a highlight again in a text that changed: by its place, by its words, by words like them.

A passage is known by its position and by its words with some before and after them: the TextPositionSelector and the
TextQuoteSelector of the W3C's Web Annotation Data Model. In a new text it is looked for in three ways, each only where
the one before found nothing: its words between theirs; its words anywhere, the likeliest of several places; and the
stretch of text nearest to its words. What none of them finds is an orphan, to be looked for in the next text.

Where the text is known in which the passage stood, the runs of words that both texts have once tell where it should be
now: that decides between equal words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

CONTEXT_CHARS = 32  # before and after, as the W3C's examples and other annotators have it
MOST_PLACES = 300  # of equal words that are compared with one another
RUN_WORDS = 5  # a run of so many words that stands once in either text is the same run
# What follows was measured on 1,920 passages of the 32 pages in tests/pages (tests/benchmarks/anchoring.py). Of those
# of 48 characters and more with a fifth of their words changed, 99 % are still as like as 0.62; of those that were cut
# out, 0.5 % are, to something else. Of shorter ones with a tenth changed, 91 % are as like as 0.75, and 4 % of those
# that were cut out, where a page says the same again.
TELLING_CHARS = 24  # words so long mean themselves, wherever they stand
LIKE_CONTEXT = 0.3  # share of the context around shorter ones that has to be the same
NEAR_CHARS = 40  # or how near to where they should be they have to stand
LIKENESS = 0.62  # share of a passage's characters that the nearest stretch must have, at least
LIKENESS_SHORT = 0.75
SHORT_CHARS, SHORTEST_CHARS = 48, 12  # shorter ones are found exactly or not at all
PIECE_CHARS, PIECES, PLACES_A_PIECE = 8, 60, 20  # what leads to the stretches that are compared
WINDOWS = 3
END_CHARS = 480  # of longer passages the beginning and the end are looked for


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage: where it begins and ends in an article's text, its words, and what stands before and after them."""

    begins: int
    ends: int
    exact: str
    prefix: str = ""
    suffix: str = ""


def selector(text: str, begins: int, ends: int) -> Selector:
    """The passage of a text from one position to another."""
    before, after = text[max(0, begins - CONTEXT_CHARS) : begins], text[ends : ends + CONTEXT_CHARS]
    return Selector(begins, ends, text[begins:ends], before, after)


class Anchoring:
    """Finds passages in ``text``; ``before`` is the text in which they stood, where that is known."""

    def __init__(self, text: str, before: str | None = None) -> None:
        self.text = text
        self.before = before

    def find(self, passage: Selector) -> Selector | None:
        """The same passage in this text; None where it is not there any more."""
        if not passage.exact.strip():
            return None
        found = self.between(passage) or self.anywhere(passage) or self.like(passage)
        return selector(self.text, *found) if found else None

    # Its words between the words around them

    def between(self, passage: Selector) -> tuple[int, int] | None:
        """The passage with all its context, where that stands only once."""
        begins, whole = passage.begins, passage.prefix + passage.exact + passage.suffix
        if self.before in (None, self.text) and self.text[begins - len(passage.prefix) :].startswith(whole):
            return begins, begins + len(passage.exact)
        first = self.text.find(whole)
        if first < 0 or self.text.find(whole, first + 1) >= 0:
            return None
        if self.before is not None and self.before.count(whole) > 1:
            return None  # which of them it was, the context does not say
        begins = first + len(passage.prefix)
        return begins, begins + len(passage.exact)

    # Its words anywhere

    def anywhere(self, passage: Selector) -> tuple[int, int] | None:
        """The likeliest place of the very words: with the likest context, nearest to where they should be."""
        places = list(occurrences(self.text, passage.exact, MOST_PLACES))
        if not places:
            return None
        expected, sure = self.expected(passage)
        if sure and expected in places:
            return expected, expected + len(passage.exact)
        contexts = {place: self.context(passage, place) for place in places}
        best = max(places, key=lambda place: (contexts[place] + nearness(place - expected), -abs(place - expected)))
        near = abs(best - expected) <= NEAR_CHARS and self.before is not None
        if len(passage.exact) >= TELLING_CHARS or contexts[best] >= LIKE_CONTEXT or near:
            return best, best + len(passage.exact)
        return None

    def context(self, passage: Selector, place: int) -> float:
        """The share of the passage's context that stands around a place too."""
        all_of_it = len(passage.prefix) + len(passage.suffix)
        if not all_of_it:
            return 1.0 if passage.exact == self.text else 0.0
        before = common(passage.prefix[::-1], self.text[max(0, place - len(passage.prefix)) : place][::-1])
        after = place + len(passage.exact)
        return (before + common(passage.suffix, self.text[after : after + len(passage.suffix)])) / all_of_it

    def expected(self, passage: Selector) -> tuple[int, bool]:
        """Where the passage should begin now, and whether that is sure: what is before and after it says the same."""
        if self.before is None or not self.same_runs[0]:
            return passage.begins, False
        old, new = self.same_runs
        at = bisect_right(old, passage.begins)
        shifts = [new[near] - old[near] for near in (at - 1, at) if 0 <= near < len(old)]
        return passage.begins + shifts[0], len(shifts) == 2 and shifts[0] == shifts[1]

    @cached_property
    def same_runs(self) -> tuple[list[int], list[int]]:
        """Where the runs of words that either text has once stand in the old one, in order, and in the new one."""
        old, new = once(self.before or ""), once(self.text)
        pairs = sorted((place, new[run]) for run, place in old.items() if run in new)
        return [pair[0] for pair in pairs], [pair[1] for pair in pairs]

    # Words like its words

    def like(self, passage: Selector) -> tuple[int, int] | None:
        """The stretch of text nearest to the passage's words, where it is near enough."""
        exact = passage.exact
        if len(exact) < SHORTEST_CHARS:
            return None
        if len(exact) > 2 * END_CHARS:
            return self.like_long(passage)
        best = min((self.nearest_within(exact, *window) for window in self.windows(passage)), default=None)
        if best is None or best[0] > (1 - wanted_likeness(exact)) * len(exact):
            return None
        return self.on_words(best[1], best[2])

    def like_long(self, passage: Selector) -> tuple[int, int] | None:
        """A long passage: from what is like its beginning to what is like its end."""
        exact, last = passage.exact, passage.ends - END_CHARS
        head = self.end_of_long(Selector(passage.begins, passage.begins + END_CHARS, exact[:END_CHARS], passage.prefix))
        tail = self.end_of_long(Selector(last, passage.ends, exact[-END_CHARS:], "", passage.suffix))
        if head and tail and 0.5 * len(exact) <= tail[1] - head[0] <= 2 * len(exact):
            return head[0], tail[1]
        return None

    def end_of_long(self, end: Selector) -> tuple[int, int] | None:
        return self.between(end) or self.anywhere(end) or self.like(end)

    def windows(self, passage: Selector) -> list[tuple[int, int]]:
        """The stretches of text in which most pieces of the passage stand, and the one where it should be."""
        exact = passage.exact
        room = len(exact) // 2 + CONTEXT_CHARS
        votes = Counter[int]()
        step = max(PIECE_CHARS // 2, len(exact) // PIECES)
        for at in range(0, len(exact) - PIECE_CHARS + 1, step):
            for place in occurrences(self.text, exact[at : at + PIECE_CHARS], PLACES_A_PIECE):
                votes[max(0, place - at) // room] += 1
        begins = [bucket * room for bucket, _ in votes.most_common(WINDOWS)]
        if self.before is not None:
            begins.append(self.expected(passage)[0])
        return [(max(0, begin - room), begin + room + len(exact) + room) for begin in begins]

    def nearest_within(self, exact: str, begin: int, end: int) -> tuple[int, int, int]:
        """How far the nearest stretch of a window is from some words, and where it begins and ends."""
        window = self.text[begin:end]
        distance, last = nearest_end(exact, window)
        _, length = nearest_end(exact[::-1], window[:last][::-1])
        return distance, begin + last - length, begin + last

    def on_words(self, begins: int, ends: int) -> tuple[int, int] | None:
        """The same without half words, or white space, at its ends."""
        text = self.text
        parted = spaced(text)
        while parted and begins < ends and begins and text[begins - 1].isalnum() and text[begins].isalnum():
            begins += 1
        while parted and begins < ends < len(text) and text[ends - 1].isalnum() and text[ends].isalnum():
            ends += 1
        stretch = text[begins:ends]
        begins, ends = begins + len(stretch) - len(stretch.lstrip()), ends - (len(stretch) - len(stretch.rstrip()))
        return (begins, ends) if begins < ends else None


def occurrences(text: str, words: str, most: int) -> Iterator[int]:
    """Where some words stand in a text, at most so many places."""
    at = text.find(words)
    for _ in range(most):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def once(text: str) -> dict[tuple[str, ...], int]:
    """The runs of words that stand in a text once, each with where it begins."""
    words = [(word[0], word.start()) for word in re.finditer(r"[^ ]+", text)]
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - RUN_WORDS + 1):
        run = tuple(word for word, _ in words[at : at + RUN_WORDS])
        places[run] = -1 if run in places else words[at][1]
    return {run: place for run, place in places.items() if place >= 0}


def nearness(distance: int) -> float:
    """How much being near counts beside a likeness of the context, from 0 to 1."""
    return 1 / (1 + abs(distance) / 200)


def common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def wanted_likeness(words: str) -> float:
    """The likeness that is enough for these words."""
    return LIKENESS if len(words) >= SHORT_CHARS else LIKENESS_SHORT


def spaced(text: str) -> bool:
    """Whether a text parts its words by spaces."""
    return text.count(" ") * 12 > len(text)


def nearest_end(words: str, text: str) -> tuple[int, int]:
    """The least number of edits that make the words a stretch of the text, and where that stretch ends, first of all.

    Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming", Journal of the
    ACM 46(3), 1999: a column of the matrix is two whole numbers, one bit a character.
    """
    size = len(words)
    ones, top = (1 << size) - 1, 1 << (size - 1)
    masks: dict[str, int] = {}
    for at, character in enumerate(words):
        masks[character] = masks.get(character, 0) | 1 << at
    rises, falls, score = ones, 0, size
    best = (size, 0)
    for at, character in enumerate(text, start=1):
        same = masks.get(character, 0)
        vertical = same | falls
        horizontal = (((same & rises) + rises) ^ rises) | same
        up, down = falls | (ones & ~(horizontal | rises)), rises & horizontal
        score += 1 if up & top else -1 if down & top else 0
        up, down = (up << 1) & ones, (down << 1) & ones  # a match may begin anywhere: nothing rises at the top
        rises, falls = down | (ones & ~(vertical | up)), up & vertical
        if score < best[0]:
            best = (score, at)
    return best
