"""Blocks: text outside paragraphs gets one, double line breaks part them, headings start at level two, voids go."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Comment, Tag
from bs4.element import NavigableString, PageElement

from quietpage.cleaner.tidy.content import HEADINGS, Content, around, parts_words
from quietpage.cleaner.tidy.markup import MEANT
from quietpage.cleaner.tidy.node import BLOCKS, Node, fill
from quietpage.cleaner.tidy.tree import ROOT, first_inside, holder_of, inside

WRAPPING = frozenset("div section article main aside header footer nav address center hgroup form fieldset".split())
HOLDS_BLOCKS = WRAPPING | {"blockquote", ROOT}
BREAKABLE = HOLDS_BLOCKS | {"p"}
EMPTYABLE = frozenset(
    "p div section article aside header footer ul ol li dl dt dd h1 h2 h3 h4 h5 h6 figure figcaption blockquote a "
    "strong em b i u s small sup sub q cite ins del mark table thead tbody tfoot tr details summary pre code".split()
)
HEADING_MAX_CHARS = 80
STRESS = frozenset("b strong span font u em i".split())
SENTENCE_ENDS = (".", "!", "?", ":", ",", ";", "…", "”", '"')
Run = list[PageElement]  # of inline nodes
SAYS_SOMETHING = frozenset({"id", *MEANT})
FULL = frozenset("img math hr video audio iframe".split())


def make_paragraphs(content: Content) -> None:
    """Put every run of text that stands beside blocks, and every part between double breaks, into a <p>."""
    broken = {line_break.parent for line_break in content.all({"br"})}
    known = len(content.tags)
    for tag in content.all(BREAKABLE):
        if tag.name != "p":
            pieces = split_runs(tag)
            if len(pieces) < len(tag.contents) or any(isinstance(piece, list) for piece in pieces):
                fill(tag, wrap_runs(content, tag, pieces))
        elif tag in broken:
            pieces = split_runs(tag)
            if sum(isinstance(piece, list) for piece in pieces) > 1:
                fill(tag, wrap_runs(content, tag, pieces))
                tag.unwrap()
            else:
                fill(tag, [node for piece in pieces for node in (piece if isinstance(piece, list) else [piece])])
    if len(content.tags) > known:
        content.reorder()


def split_runs(tag: Tag) -> list[Node | Run]:
    """An element's blocks, and the runs of inline nodes between them and between double line breaks, without blanks
    before them and without breaks around them."""
    pieces: list[Node | Run] = []
    run: Run = []
    for at, node in enumerate(tag.contents):
        if not isinstance(node, Node):
            if run:
                run.append(node)
            elif said := node.lstrip():  # type: ignore[attr-defined]  # it is a text
                run.append(node if len(said) == len(node) else NavigableString(said))  # type: ignore[arg-type]
        elif node.name in BLOCKS or node.blocks:
            end_run(pieces, run)
            pieces.append(node)
            run = []
        elif node.name != "br":
            run.append(node)
        elif is_break_next(tag.contents, at + 1):
            end_run(pieces, run)
            run = []
        elif run:
            run.append(node)
    end_run(pieces, run)
    return pieces


def is_break_next(nodes: Sequence[PageElement], at: int) -> bool:
    """Whether a line break comes next, blanks passed over."""
    while at < len(nodes) and isinstance(nodes[at], NavigableString) and not nodes[at].strip():  # type: ignore[attr-defined]
        at += 1
    return at < len(nodes) and nodes[at].name == "br"  # type: ignore[attr-defined]


def end_run(pieces: list[Node | Run], run: Run) -> None:
    """Add a run, where it holds anything, without the line breaks it ends in."""
    while run and isinstance(run[-1], Node) and run[-1].name == "br":
        run.pop()
    if run:
        pieces.append(run)


def wrap_runs(content: Content, tag: Tag, pieces: Sequence[Node | Run]) -> list[PageElement]:
    """An element's pieces, each run in a paragraph."""
    nodes: list[PageElement] = []
    for piece in pieces:
        if isinstance(piece, Node):
            nodes.append(piece)
            continue
        paragraph = content.new("p")
        for node in piece:
            if isinstance(node, Node):
                paragraph.add(node, node.name)
            else:
                paragraph.chars += len(node.strip())  # type: ignore[attr-defined]
        fill(paragraph, piece)
        nodes.append(paragraph)
        content.weight(tag).blocks += 1
    return nodes


def promote_headings(content: Content) -> None:
    """Make a paragraph that is one short bold line, between paragraphs of prose, the heading it is meant as."""
    for tag in content.all({"p"}):
        if not 2 < content.weight(tag).chars <= HEADING_MAX_CHARS or not is_bold_line(tag):
            continue
        after = around(tag, after=True)
        if after is None or after.name != "p" or content.weight(after).chars < 2 * content.weight(tag).chars:
            continue
        if around(tag, after=False) is not None and holder_of(tag, {"li", "td", "th", "blockquote", "figure"}) is None:
            content.rename(tag, "h6")  # below every real heading until they are leveled


def is_bold_line(tag: Tag) -> bool:
    """Whether all of a paragraph is bold, holds no link, and does not end as a sentence does."""
    if tag.get_text().strip().endswith(SENTENCE_ENDS):
        return False
    inner = tag
    while inner.name not in ("b", "strong"):
        children = [node for node in inner.contents if isinstance(node, Tag) or str(node).strip()]
        if len(children) != 1 or not isinstance(children[0], Tag) or children[0].name not in STRESS:
            return False
        inner = children[0]
    return first_inside(inner, {"a", "br", "img"}) is None


def level_headings(content: Content) -> None:
    """Number the levels in use from two on, none left out: the article's title is the reader's level one."""
    headings = content.all(HEADINGS)
    levels = {level: f"h{min(6, at)}" for at, level in enumerate(sorted({tag.name for tag in headings}), start=2)}
    for tag in headings:
        content.rename(tag, levels[tag.name])
        for bold in list(inside(tag, {"b", "strong"})):
            bold.unwrap()


def unwrap_lone_paragraphs(content: Content) -> None:
    """An item or a cell that is one paragraph needs none, in wrappers that say nothing either."""
    for tag in content.all({"li", "td", "th", "dd"}):
        lone = only_child(tag)
        while lone is not None and lone.name in WRAPPING and SAYS_SOMETHING.isdisjoint(lone.attrs):
            lone = only_child(lone)
        if lone is not None and lone.name == "p" and "id" not in lone.attrs:  # a footnote's place has one
            lone.unwrap()


def only_child(tag: Tag) -> Tag | None:
    """The element that is all an element holds, if it is so."""
    children = [node for node in tag.contents if isinstance(node, Tag) or str(node).strip()]
    return children[0] if len(children) == 1 and isinstance(children[0], Tag) else None


def drop_empty(content: Content) -> None:
    """Drop elements that hold nothing, innermost first: their picture or text may have gone in an earlier step."""
    full: set[int] = set()
    for node in reversed(list(content.root.descendants)):
        if isinstance(node, Tag):
            if id(node) not in full and node.name in EMPTYABLE and not node.get("id"):  # a footnote's place has one
                drop_void(node)
                continue
            if id(node) not in full and node.name not in FULL and node.name not in EMPTYABLE:
                continue
        elif isinstance(node, Comment) or not isinstance(node, NavigableString) or not node.strip():
            continue
        full.add(id(node.parent))


def drop_void(tag: Tag) -> None:
    """Drop an element without text, but not what parts the words around it."""
    blank = tag.name not in BLOCKS and any(isinstance(node, NavigableString) for node in tag.contents)
    if blank or parts_words(tag):
        tag.replace_with(" ")
    else:
        tag.extract()
