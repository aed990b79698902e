"""Code blocks: their text alone, with the name of their language; line numbers and copy buttons go."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import Content, attribute, names_of
from quietpage.cleaner.tidy.tree import first_inside, holder_of, inside
from quietpage.cleaner.words.content import CODE_BOX_CLASS

LINE_NUMBERS = re.compile(
    r"\b(?:gutter|line-?numbers?(?:-rows)?|linenos?|lineno|linenodiv|hljs-ln-numbers|ln-num|crayon-nums?|blob-num|"
    r"CodeMirror-(?:gutters?|gutter-wrapper|linenumber)|cm-gutters)\b",
    re.I,
)
TOOLBAR = re.compile(r"\b(?:copy|clipboard|copybtn|toolbar|code-?(?:block-?)?(?:header|lang\w*|bar|actions)\b)", re.I)
TOOLBAR_MAX_CHARS = 20
LANGUAGE = re.compile(
    r"(?:^|[\s;])(?:language[-:]|lang[-:]|highlight-source-|highlight[-\s](?!source|highlight)|brush:\s*+|sourceCode\s++|"
    r"prettyprint lang-|hljs\s++|code\s++|syntaxhighlighter\s++)\s*([a-z][a-z0-9+#.-]{0,19})(?![\w-])", re.I,
)  # fmt: skip
LANGUAGE_NAME = re.compile(r"[a-z][a-z0-9+#.-]{0,19}")
NO_LANGUAGE = frozenset(
    "default text plain plaintext none block block-code source wrapper container code notranslate nogutter "
    "tab-size".split()
)
LINE = frozenset("div li tr p".split())
BOX_SIGNS = ("syntaxhighlighter", "CodeMirror", "cm-content", "crayon-", "view-lines", "ace_", "blob-code", "hljs-ln")
BOXED_LINE = re.compile(
    r"(?:^|\s)(?:line|CodeMirror-line|cm-line|crayon-line|view-line|ace_line|blob-code|hljs-ln-code)(?:\s|$)"
)
SPAN_LINE = re.compile(r"(?:^|\s)(?:line|code-?line|token-line|view-line)(?:\s|$)")
FILLERS = str.maketrans({"\u00a0": " ", "\u200b": None})  # what editors put where HTML would fold spaces


def keep_code(content: Content) -> None:
    """Make every block of code ``<pre><code class="language-…">``, its lines as they were."""
    if any(sign in content.source for sign in BOX_SIGNS):
        for tag in content.tags[:]:
            is_box = tag.attrs and content.stands(tag) and CODE_BOX_CLASS.search(attribute(tag, "class"))
            if is_box and holder_of(tag, {"pre"}) is None:
                unbox(content, tag)
    for table in content.all({"table"}) if "<pre" in content.source else ():
        unwrap_numbered_table(content, table)
    for pre in content.all({"pre"}):
        drop_numbers(content, pre)
        if not first_inside(pre, {"pre", "img"}):
            flatten(content, pre)
        for beside in (pre.find_next_sibling(), pre.find_previous_sibling()):
            if beside is not None and is_toolbar(content, beside):
                content.strike(beside, "code", "toolbar of a code block")


def drop_numbers(content: Content, box: Tag) -> None:
    """Drop line numbers and buttons inside a block of code."""
    for tag in [node for node in box.descendants if isinstance(node, Tag)]:
        if content.stands(tag) and (LINE_NUMBERS.search(names_of(tag)) or tag.name in ("button", "clipboard-copy")):
            content.drop(tag)


def is_toolbar(content: Content, tag: Tag) -> bool:
    """Whether what stands beside a block of code copies it, or names its language; a file's name stays."""
    if not TOOLBAR.search(names_of(tag)) or content.weight(tag).chars >= TOOLBAR_MAX_CHARS:
        return False
    return "." not in tag.get_text() and not first_inside(tag, {"pre", "code"})


def unbox(content: Content, box: Tag) -> None:
    """Lines of code in elements of their own become a block of code."""
    drop_numbers(content, box)
    lines = [tag for tag in box.descendants if isinstance(tag, Tag) and BOXED_LINE.search(attribute(tag, "class"))]
    known = {id(line) for line in lines}
    outer = [line for line in lines if id(line.parent) not in known]
    text = "\n".join(line.get_text().translate(FILLERS).strip("\n") for line in outer)
    if text.strip():
        said = {name: attribute(box, name) for name in ("class", "data-language") if name in box.attrs}
        pre = content.new("pre", **said)
        pre.string = text
        content.weight(pre).chars = len(text.strip())
        content.replace(box, pre)


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
    code = content.new("code", **({"class": f"language-{language}"} if language else {}))
    code.string = text_of_lines(pre).strip("\n")
    content.forget(pre)
    pre.clear()
    pre.attrs = {}
    pre.append(code)
    content.weight(pre).blocks = 0


def text_of_lines(pre: Tag) -> str:
    """A block's text, with a line break wherever one is seen: after a <br>, and where an element a line begins."""
    pieces: list[str] = []
    last_line: Tag | None = None
    broken_at = 0  # how many pieces there were when the last such element began
    for node in pre.descendants:
        if isinstance(node, NavigableString):
            pieces.append(str(node))
        elif not isinstance(node, Tag):
            continue
        elif node.name == "br":
            pieces.append("\n")
        elif node.name in LINE or (node.name == "span" and SPAN_LINE.search(attribute(node, "class"))):
            is_inner = last_line is not None and node.parent is last_line
            was_empty = last_line is not None and len(pieces) == broken_at and not is_inner
            if was_empty or (pieces and not pieces[-1].endswith("\n")):
                pieces.append("\n")
            last_line, broken_at = node, len(pieces)
    return "".join(pieces)


def language_of(pre: Tag) -> str | None:
    """The language a block's classes or data name, on itself, on its code element, or on a wrapper around."""
    inner = first_inside(pre, {"code"})
    candidates = [pre, *([inner] if inner is not None else []), *list(pre.parents)[:3]]
    for tag in candidates:
        said = attribute(tag, "data-lang") or attribute(tag, "data-language")
        named = (found[1] for found in LANGUAGE.finditer(attribute(tag, "class")))
        for name in map(str.lower, (said, *named)):
            if name not in NO_LANGUAGE and LANGUAGE_NAME.fullmatch(name):
                return name
    return None
