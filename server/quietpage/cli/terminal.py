"""An article well set in a terminal: lines of readable length, headings, lists, quotations, links as footnotes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby

import click

from quietpage.cli.printing import shown

MEASURE = 72  # columns: lines of 45 to 75 characters are read best (Bringhurst, Elements of Typographic Style, 2.1.2)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | set("p div section li dt dd blockquote figure figcaption pre table tr hr ul ol dl caption".split())
STYLES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "code": "dim", "kbd": "dim"}
NOT_FIRST = frozenset("、。，．：；！？）］｝」』】〉》〕ー…")  # no line begins with these (JIS X 4051, kinsoku)

Char = tuple[str, str]  # a character, and its styles, parted by spaces


@dataclass(slots=True)
class Block:
    """A paragraph to be: its characters, what its first line and the others begin with, and whether it is code."""

    chars: list[Char]
    first: str
    rest: str
    is_code: bool = False
    is_close: bool = False  # to the block before it: an item of the same list, a row of the same table


def columns(text: str) -> int:
    """How many columns a terminal gives a text: two for wide characters (UAX 11), none for marks on others."""
    return sum(
        0 if unicodedata.combining(one) or unicodedata.category(one) in ("Mn", "Me", "Cf") else 1 + is_wide(one)
        for one in text
    )


def is_wide(one: str) -> bool:
    return unicodedata.east_asian_width(one) in "WF"


def set_article(title: str, facts: str, html: str, width: int) -> Iterator[str]:
    """The lines of an article, at most ``width`` columns each but for code and what cannot be parted."""
    for line in wrapped([(one, "bold") for one in shown(title)], width):
        yield painted(line)
    yield from (painted(line) for line in wrapped([(one, "dim") for one in shown(facts)], width))
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    for block in reader.blocks:
        if not block.is_close:
            yield ""
        yield from lines_of(block, width)
    if reader.links:
        yield ""
        for number, url in enumerate(reader.links, 1):
            yield f"[{number}] {shown(url)}"


def lines_of(block: Block, width: int) -> Iterator[str]:
    """The lines of one block."""
    if block.is_code:
        code = "".join(one for one, _ in block.chars).strip("\n")
        yield from (f"{block.rest}    {line}".rstrip() for line in code.split("\n"))
        return
    room = max(width - max(columns(block.first), columns(block.rest)), 16)
    for number, line in enumerate(wrapped(block.chars, room)):
        yield (block.rest if number else block.first) + painted(line)


def wrapped(chars: Iterable[Char], width: int) -> Iterator[list[Char]]:
    """Lines of at most ``width`` columns: parted at spaces, and between characters that need none."""
    line: list[Char] = []
    used, space = 0, ""
    for word in words(chars):
        if word[0][0].isspace():
            space = "\n" if word[0][0] == "\n" else " "
            if space == "\n":
                yield line
                line, used, space = [], 0, ""
            continue
        wide = columns("".join(one for one, _ in word))
        if line and used + len(space) + wide > width:
            carried = [line.pop()] if len(line) > 1 and word[0][0] in NOT_FIRST and not space else []
            yield line
            line, used, space = carried, columns("".join(one for one, _ in carried)), ""
        if space and line:
            line.append((" ", word[0][1] if line[-1][1] == word[0][1] else ""))
            used += 1
        line += word
        used, space = used + wide, ""
    if line:
        yield line


def words(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Characters that stay together: words, single wide characters, spaces."""
    word: list[Char] = []
    for char in chars:
        one = char[0]
        if (one.isspace() and one != "\u00a0") or is_wide(one):
            if word:
                yield word
            word = []
            yield [char]
        else:
            word.append(char)
    if word:
        yield word


def painted(line: Iterable[Char]) -> str:
    """A line with its styles."""
    runs = ((style, "".join(one for one, _ in run)) for style, run in groupby(line, key=lambda char: char[1]))
    return "".join(styled(text, style) for style, text in runs).rstrip()


def styled(text: str, style: str) -> str:
    names = style.split()
    return click.style(text, **{name: True for name in names}) if names else text


class Reader(HTMLParser):
    """Reads sanitized HTML into blocks, and numbers its links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.links: list[str] = []
        self._chars: list[Char] = []
        self._styles: list[str] = []
        self._lists: list[int | None] = []  # of each list we are in, the number of its next item; None for bullets
        self._begins: list[str] = []  # what lines begin with, by the quotations and items we are in
        self._bullet = ""
        self._code = self._unread = 0
        self._link = ""
        self._is_close = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.end_block()
        if tag in STYLES or tag in HEADINGS:
            self._styles.append(STYLES.get(tag, "bold"))
        elif tag in ("ul", "ol"):
            start = given.get("start", "1")
            self._lists.append((int(start) if start.isdecimal() else 1) if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag == "blockquote":
            self._begins.append("│ ")
        elif tag == "pre":
            self._code += 1
        elif tag in ("rt", "rp"):
            self._unread += 1
        elif tag == "tr":
            self._is_close = bool(self.blocks)
        elif tag == "a":
            self._link = given.get("href", "")
        else:
            self._void(tag, given)

    def _void(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self._add("\n")
        elif tag == "hr":
            self._add("* * *")
            self.end_block()
        elif tag == "img" and given.get("alt", "").strip():
            self._add(f"[{' '.join(given['alt'].split())}]", "dim")
        elif tag in ("td", "th") and self._chars:
            self._add(" │ ")

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        self._bullet = "• " if number is None else f"{number}. "
        if self._lists and number is not None:
            self._lists[-1] = number + 1
        self._begins.append(" " * len(self._bullet))
        self._is_close = bool(self._lists) and bool(self.blocks) and number != 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_block()
        if (tag in STYLES or tag in HEADINGS) and self._styles:
            self._styles.pop()
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag in ("li", "blockquote") and self._begins:
            self._begins.pop()
        elif tag == "pre":
            self._code -= 1
        elif tag in ("rt", "rp"):
            self._unread -= 1
        elif tag == "a" and self._link:
            self._foot(self._link)
            self._link = ""

    def _foot(self, url: str) -> None:
        if url.startswith("#"):
            return
        if url not in self.links:
            self.links.append(url)
        self._add(f"[{self.links.index(url) + 1}]", "dim")

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        text = data if self._code else " ".join(data.replace("\n", " ").replace("\t", " ").split(" "))
        self._add(shown(text), " ".join(dict.fromkeys(self._styles)), spaced=not self._code)

    def _add(self, text: str, style: str = "", *, spaced: bool = False) -> None:
        for one in text:
            if not (spaced and one == " " and (not self._chars or self._chars[-1][0].isspace())):
                self._chars.append((one, style))

    def end_block(self) -> None:
        """What was read up to here is a block, if it is anything."""
        if "".join(one for one, _ in self._chars).strip():
            rest = "".join(self._begins)
            first = rest[: len(rest) - len(self._bullet)] + self._bullet if self._bullet else rest
            self.blocks.append(Block(self._chars, first, rest, bool(self._code), self._is_close))
            self._bullet, self._is_close = "", False
        self._chars = []
