"""Markdown of an article: CommonMark with tables, which a renderer turns back into the same words, lines and code."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass, field

from quietpage.cleaner.markdown_inline import Inline
from quietpage.cleaner.markdown_tables import Table

# The sanitizer's output is well formed and its attributes are double-quoted: a pattern reads it exactly, in one pass.
TOKEN = re.compile(r"<(/?)([a-z0-9]+)((?:[^>\"]++|\"[^\"]*+\")*+)>|([^<]+|<)")

HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
BLOCKS = frozenset("p div section figure figcaption dl dt summary details caption".split()) | HEADINGS.keys()
BOLD_BLOCKS = frozenset({"dt", "summary"})  # Markdown knows neither terms nor what unfolds
DEEPEST = 40  # containers in each other that are written; past that, lines would be mostly ">"
MARKERS = {"ul": ("-", "*"), "ol": (".", ")")}  # two of a kind, so that a list right after another is one of its own
BACKTICKS = re.compile(r"`+")
LANGUAGE = re.compile(r'class="(?:[^"]*\s)?lang(?:uage)?-([\w+#.-]+)')
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


@dataclass(slots=True)
class Container:
    """A list, an item or a quotation that is open. ``rest`` begins each of its lines, ``first`` its first one."""

    tag: str
    first: str = ""
    rest: str = ""
    marker: str = ""  # of a list's items
    number: int = 1  # of a list's next item
    started: bool = False  # whether its first line is written
    after_list: str = ""  # the marker of the list that ended right before what comes next in it


def markdown(html: str) -> str:
    """Return sanitized HTML as Markdown (CommonMark with GFM's tables). Linear in its size, however deep it is.

    What Markdown has no sign for (raised and lowered text, what was struck or inserted) stays as HTML, as CommonMark
    allows; a formula is its TeX, as code between dollar signs. Links within the article are left out: it has no ids.
    """
    writer = Writer()
    for closing, tag, attributes, text in TOKEN.findall(html):
        if text:
            writer.text(entities.unescape(text))
        elif closing:
            writer.close(tag)
        else:
            writer.open(tag, attributes)
    writer.flush()
    return "\n".join(writer.lines).strip("\n") + "\n"


@dataclass(slots=True)
class Writer:
    """Writes blocks as lines; ``inline`` gathers the text of the one being read, ``table`` the cells of a table."""

    lines: list[str] = field(default_factory=list)
    around: list[Container] = field(default_factory=lambda: [Container("")])
    inline: Inline = field(default_factory=Inline)
    table: Table | None = None
    tables: int = 0  # in each other; the inner ones are read as text
    code: list[str] | None = None  # of the block of code being read
    language: str = ""
    gap: int = 0  # blank lines owed before the next block

    def text(self, text: str) -> None:
        if self.code is not None:
            self.code.append(text)
        else:
            self.inline.text(text)

    def open(self, tag: str, attributes: str) -> None:
        if self.code is not None:
            self.open_in_code(tag, attributes)
        elif self.table is not None:
            self.open_in_table(tag, attributes)
        elif tag in BLOCKS:
            self.flush()
            self.gap = 1
            if tag in BOLD_BLOCKS:
                self.inline.open("strong", "")
        elif tag == "pre":
            self.flush()
            self.code, self.language = [], ""
        elif tag == "table":
            self.flush()
            self.table, self.tables = Table(), 1
        elif tag == "hr":
            self.flush()
            self.write(["---"], 1)
        elif tag in MARKERS or tag in ("blockquote", "li", "dd"):
            self.open_container(tag, attributes)
        else:
            self.inline.open(tag, attributes)

    def close(self, tag: str) -> None:
        if self.code is not None:
            if tag == "pre":
                self.end_code()
        elif self.table is not None:
            self.close_in_table(tag)
        elif tag in BLOCKS:
            self.end_block(tag)
        elif tag in MARKERS or tag in ("blockquote", "li", "dd"):
            self.close_container(tag)
        else:
            self.inline.close(tag)

    def end_block(self, tag: str) -> None:
        if tag in BOLD_BLOCKS:
            self.inline.close("strong")
        self.flush(HEADINGS.get(tag, ""))
        self.gap = 1

    def flush(self, heading: str = "") -> None:
        """Write the text that has gathered as a paragraph, or as a heading."""
        text = self.inline.take(one_line=bool(heading))
        if text:
            self.write([f"{heading} {text}"] if heading else text.split("\n"), self.gap)

    def write(self, lines: list[str], gap: int) -> None:
        """Write a block's lines, each behind the signs of what it stands in."""
        if self.lines and gap:
            self.lines.append(self.before(first=False).rstrip())
        for at, line in enumerate(lines):
            self.lines.append((self.before(first=at == 0) + line) if line else self.before(first=at == 0).rstrip())
        self.gap = 1
        self.around[-1].after_list = ""

    def before(self, *, first: bool) -> str:
        """What begins a line: an item's marker on its first one, spaces on the others, and a quotation's sign."""
        signs = []
        for container in self.around[-DEEPEST:]:
            signs.append(container.first if first and not container.started else container.rest)
            container.started = container.started or first
        return "".join(signs)

    def open_container(self, tag: str, attributes: str) -> None:
        loose = self.gap
        self.flush()
        holder = self.around[-1]
        if tag in MARKERS:
            start = int(found[1]) if (found := re.search(r' start="(\d{1,9})"', attributes)) else 1
            marker = MARKERS[tag][holder.after_list == MARKERS[tag][0]]
            in_item = holder.tag in ("li", "dd") and holder.started
            self.gap = int(not in_item or (tag == "ol" and start != 1))  # only a list from 1 may interrupt a text
            self.around.append(Container(tag, marker=marker, number=start))
        elif tag == "blockquote":
            self.gap = 1
            self.around.append(Container(tag, "> ", "> "))
        else:
            listed = holder if holder.tag in MARKERS else Container("ul", marker="-")
            sign = f"{listed.number}{listed.marker} " if listed.tag == "ol" else f"{listed.marker} "
            self.gap = loose if listed is holder and not listed.started else 0
            listed.number += 1
            self.around.append(Container(tag, sign, " " * len(sign)))

    def close_container(self, tag: str) -> None:
        self.flush()
        if len(self.around) == 1 or self.around[-1].tag != tag:
            return
        closed = self.around[-1]
        if tag in ("li", "dd") and not closed.started:
            self.write([""], self.gap)  # an empty item
        self.around.pop()
        self.gap = 0 if tag in ("li", "dd") else 1
        self.around[-1].after_list = closed.marker if tag in MARKERS else ""

    def open_in_code(self, tag: str, attributes: str) -> None:
        assert self.code is not None
        if tag == "br":
            self.code.append("\n")
        elif tag == "code" and (found := LANGUAGE.search(attributes)):
            self.language = found[1]

    def end_code(self) -> None:
        assert self.code is not None
        text, self.code = "".join(self.code).strip("\n"), None
        fence = "`" * max(3, 1 + max(map(len, BACKTICKS.findall(text)), default=0))
        self.write([fence + self.language, *text.split("\n"), fence], 1)

    def open_in_table(self, tag: str, attributes: str) -> None:
        assert self.table is not None
        if tag == "table":
            self.tables += 1
        if self.tables > 1 or not self.table.open(tag, dict(ATTRIBUTE.findall(attributes)), self.inline):
            self.inline.open("br" if tag in BLOCKS or tag in ("li", "tr", "pre", "dd") else tag, attributes)

    def close_in_table(self, tag: str) -> None:
        assert self.table is not None
        self.tables -= tag == "table"
        if self.tables == 0:
            table, self.table = self.table, None
            self.inline.take()
            if table.caption:
                self.write([table.caption], 1)
            self.write(table.lines(), 1)
        elif self.tables > 1 or not self.table.close(tag, self.inline):
            self.inline.close(tag)
