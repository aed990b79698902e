"""The text of an article as its highlights count it: the same characters at the same places here and in the browser.

It is what the text nodes of the article's HTML say, one after the other. White space, and every tag that begins or ends
a block, is one space between two other characters, and none at the ends; characters nobody sees are none, and neither
are the readings of ruby and the sources of formulas. Positions are Unicode code points, as the W3C's Web Annotation
Data Model counts them (§4.2.4). ``static/passage.js`` reads the page in the very same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

# Tags that part words. All others stand within them, whatever a later sanitizer may let through.
PARTING = frozenset(
    """p div section article main blockquote pre ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr br figure figcaption table
    caption colgroup col thead tbody tfoot tr th td details summary""".split()
)
SILENT = frozenset({"rt", "rp", "annotation"})
SPACES = "\t\n\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
UNSEEN = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
SPACE = re.compile(f"[{SPACES}]+")
UNSEEN_ONE = re.compile(f"[{UNSEEN}]")
UNEVEN = re.compile(f"[{UNSEEN}]|[{SPACES}]{{2}}")
# The sanitizer's output is well formed, its attributes are double-quoted, and "<" in texts is an entity.
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^>\"]++|\"[^\"]*+\")*+>")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of HTML from ``begin`` to ``end`` that says the text from ``first`` to ``last``.

    It is a text; or a whole formula, which nothing may part. One that is ``blank`` says nothing by itself and stands
    between words of the same block.
    """

    begin: int
    end: int
    first: int
    last: int
    formula: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Passages:
    """An article's HTML, its text, and which stretch of the one says which part of the other, in order."""

    html: str
    text: str
    stretches: tuple[Stretch, ...]

    def said(self, stretch: Stretch) -> str:
        """What a stretch's HTML says, with all its white space."""
        return unescape(self.html[stretch.begin : stretch.end])


def read(html: str) -> Passages:
    """The passages of sanitized HTML; linear in its length."""
    return _Reading(html).passages()


def letters(said: str) -> Sequence[int]:
    """Where in what a stretch says each character of its text stands; for a space between words, its first one."""
    core = said.strip(SPACES)
    if not UNEVEN.search(core):  # by far most
        lead = len(said) - len(said.lstrip(SPACES))
        return range(lead, lead + len(core))
    return list(_letters(said))


def _letters(said: str) -> Iterator[int]:
    space = None
    begun = False
    for at, character in enumerate(said):
        if UNSEEN_ONE.match(character):
            continue
        if SPACE.match(character):
            space = at if begun and space is None else space
            continue
        if space is not None:
            yield space
        yield at
        space, begun = None, True


class _Reading:
    """Reads HTML once, from tag to tag."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.out: list[str] = []
        self.length = 0
        self.spaced = False  # whether white space came since the last character
        self.silent = 0
        self.formula_begins: int | None = None  # in the HTML
        self.formula_first: int | None = None  # in the text
        self.stretches: list[Stretch] = []

    def passages(self) -> Passages:
        at, before = 0, ""
        for tag in TAG.finditer(self.html):
            closes, name = bool(tag[1]), tag[2].lower()
            inline = before not in PARTING and name not in PARTING
            self.text(at, tag.start(), inline=inline)
            if name == "math":
                self.formula(tag, closes=closes)
            elif name in SILENT:
                self.silent = max(0, self.silent + (-1 if closes else 1))
            self.spaced |= name in PARTING
            at, before = tag.end(), name
        self.text(at, len(self.html), inline=False)
        return Passages(self.html, "".join(self.out), tuple(self.stretches))

    def text(self, begin: int, end: int, *, inline: bool) -> None:
        """A text between two tags."""
        if begin == end or self.silent:
            return
        raw = self.html[begin:end]
        said = self.say(unescape(raw) if "&" in raw else raw)
        if self.formula_begins is not None:
            if said and self.formula_first is None:
                self.formula_first = self.length - said
        elif said:
            self.stretches.append(Stretch(begin, end, self.length - said, self.length))
        elif inline:
            self.stretches.append(Stretch(begin, end, self.length, self.length, blank=True))

    def formula(self, tag: re.Match[str], *, closes: bool) -> None:
        """A formula begins, or ends: it is one stretch."""
        if not closes:
            self.formula_begins, self.formula_first = tag.start(), None
            return
        if self.formula_begins is not None and self.formula_first is not None:
            stretch = Stretch(self.formula_begins, tag.end(), self.formula_first, self.length, formula=True)
            self.stretches.append(stretch)
        self.formula_begins = None

    def say(self, text: str) -> int:
        """Add a text; answers how many characters it says, the space before them not among them."""
        if not text.isascii():
            text = UNSEEN_ONE.sub("", text)
        text = SPACE.sub(" ", text)
        core = text.strip(" ")
        if not core:
            self.spaced |= bool(text)
            return 0
        if (self.spaced or text[0] == " ") and self.length:
            self.out.append(" ")
            self.length += 1
        self.out.append(core)
        self.length += len(core)
        self.spaced = text[-1] == " "
        return len(core)
