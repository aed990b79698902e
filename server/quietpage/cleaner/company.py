"""What belongs to chosen blocks, though it does not look like content by itself: captions, tables, subheadings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from quietpage.cleaner.document import Document
from quietpage.cleaner.elements import Block, Element
from quietpage.cleaner.measures import shape
from quietpage.cleaner.words.clutter import COMMENTS_LEAD, PROMOTION, RELATED_LEAD, WIDGET_WORD
from quietpage.cleaner.words.content import CODE_BOX_CLASS, CREDIT, EMBEDDED_POST, PLAYS_MARK

CAPTION_MAX_CHARS, CAPTION_BLOCKS = 400, 4  # of a picture's caption and credit together
CAPTIONED = re.compile(r"<fig(?:ure|caption)\b|class=\"[^\"]*caption", re.IGNORECASE)
PICTURE = re.compile(r"<(?:(?:amp-)?img|iframe|video|audio)\b|background-image:|data-bg")
PLAYED_OR_FILLED = re.compile(r"<(?:audio|iframe|video|form)\b")
CHROME = frozenset({"nav", "footer", "aside"})
HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
HEADING_MAX_CHARS = 120
QUOTED_MAX_CHARS = 120  # of a line that says who is quoted: name, office, book
BETWEEN_MAX_CHARS = 80  # longer ones are judged well by themselves; what is left out of them was said before
DEFINITIONS = 4  # blocks in a list of them: two terms
LABELS, LABEL_MAX_CHARS = 2, 40  # that may stand between a table and the text it belongs to
NEAR = 4  # levels up within which a heading and what it heads meet
ALIKE = 5  # chosen blocks of one shape that make the next one of that shape content too
BESIDE, PARAGRAPH_MIN_CHARS = 2, 200  # chosen paragraphs of so many characters, beside which another one is content
FORMULA_CLASS = re.compile(r"(?:^|\s)(?:katex|MathJax)", re.IGNORECASE)  # of what draws them
TEX_BEGINS = ("\\[", "\\(", "\\begin{", "$$")
FORMULA_DEPTH = 12  # elements around a glyph within its formula
SENTENCE_END = re.compile(r"[.!?…。！？؟][\"”’»)]*$")


def company(document: Document, chosen: frozenset[int], tops: Sequence[Element | None]) -> frozenset[int]:
    """The numbers of the blocks that belong to chosen ones; ``tops`` as in the choice that was made."""
    found = set(captions(document, chosen, tops)) | tables_and_code(document, chosen)
    found |= set(embedded_posts(document, chosen))
    found |= set(paragraphs_alike(document, chosen))
    found |= set(paragraphs_beside(document, chosen))
    found |= set(steps_and_quotations(document, chosen))
    found |= set(subheadings(document, chosen | found))
    found |= set(headed(document, chosen | found))
    found = {at for at in found if is_shown(document.blocks[at])}
    return frozenset(found | set(quoted_people(document, chosen)) | set(formulas(document, chosen | found)))


def is_shown(block: Block) -> bool:
    element = block.element
    return not (element.place.hidden or element.place.not_displayed) and CHROME.isdisjoint(element.place.landmarks)


def captions(document: Document, chosen: frozenset[int], tops: Sequence[Element | None]) -> Iterator[int]:
    """The blocks of figures among the content: they stay with their picture, and later leave the text with it."""
    seen: dict[int, bool] = {}
    for at, block in enumerate(document.blocks):
        top = tops[block.element.at]
        if at not in chosen and top is not None:
            if top.at not in seen:
                seen[top.at] = is_captioned_picture(document, top, block)
            if seen[top.at]:
                yield at


def is_captioned_picture(document: Document, element: Element, first: Block) -> bool:
    """Whether an element is a figure, or says it holds a caption or a credit, and holds a picture with a few words.

    ``first`` is the first block in it.
    """
    if element.chars > CAPTION_MAX_CHARS or element.blocks > CAPTION_BLOCKS:
        return False
    html = document.html(element)
    if element.link_chars * 2 > element.chars:
        return element.tag == "figure" and is_linked_embed(html, first)
    says_so = bool(CAPTIONED.search(html) or CREDIT.search(first.text))
    if PLAYED_OR_FILLED.search(html):  # of a player only a figure with a caption of its own is surely the story's
        says_so = "<figcaption" in html and "<form" not in html and not PROMOTION.fullmatch(first.text)
    return says_so and bool(PICTURE.search(html))


def embedded_posts(document: Document, chosen: frozenset[int]) -> Iterator[int]:
    """The blocks of posts of social sites that are quoted between chosen blocks."""
    run: list[int] = []
    for at, block in enumerate(document.blocks if "<blockquote" in document.body else ()):
        if is_embedded_post(block.element):
            run.append(at)
        else:
            if run and at in chosen and run[0] - 1 in chosen:
                yield from run
            run = []


def is_linked_embed(html: str, first: Block) -> bool:
    """Whether a figure is what a clean page has in the place of an embed: a caption that links to what it showed.

    Other figures whose caption is a link are teasers, and hold a picture.
    """
    return "<figcaption" in html and (first.text.startswith(PLAYS_MARK) or not PICTURE.search(html))


def quoted_people(document: Document, chosen: frozenset[int]) -> Iterator[int]:
    """The lines that say who is quoted, in a footer even: right beside a chosen block of the same quotation."""
    blocks = document.blocks if "<blockquote" in document.body else []
    for at, block in enumerate(blocks):
        if at in chosen or block.chars > QUOTED_MAX_CHARS or (quotation := quotation_around(block.element)) is None:
            continue
        if block.element.place.hidden or block.element.place.not_displayed or is_button(block):
            continue
        beside = (near for near in (at - 1, at + 1) if near in chosen)
        if any(quotation_around(blocks[near].element) is quotation for near in beside):
            yield at


def quotation_around(element: Element | None) -> Element | None:
    """The innermost quotation around an element, itself included; the figure, where it has one with a caption."""
    while element is not None and element.tag not in ("blockquote", "figcaption"):
        element = element.parent
    if element is not None and element.parent is not None and element.parent.tag == "figure":
        return element.parent
    return element


def is_button(block: Block) -> bool:
    return bool(PROMOTION.fullmatch(block.text) or WIDGET_WORD.fullmatch(block.text))


def is_embedded_post(element: Element | None) -> bool:
    quotation = quotation_around(element)
    return quotation is not None and bool(EMBEDDED_POST.search(quotation.class_name))


def formulas(document: Document, chosen: frozenset[int] | set[int]) -> Iterator[int]:
    """The blocks of formulas right beside chosen ones: drawn in glyphs, and hidden from those who cannot see them."""
    for at, block in enumerate(document.blocks):
        beside = at not in chosen and (at - 1 in chosen or at + 1 in chosen)
        if beside and (block.text.startswith(TEX_BEGINS) or block.element.is_named(FORMULA_CLASS, FORMULA_DEPTH)):
            yield at


def tables_and_code(document: Document, chosen: frozenset[int]) -> set[int]:
    """The blocks of data tables, definitions and code that stand among chosen ones: none is kept in part."""
    wholes = wholes_of(document)
    runs: dict[int, list[int]] = {}
    for at, block in enumerate(document.blocks):
        if (whole := wholes[block.element.at]) is not None:
            runs.setdefault(whole.at, []).append(at)
    kept = set(chosen)
    for number, run in runs.items():
        if document.elements[number].tag == "dl" and not defines(document, run):
            continue
        beside = is_near(document, chosen, run[0], -1) + is_near(document, chosen, run[-1], 1)
        is_code = is_code_block(document.elements[number])
        headed = run[0] - 1 in kept and is_heading(document.blocks[run[0] - 1])
        if beside == 2 or headed or (beside and (is_code or any(at in chosen for at in run))):
            kept.update(run)
    return kept - chosen


def defines(document: Document, run: Sequence[int]) -> bool:
    """Whether the blocks of a list of terms say something of them, not only a label's value."""
    return len(run) >= DEFINITIONS and any(reads_on(document.blocks[at]) for at in run)


def is_near(document: Document, chosen: frozenset[int], at: int, step: int) -> bool:
    """Whether a chosen block is next in one direction, a few labels and buttons passed over."""
    for near in range(at + step, at + step * (LABELS + 2), step):
        if near in chosen:
            return True
        if not 0 <= near < len(document.blocks) or document.blocks[near].chars > LABEL_MAX_CHARS:
            return False
    return False


def wholes_of(document: Document) -> list[Element | None]:
    """For each element of the page, the data table, the definitions or the block of code it belongs to, if any."""
    wholes: list[Element | None] = []
    for element in document.elements:
        whole = wholes[element.parent.at] if element.parent is not None else None
        tag = element.written
        if (
            (tag.class_name and is_code_box(tag.class_name))
            or tag.name == "pre"
            or (tag.name == "dl" and element.link_chars * 2 <= element.chars)
        ):
            whole = element
        elif tag.name == "table":
            whole = element if is_data_table(document, element) else None
        wholes.append(whole)
    return wholes


def is_code_block(element: Element) -> bool:
    return element.tag == "pre" or is_code_box(element.class_name)


@lru_cache(maxsize=4096)
def is_code_box(class_name: str) -> bool:
    return bool(CODE_BOX_CLASS.search(class_name))


def is_data_table(document: Document, table: Element) -> bool:
    html = document.html(table) if table.link_chars * 2 <= table.chars else ""
    return "<th" in html and html.count("<table") == 1


def paragraphs_alike(document: Document, chosen: frozenset[int]) -> Iterator[int]:
    """Sentences right after a chosen block and of one shape with many: a story's last line, a short paragraph."""
    counts = Counter(shape(document.blocks[at]) for at in chosen)
    last = -2
    for at, block in enumerate(document.blocks):
        if at in chosen:
            last = at
        elif last == at - 1 and not block.links and counts[shape(block)] >= ALIKE and reads_on(block):
            last = at
            yield at


def paragraphs_beside(document: Document, chosen: frozenset[int]) -> Iterator[int]:
    """Long sentences without links that stand beside chosen ones of their shape, in the same element.

    However far apart: behind a table of 10,000 rows, the last paragraph seems to stand in no story.
    """
    long = (block for at in chosen if (block := document.blocks[at]).chars >= PARAGRAPH_MIN_CHARS)
    counts = Counter((block.element.parent, shape(block)) for block in long)
    for at, block in enumerate(document.blocks if counts else ()):
        if at in chosen or block.chars < PARAGRAPH_MIN_CHARS or block.links:
            continue
        if counts[block.element.parent, shape(block)] >= BESIDE and reads_on(block):
            yield at


def steps_and_quotations(document: Document, chosen: frozenset[int]) -> Iterator[int]:
    """Short sentences of a list's items, and quotations of one line, right between two chosen blocks."""
    for at in chosen:
        if at + 1 in chosen or at + 2 not in chosen or (block := document.blocks[at + 1]).links:
            continue
        if block.chars > BETWEEN_MAX_CHARS or is_button(block):
            continue
        element: Element | None = block.element
        while element is not None and element.tag not in ("li", "blockquote"):
            element = element.parent
        if element is not None and (element.tag == "blockquote" or reads_on(block)):
            yield at + 1


def reads_on(block: Block) -> bool:
    """Whether a block is a sentence of its own, and none that promotes."""
    return bool(SENTENCE_END.search(block.text)) and not PROMOTION.fullmatch(block.text)


def subheadings(document: Document, chosen: frozenset[int]) -> Iterator[int]:
    """Headings right before a chosen block of the same part of the page; the first text of all has the title, unless it
    is a list, such as the points of a summary."""
    blocks, first = document.blocks, min(chosen)
    if blocks[first].element.tag == "li":
        first -= 2
    for at in range(len(blocks) - 2, max(first, -1), -1):
        block = blocks[at]
        below = at + 1
        while below < len(blocks) and below not in chosen and is_control(blocks[below]):
            below += 1
        if at in chosen or below not in chosen or block.chars > HEADING_MAX_CHARS or not is_heading(block):
            continue
        lead = RELATED_LEAD.match(block.text) or COMMENTS_LEAD.fullmatch(block.text) or PROMOTION.fullmatch(block.text)
        if not lead and meet(block.element, blocks[below].element):
            yield at


def headed(document: Document, chosen: frozenset[int]) -> Iterator[int]:
    """Sentences right below a chosen heading, of the same part of the page: it heads something."""
    blocks = document.blocks
    for at in chosen:
        below = at + 1
        if below in chosen or below >= len(blocks) or blocks[below].links or not is_heading(blocks[at]):
            continue
        if reads_on(blocks[below]) and meet(blocks[at].element, blocks[below].element):
            yield below


def is_control(block: Block) -> bool:
    """Whether a block is a button, or a number alone as a post's votes are."""
    return block.element.tag == "button" or block.text.isdecimal()


def is_heading(block: Block) -> bool:
    if block.link_chars * 2 > block.chars:
        return False
    return block.element.tag in HEADINGS or (block.element.parent is not None and block.element.parent.tag in HEADINGS)


def meet(one: Element, other: Element) -> bool:
    """Whether two elements have an element in common a few levels above."""
    return not ancestors(one).isdisjoint(ancestors(other))


def ancestors(element: Element) -> set[int]:
    found: set[int] = set()
    parent = element.parent
    while parent is not None and len(found) < NEAR:
        found.add(parent.at)
        parent = parent.parent
    return found
