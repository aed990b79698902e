"""Make headings and paragraphs of the lines of a document: from their size, their distance and how they end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quietpage.pdf.lines import Line

HEADING_SIZE = 1.15  # times the size of most of the text
HEADING_MAX_CHARS = 200
FAR = 1.35  # times the usual distance between two lines: a paragraph ends
INDENT = 0.8  # times its size: so far to the right begins a paragraph
SHORT_LINE = 0.8  # of the longest around it: with a full stop at its end, a paragraph ends
RUNNING_PAGES = 3  # a line that stands at the same height of so many pages is no text
EDGE_LINES = 2  # at the top and at the bottom of a page, where such lines stand
SENTENCE_END = re.compile(r"[.!?…:。！？؟][\"'”’»)\]]*$")
BULLET = re.compile(r"^(?:[•‣◦▪●–-]|\(?\d{1,2}[.)])\s+")
PAGE_NUMBER = re.compile(r"^\W*\d+\b|\b\d+\W*$|^[ivxlc]+$")
LEADERS = re.compile(r"(?:\. ?){6}")  # from a title to its page's number: a table of contents
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
HYPHENS = ("-", "\u00ad", "\u2010")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 1 to 3; the first is the largest), an item of a list, or a paragraph."""

    kind: str
    text: str


def blocks_of(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """The text of a document in blocks. Linear in the number of its lines."""
    kept = without_running_lines(pages)
    body = body_size(kept)
    lines = [line for page in kept for line in page]
    usual = usual_distance(lines, body)
    levels = heading_levels(lines, body)
    words = Counter(word.lower() for line in lines for word in WORD.findall(line.text))
    blocks: list[Block] = []
    for group in groups(lines, usual):
        text = joined(group, words)
        if not re.search(r"\w", text) or LEADERS.search(text):
            continue
        blocks.append(Block(kind_of(group, text, levels), text))
    return blocks


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without what is printed on each of them: the document's name, the page's number."""
    seen = Counter(key for page in pages for key in {running_key(line) for line in edges(page)})
    running = {key for key, count in seen.items() if count >= RUNNING_PAGES}
    return [
        [line for line in page if not (line in edges(page) and running_key(line) in running)]
        for page in map(list, pages)
    ]


def edges(page: Sequence[Line]) -> list[Line]:
    """The lines at the top and at the bottom of a page."""
    heights = sorted({line.y for line in page})
    outer = {*heights[:EDGE_LINES], *heights[-EDGE_LINES:]}
    return [line for line in page if line.y in outer]


def running_key(line: Line) -> tuple[int, str]:
    """What lines have in common that differ by the page's number alone, which stands first or last in them."""
    return round(line.y), PAGE_NUMBER.sub("#", line.text)


def body_size(pages: Iterable[Iterable[Line]]) -> float:
    """The size of most of the text, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size)] += len(line.text)
    return float(sizes.most_common(1)[0][0]) if sizes else 0.0


def usual_distance(lines: Sequence[Line], body: float) -> float:
    """The distance between most lines that follow each other, in points."""
    distances = Counter(
        round(above.y - below.y)
        for above, below in pairwise(lines)
        if round(above.size) == round(below.size) == body and 0 < above.y - below.y < 3 * body
    )
    return float(distances.most_common(1)[0][0]) if distances else 1.2 * body


def heading_levels(lines: Iterable[Line], body: float) -> dict[float, str]:
    """Which sizes are a heading's, and which: the larger, the higher. At most three."""
    sizes = sorted({round(line.size) for line in lines if line.size >= HEADING_SIZE * body}, reverse=True)
    return {float(size): f"h{min(level, 3)}" for level, size in enumerate(sizes, start=1)}


def kind_of(group: Sequence[Line], text: str, levels: dict[float, str]) -> str:
    size = float(round(max(line.size for line in group)))
    if len(text) <= HEADING_MAX_CHARS:
        if size in levels:
            return levels[size]
        if len(group) == 1 and group[0].bold and not SENTENCE_END.search(text):
            return "h3"
    return "li" if BULLET.match(text) else "p"


def groups(lines: Iterable[Line], usual: float) -> Iterator[list[Line]]:
    """Lines that belong together, in order."""
    group: list[Line] = []
    for line in lines:
        if group and begins(line, group, usual):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def begins(line: Line, group: Sequence[Line], usual: float) -> bool:
    """Whether a line begins something new after those of ``group``."""
    above = group[-1]
    if abs(line.size - above.size) > 0.1 * above.size + 0.5 or BULLET.match(line.text):
        return True
    if line.bold != above.bold and (above.bold or SENTENCE_END.search(above.text)):
        return True
    ended = SENTENCE_END.search(above.text) is not None
    distance = above.y - line.y
    if distance < 0:  # the next column, or the next page
        return ended
    if distance > FAR * usual:
        return True
    left = min(one.x for one in group[1:] or group)
    longest = max(len(one.text) for one in group)
    return ended and (line.x - left > INDENT * line.size or (len(group) > 1 and len(above.text) < SHORT_LINE * longest))


def joined(group: Sequence[Line], words: Counter[str]) -> str:
    """The text of lines. A word parted at a line's end becomes whole, unless it is written with a hyphen elsewhere."""
    text = ""
    for line in group:
        if text.endswith(HYPHENS) and len(text) > 1 and text[-2].isalpha() and line.text[:1].islower():
            begun, rest = text[:-1].split()[-1], line.text.split()[0]
            whole, hyphenated = (WORD.search(begun + mark + rest) for mark in ("", "-"))
            is_compound = hyphenated and whole and words[hyphenated[0].lower()] > words[whole[0].lower()]
            text = (text if is_compound else text[:-1]) + line.text
        else:
            text = f"{text} {line.text}" if text else line.text
    return text
