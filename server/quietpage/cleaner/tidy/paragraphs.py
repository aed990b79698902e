"""Blocks: text outside paragraphs gets one, double line breaks part them, headings start at level two, voids go."""

from __future__ import annotations

from bs4 import Comment, Tag
from bs4.element import NavigableString, PageElement

from quietpage.cleaner.tidy.content import BLOCKS, HEADINGS, Content

WRAPPING = frozenset("div section article main aside header footer nav address center hgroup form fieldset".split())
BREAKABLE = WRAPPING | {"p", "blockquote"}
HOLDS_BLOCKS = WRAPPING | {"blockquote", "[document]"}
EMPTYABLE = frozenset(
    "p div section article aside header footer ul ol li dl dt dd h1 h2 h3 h4 h5 h6 figure figcaption blockquote a "
    "strong em b i u s small sup sub q cite ins del mark table thead tbody tfoot tr details summary pre code".split()
)
FULL = frozenset("img math hr video audio iframe".split())


def make_paragraphs(content: Content) -> None:
    """Put every run of text that stands beside blocks, and every part between double breaks, into a <p>."""
    content.tags.append(content.root)
    for tag in content.tags[:]:
        if not content.stands(tag) or tag.name not in BREAKABLE | {"[document]"}:
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
    content.tags.remove(content.root)


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
            elif runs[-1]:
                runs[-1].append(node)
            else:
                node.extract()
        elif not isinstance(node, Comment):
            runs[-1].append(node)
    for run in runs:
        while run and isinstance(run[-1], Tag) and run[-1].name == "br":
            run.pop().extract()
    return [run for run in runs if any(isinstance(node, Tag) or str(node).strip() for node in run)]


def wrap_runs(content: Content, runs: list[list[PageElement]]) -> None:
    for run in runs:
        paragraph = content.new("p")
        run[0].insert_before(paragraph)
        for node in run:
            paragraph.append(node.extract())


def level_headings(content: Content) -> None:
    """Number the levels in use from two on, none left out: the article's title is the reader's level one."""
    headings = content.all(HEADINGS)
    levels = {level: f"h{min(6, at)}" for at, level in enumerate(sorted({tag.name for tag in headings}), start=2)}
    for tag in headings:
        tag.name = levels[tag.name]


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
