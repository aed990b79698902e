"""What stands beside the story it was chosen with: other articles of the site, and what was said before."""

from __future__ import annotations

from quietpage.cleaner.blocks import Block, Element
from quietpage.cleaner.discussion import chosen_chars, is_thread
from quietpage.cleaner.document import Document
from quietpage.cleaner.measures import find_title

TITLE_LIKENESS = 0.5  # of the words of the page's title and of a line, the share that they have in common
STORY_MIN_CHARS = 300  # of the article that holds the title: less is a title alone
REPEATED_MIN_CHARS = 80  # shorter lines may well be said twice


def without_other_articles(document: Document, chosen: frozenset[int], title: str) -> frozenset[int]:
    """Return ``chosen`` without the blocks of other <article> elements than the one that holds the page's title.

    Those stand beside it as teasers, or in it as comments (HTML standard §4.3.2). In a thread they are its posts.
    """
    _, at, likeness = find_title(document.blocks, title)
    own = article_around(document.blocks[at]) if at is not None and likeness >= TITLE_LIKENESS else None
    if own is None:
        return chosen
    others = articles_beside(document, own)
    left = frozenset(at for at in chosen if document.blocks[at].element.at not in others)
    if left == chosen or chosen_chars(document, left)[own.at] < STORY_MIN_CHARS or is_thread(document):
        return chosen
    return left


def article_around(block: Block) -> Element | None:
    """The innermost <article> around a block."""
    element: Element | None = block.element
    while element is not None and element.tag != "article":
        element = element.parent
    return element


def articles_beside(document: Document, own: Element) -> set[int]:
    """The numbers of all elements in <article> elements other than ``own`` and those around it."""
    around = set()
    above: Element | None = own
    while above is not None:
        around.add(above.at)
        above = above.parent
    others: set[int] = set()
    for element in document.elements:
        inside = element.parent is not None and element.parent.at in others
        if inside or (element.tag == "article" and element.at not in around):
            others.add(element.at)
    return others


def without_repeats(document: Document, chosen: frozenset[int]) -> frozenset[int]:
    """Return ``chosen`` without paragraphs that stand before, to the letter, elsewhere on the page.

    Pages hold copies for phones and for machines. What is said twice in one place, such as a refrain, is meant.
    """
    said: dict[str, set[int]] = {}  # the numbers of the containers that hold a text
    repeats = set()
    for at in sorted(chosen):
        block = document.blocks[at]
        if block.chars >= REPEATED_MIN_CHARS:
            container = (block.element.parent or block.element).at
            places = said.setdefault(block.text, {container})
            if container not in places:
                repeats.add(at)
    return chosen - repeats
