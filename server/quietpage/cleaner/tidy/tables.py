"""Tables: those of data stay, those of layout become what they hold."""

from __future__ import annotations

from bs4 import Tag

from quietpage.cleaner.tidy.content import Content, attribute

CELL_MAX_CHARS = 600  # a longer cell holds a text, not a datum
PARTS = frozenset("tbody thead tfoot tr td th caption colgroup col".split())


def unwrap_layout_tables(content: Content) -> None:
    """Turn tables used for layout into plain blocks, inner ones first."""
    for table in reversed(content.all({"table"})):
        parts = [part for part in table.find_all(PARTS) if part.find_parent("table") is table]
        if is_data(content, table, parts):
            continue
        for part in parts:
            part.name = "div"
            part.attrs = {name: part.attrs[name] for name in ("class", "id") if name in part.attrs}
        table.name = "div"


def is_data(content: Content, table: Tag, parts: list[Tag]) -> bool:
    """Whether a table's rows and columns mean something."""
    if attribute(table, "role") in ("presentation", "none") or table.find("table") is not None:
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
