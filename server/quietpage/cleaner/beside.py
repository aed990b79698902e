"""What stands beside the story it was chosen with: what follows it, and what was said before."""

from __future__ import annotations

import re

from quietpage.cleaner.discussion import chosen_chars
from quietpage.cleaner.document import Document
from quietpage.cleaner.elements import Element
from quietpage.cleaner.measures import TITLE_WITHIN_BLOCKS, About, article_of_headline, find_title, words_of
from quietpage.cleaner.words.clutter import RELATED_LEAD

STORY_MIN_CHARS = 300  # of the article that holds the title: less is a title alone
REPEATED_MIN_CHARS = 80  # shorter lines may well be said twice
CORE_SHARE = 0.6  # of the chosen text: the element that holds so much is the story,
CORE_MIN_CHARS = 1000  # if it is long enough to be one
BRANCH_SHARE, BRANCH_LINK_DENSITY = 0.5, 0.12  # a smaller branch behind it, partly links, leads elsewhere
LIST_SHARE, LINKED_SHARE = 0.2, 0.95  # a small list of nothing but links
HEADLINE_MIN_CHARS = 25  # on average: shorter links are an index
LEAD_MAX_CHARS, LEAD_REST_CHARS = 40, 3  # a line that says "See also" and nothing else,
BOX_MAX_CHARS, BOX_LINKED_SHARE = 400, 0.6  # in a small box whose other lines are mostly links
COUNT = re.compile(r"\d{1,4}|\d{1,3}(?:[.,]\d{1,3})?[kKmM]")
COUNT_BEARERS = frozenset({"div", "span", "button", "a", "strong", "b"})
ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*NewsArticle|Article|BlogPosting|Report)"')  # schema.org


def without_other_articles(document: Document, chosen: frozenset[int], about: About) -> frozenset[int]:
    """Return ``chosen`` without the blocks of other <article> elements than the one that holds the page's title.

    Those stand beside it as teasers, or in it as comments (HTML standard §4.3.2). In a thread they are its posts.
    """
    if about.is_thread or sum(element.tag == "article" for element in document.elements) < 2:
        return chosen
    words = [words_of(block) for block in document.blocks[:TITLE_WITHIN_BLOCKS]]
    own = article_of_headline(document, find_title(document, words, about.title))
    if own is None:
        return chosen
    around = outward(own)
    left = frozenset(
        at for at in chosen if (article := document.blocks[at].element.article) is None or article in around
    )
    return chosen if chosen_chars(document, left)[own.at] < STORY_MIN_CHARS else left


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


def without_what_follows(document: Document, chosen: frozenset[int], about: About) -> frozenset[int]:
    """Return ``chosen`` without teasers that follow the story, on a page that says it is an article.

    The story is the innermost element with most of the chosen text. What stands behind its last block is cut in whole
    branches, where such a branch is smaller than the story and a part of it is links.
    """
    chars = chosen_chars(document, chosen)
    if not chars or not about.is_article:
        return chosen
    story = innermost_with_most(document, chars)
    if chars[story.at] < CORE_MIN_CHARS:
        return chosen
    above = {element.at for element in outward(story)}
    branches = {at: branch(document.blocks[at].element, above) for at in chosen}
    last = max((at for at in chosen if story in outward(document.blocks[at].element)), default=len(document.blocks))
    return frozenset(
        at
        for at in chosen
        if at < last
        or (one := branches[at]).at in above
        or story in outward(one)
        or chars[one.at] > BRANCH_SHARE * chars[story.at]
        or one.link_chars < BRANCH_LINK_DENSITY * one.chars
    )


def innermost_with_most(document: Document, chars: list[int]) -> Element:
    """The innermost element that holds most of the chosen characters; ``chars`` has them for each element."""
    found = document.elements[0]
    for element in document.elements:
        if element.parent is found and chars[element.at] >= CORE_SHARE * chars[0]:
            found = element
    return found


def outward(element: Element) -> list[Element]:
    """An element and all around it."""
    path = [element]
    while path[-1].parent is not None:
        path.append(path[-1].parent)
    return path


def branch(element: Element, above: set[int]) -> Element:
    """The largest element around ``element`` that is none of ``above``; itself where it is one of them."""
    while element.at not in above and element.parent is not None and element.parent.at not in above:
        element = element.parent
    return element


def says_it_is_an_article(document: Document) -> bool:
    """Whether Open Graph or JSON-LD calls the page an article."""
    kind = document.attribute('meta[property="og:type"]', "content") or ""
    return kind.lower() == "article" or any(ARTICLE_TYPE.search(script) for script in document.json_ld())


def without_link_lists(document: Document, chosen: frozenset[int], about: About) -> frozenset[int]:
    """Return ``chosen`` without lists of nothing but headlines that link elsewhere, on a page that says it is an
    article: a story put its readers' way, not a part of this one."""
    if not about.is_article:
        return chosen
    total = sum(document.blocks[at].chars for at in chosen)
    lists: set[int] = set()
    for element in document.elements:
        inside = element.parent is not None and element.parent.at in lists
        if inside or (element.tag in ("ul", "ol") and is_link_list(element) and element.chars < LIST_SHARE * total):
            lists.add(element.at)
    return frozenset(at for at in chosen if document.blocks[at].element.at not in lists)


def is_link_list(element: Element) -> bool:
    """Whether a list holds headlines, each a link and nothing else."""
    return (
        element.blocks > 0
        and element.link_chars >= LINKED_SHARE * element.chars
        and element.chars >= HEADLINE_MIN_CHARS * element.blocks
    )


def without_related(document: Document, chosen: frozenset[int]) -> frozenset[int]:
    """Return ``chosen`` without the links of small boxes that announce other stories in a line of their own, and
    without such a line whose links were not chosen."""
    boxes: set[int] = set()
    alone: set[int] = set()
    for at, block in enumerate(document.blocks):
        lead = RELATED_LEAD.match(block.text) if block.chars <= LEAD_MAX_CHARS else None
        if lead is None or block.chars - lead.end() > LEAD_REST_CHARS:
            continue
        if at + 1 not in chosen:
            alone.add(at)
        box = block.element.parent
        if box is None or box.chars > BOX_MAX_CHARS:
            continue
        if box.link_chars >= BOX_LINKED_SHARE * (box.chars - block.chars) > 0:
            boxes.add(box.at)
    for element in document.elements if boxes else ():
        if element.parent is not None and element.parent.at in boxes:
            boxes.add(element.at)
    return frozenset(at for at in chosen - alone if document.blocks[at].element.at not in boxes)


def without_counts(document: Document, chosen: frozenset[int]) -> frozenset[int]:
    """Return ``chosen`` without numbers alone in a box: votes, shares, comments. Those in tables and lists stay."""
    return frozenset(
        at
        for at in chosen
        if (block := document.blocks[at]).element.tag not in COUNT_BEARERS or not COUNT.fullmatch(block.text)
    )
