"""Tables: those of data stay, those of layout become what they hold."""

from __future__ import annotations

from itertools import islice

from bs4 import Tag

from quietpage.cleaner.tidy.content import Content, attribute
from quietpage.cleaner.tidy.tree import holder_of, inside

CELL_MAX_CHARS = 600  # a longer cell holds a text, not a datum
COLUMN_LINK_DENSITY = 0.6
PARTS = frozenset("tbody thead tfoot tr td th caption colgroup col".split())


def unwrap_layout_tables(content: Content) -> None:
    """Turn tables used for layout into plain blocks; a column of links beside the text goes."""
    tables = content.all({"table"})
    parts_of: dict[int, list[Tag]] = {id(table): [] for table in tables}
    nesting = {id(outer) for table in tables if (outer := holder_of(table, {"table"})) is not None}
    for part in content.all(PARTS):
        table = holder_of(part, {"table"})
        if table is not None and id(table) in parts_of:
            parts_of[id(table)].append(part)
    for table in tables:
        if not content.stands(table):  # it stood in a cell that was struck
            continue
        parts = parts_of[id(table)]
        if id(table) not in nesting and is_data(content, table, parts):
            continue
        drop_link_columns(content, table, parts)
        for part in filter(content.stands, parts):
            content.rename(part, "div")
            part.attrs = {name: part.attrs[name] for name in ("class", "id") if name in part.attrs}
        content.rename(table, "div")


def drop_link_columns(content: Content, table: Tag, parts: list[Tag]) -> None:
    """Drop the cells of a layout that are mostly links, where another cell holds far more text."""
    for cell in parts:
        if cell.name != "td" or not content.stands(cell):
            continue
        weight = content.weight(cell)
        is_small = weight.chars < content.weight(table).chars / 4
        if is_small and weight.link_density > COLUMN_LINK_DENSITY and len(list(islice(inside(cell, {"a"}), 3))) == 3:
            content.strike(cell, "tables", "a column of links beside the text")


def is_data(content: Content, table: Tag, parts: list[Tag]) -> bool:
    """Whether a table's rows and columns mean something."""
    if attribute(table, "role") in ("presentation", "none"):
        return False
    names = {part.name for part in parts}
    rows = sum(part.name == "tr" for part in parts)
    cells = [part for part in parts if part.name in ("td", "th")]
    if rows == 0 or len(cells) < 2 or (rows == 1 and "th" not in names):
        return False
    if max(content.weight(cell).chars for cell in cells) > CELL_MAX_CHARS * (3 if "th" in names else 1):
        return False
    filled = sum(content.weight(cell).chars > 0 for cell in cells)
    return bool(names & {"th", "caption"}) or (len(cells) > rows and filled * 3 >= len(cells))
