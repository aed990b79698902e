"""Blocks: text outside paragraphs gets one, double line breaks part them, headings start at level two, voids go."""

from __future__ import annotations

from bs4 import Comment, Tag
from bs4.element import NavigableString, PageElement

from quietpage.cleaner.tidy.content import HEADINGS, Content, around
from quietpage.cleaner.tidy.node import BLOCKS
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
FULL = frozenset("img math hr video audio iframe".split())


def make_paragraphs(content: Content) -> None:
    """Put every run of text that stands beside blocks, and every part between double breaks, into a <p>."""
    for tag in content.tags[:]:
        if tag.name not in BREAKABLE or not content.stands(tag):
            continue
        if tag.name == "p" and not any(isinstance(node, Tag) and node.name == "br" for node in tag.contents):
            continue
        runs = split_runs(content, tag)
        if tag.name == "p":
            if len(runs) > 1:
                wrap_runs(content, runs)
                tag.unwrap()
        elif tag.name in HOLDS_BLOCKS:
            wrap_runs(content, runs)
    content.reorder()


def split_runs(content: Content, tag: Tag) -> list[list[PageElement]]:
    """The runs of inline nodes between blocks and between double line breaks; runs of blanks are left out."""
    runs: list[list[PageElement]] = [[]]
    for node in list(tag.contents):
        if isinstance(node, Tag) and (node.name in BLOCKS or content.weight(node).blocks):
            runs.append([])
        elif isinstance(node, Tag) and node.name == "br":
            following = node.next_sibling
            while isinstance(following, NavigableString) and not following.strip():
                following = following.next_sibling
            if isinstance(following, Tag) and following.name == "br":
                node.extract()
                runs.append([])
            elif any(isinstance(before, Tag) or str(before).strip() for before in runs[-1]):
                runs[-1].append(node)
            else:
                node.extract()
        elif not isinstance(node, Comment):
            runs[-1].append(node)
    for run in runs:
        while run and isinstance(run[0], NavigableString) and not run[0].strip():
            run.pop(0).extract()
        if run and isinstance(run[0], NavigableString) and run[0][0].isspace():
            run[0].replace_with(trimmed := NavigableString(run[0].lstrip()))
            run[0] = trimmed
        while run and isinstance(run[-1], Tag) and run[-1].name == "br":
            run.pop().extract()
    return [run for run in runs if any(isinstance(node, Tag) or str(node).strip() for node in run)]


def wrap_runs(content: Content, runs: list[list[PageElement]]) -> None:
    for run in runs:
        paragraph = content.new("p")
        run[0].insert_before(paragraph)
        weight = content.weight(paragraph)
        for node in run:
            if isinstance(node, Tag):
                weight.add(content.weight(node), node.name)
            elif isinstance(node, NavigableString):
                weight.chars += len(node.strip())
            paragraph.append(node.extract())
        if paragraph.parent is not None:
            content.weight(paragraph.parent).blocks += 1


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
    """An item or a cell that is one paragraph needs none."""
    for tag in content.all({"li", "td", "th", "dd"}):
        children = [node for node in tag.contents if isinstance(node, Tag) or str(node).strip()]
        if len(children) == 1 and isinstance(children[0], Tag) and children[0].name == "p":
            children[0].unwrap()


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
    """Drop an element without text, but not the space that parts the words around it."""
    blank = tag.name not in BLOCKS and any(isinstance(node, NavigableString) for node in tag.contents)
    if blank:
        tag.replace_with(" ")
    else:
        tag.extract()
