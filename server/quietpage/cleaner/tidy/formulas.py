"""Formulas: MathML stays, the pictures and glyph boxes that renderers draw beside it go, bare TeX is kept as code."""

from __future__ import annotations

import re

from bs4 import Tag

from quietpage.cleaner.tidy.content import Content
from quietpage.cleaner.tidy.tree import first_inside

RENDERED = re.compile(
    r"katex-html|MathJax(?:_Preview|_Display|_SVG|_CHTML|_SVG_Display)?$|mjx-(?:math|chtml)|mwe-math-fallback"
)
HINT = re.compile(r"katex|math|mjx", re.IGNORECASE)
TEX_SCRIPT = re.compile(r"math/tex|math/asciimath")


def keep_formulas(content: Content) -> None:
    """Leave one form of each formula: its MathML, or else its TeX."""
    for script in content.all({"script"}):
        if TEX_SCRIPT.match(str(script.get("type", ""))):
            code = content.new("code")
            code.string = script.get_text()
            script.insert_before(code)
        content.drop(script)
    for tag in content.all({"span", "img", "div", "mjx-math", "mjx-container"}):
        if not content.stands(tag) or (not tag.attrs and tag.name in ("span", "div", "img")):
            continue
        names = str(tag.get("class", ""))
        if tag.name != "mjx-math" and not HINT.search(names):
            continue
        rendered = tag.name == "mjx-math" or any(RENDERED.match(word) for word in names.split())
        if rendered and not first_inside(tag, {"math"}):
            content.drop(tag)
    for math in content.all({"math"}):
        drop_fallback(content, math)


def drop_fallback(content: Content, math: Tag) -> None:
    """A picture right beside a formula that names the same source shows it again."""
    holder = math.parent
    beside = holder.find_next_sibling() if holder is not None and holder.name == "span" else None
    picture = beside if beside is not None else math.find_next_sibling()
    source = math.get("alttext")
    if picture is not None and picture.name == "img" and source and picture.get("alt") == source:
        content.drop(picture)
