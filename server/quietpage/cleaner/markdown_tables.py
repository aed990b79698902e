"""A table as Markdown writes it: one line a row, a first row that is the head, as many cells in each."""

from __future__ import annotations

from dataclasses import dataclass, field

from quietpage.cleaner.markdown_inline import Inline

MOST_SPAN = 1000  # as browsers allow for columns


@dataclass(slots=True)
class Table:
    """The rows read so far; a cell that spans others leaves them empty."""

    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""
    in_cell: bool = False
    in_head: bool = False
    has_head: bool = False
    only_heads: bool = True  # so far, in this row
    spans: tuple[int, int] = (1, 1)  # columns and rows of the cell being read
    below: dict[tuple[int, int], str] = field(default_factory=dict)  # cells, by row and column, that one above covers

    def open(self, tag: str, attributes: dict[str, str], inline: Inline) -> bool:
        """Whether a tag is the table's own."""
        if tag in ("td", "th"):
            self.in_cell = True
            self.only_heads = self.only_heads and tag == "th"
            self.spans = span(attributes.get("colspan")), span(attributes.get("rowspan"))
            inline.take()
        elif self.in_cell:
            return False
        elif tag == "tr":
            self.rows.append([])
            self.only_heads = True
        elif tag == "thead":
            self.in_head = True
        return tag in ("td", "th", "tr", "thead", "tbody", "tfoot", "caption", "colgroup", "col")

    def close(self, tag: str, inline: Inline) -> bool:
        """Whether an end tag is the table's own."""
        if tag in ("td", "th"):
            self.add(inline.take(one_line=True, in_cell=True))
            self.in_cell = False
        elif self.in_cell:
            return False
        elif tag == "tr" and len(self.rows) == 1:
            self.has_head = self.in_head or self.only_heads
        elif tag == "thead":
            self.in_head = False
        elif tag == "caption":
            self.caption = inline.take(one_line=True)
        return True

    def add(self, text: str) -> None:
        """Put a cell into the row, past those that cells above cover."""
        if not self.rows:
            self.rows.append([])
        row, at = self.rows[-1], len(self.rows) - 1
        while (at, len(row)) in self.below:
            row.append(self.below.pop((at, len(row))))
        columns, rows = self.spans
        for below in range(1, rows):
            self.below |= {(at + below, len(row) + column): "" for column in range(columns)}
        row += [text, *[""] * (columns - 1)]

    def lines(self) -> list[str]:
        """The table's lines."""
        rows = [row for row in self.rows if row]
        width = max(map(len, rows), default=0)
        if not width:
            return []
        if not self.has_head:
            rows.insert(0, [])
        written = [line_of([*row, *[""] * (width - len(row))]) for row in rows]
        written.insert(1, line_of(["---"] * width))
        return written


def line_of(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def span(said: str | None) -> int:
    """How many rows or columns a cell spans."""
    return min(MOST_SPAN, max(1, int(said))) if said and said.isdecimal() and len(said) < 5 else 1
