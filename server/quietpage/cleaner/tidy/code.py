"""Code blocks: their text alone, with the name of their language; line numbers and copy buttons go."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import Content, attribute, names_of
from quietpage.cleaner.tidy.tree import first_inside, inside

LINE_NUMBERS = re.compile(
    r"\b(?:gutter|line-?numbers?(?:-rows)?|linenos?|lineno|linenodiv|hljs-ln-numbers|ln-num)\b", re.I
)
COPY_BUTTON = re.compile(r"\b(?:copy|clipboard|copybtn|toolbar)", re.I)
LANGUAGE = re.compile(
    r"(?:^|[\s;])(?:language|lang|highlight-source|highlight|brush:|sourceCode|prettyprint lang|hljs|code)[-:\s]+"
    r"([a-z][a-z0-9+#.-]{0,19})", re.I,
)  # fmt: skip
NO_LANGUAGE = frozenset(
    "default text plain plaintext none block block-code source wrapper container code notranslate".split()
)
LINE = frozenset("div li tr p".split())


def keep_code(content: Content) -> None:
    """Make every block of code ``<pre><code class="language-…">``, its lines as they were."""
    for table in content.all({"table"}):
        unwrap_numbered_table(content, table)
    for pre in content.all({"pre"}):
        for tag in [node for node in pre.descendants if isinstance(node, Tag)]:
            if content.stands(tag) and (LINE_NUMBERS.search(names_of(tag)) or tag.name in ("button", "clipboard-copy")):
                content.drop(tag)
        if not first_inside(pre, {"pre", "img"}):
            flatten(content, pre)
        for beside in (pre.find_next_sibling(), pre.find_previous_sibling()):
            if beside is not None and COPY_BUTTON.search(names_of(beside)) and content.weight(beside).chars < 20:
                content.strike(beside, "code", "copy button of a code block")


def unwrap_numbered_table(content: Content, table: Tag) -> None:
    """A table of two cells, line numbers and code, is its code."""
    blocks = list(islice(inside(table, {"pre"}), 4))
    if not blocks or len(blocks) > 2 or first_inside(table, {"th"}):
        return
    numbers = re.compile(r"[\d\s]*")
    code = [block for block in blocks if not numbers.fullmatch(block.get_text())]
    if len(code) == 1 and len(list(islice(inside(table, {"td"}), 3))) <= 2:
        table.insert_before(code[0].extract())
        content.drop(table)


def flatten(content: Content, pre: Tag) -> None:
    """Replace a block's colored pieces by plain text in one code element."""
    language = language_of(pre)
    pieces: list[str] = []
    for node in pre.descendants:
        if isinstance(node, NavigableString):
            pieces.append(str(node))
        elif isinstance(node, Tag) and begins_line(node, pieces):
            pieces.append("\n")
    code = content.new("code", **({"class": f"language-{language}"} if language else {}))
    code.string = "".join(pieces).strip("\n")
    content.forget(pre)
    pre.clear()
    pre.attrs = {}
    pre.append(code)
    content.weight(pre).blocks = 0


def begins_line(tag: Tag, pieces: list[str]) -> bool:
    """Whether a line of code begins here: after a break, or with an element a line where none has just begun."""
    return tag.name == "br" or (tag.name in LINE and bool(pieces) and not pieces[-1].endswith("\n"))


def language_of(pre: Tag) -> str | None:
    """The language a block's classes or data name, on itself, on its code element, or on a wrapper around."""
    inner = first_inside(pre, {"code"})
    candidates = [pre, *([inner] if inner is not None else []), *list(pre.parents)[:3]]
    for tag in candidates:
        said = attribute(tag, "data-lang") or attribute(tag, "data-language")
        found = LANGUAGE.search(attribute(tag, "class"))
        name = (said or (found[1] if found else "")).lower()
        if name and name not in NO_LANGUAGE and re.fullmatch(r"[a-z][a-z0-9+#.-]{0,19}", name):
            return name
    return None
