"""Find the content of a page: judge every block, choose those that are content, cut the rest away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quietpage.article import REMOVED_MAX_CHARS, Removed
from quietpage.cleaner.beside import (
    says_it_is_an_article,
    without_counts,
    without_link_lists,
    without_other_articles,
    without_related,
    without_repeats,
    without_what_follows,
)
from quietpage.cleaner.company import company
from quietpage.cleaner.corrections import blocks_within, pictures_outside
from quietpage.cleaner.discussion import is_live, is_thread, without_comments
from quietpage.cleaner.document import Document
from quietpage.cleaner.elements import Block, Element, held_by
from quietpage.cleaner.measures import About, measure
from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.post_marks import marks_in
from quietpage.cleaner.posts import heads_of_entries, heads_of_posts
from quietpage.cleaner.surroundings import look_around
from quietpage.cleaner.weights import Weights, load_weights, probability
from quietpage.cleaner.written_tags import INLINE

# Between these a page's own threshold may lie: outside them it would say more about the page than about the block.
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 0.3, 0.6
# A page most of whose expected text is sure, or that says it is an article and surely holds one, needs no doubtful
# blocks: its threshold is higher.
SURE, MOSTLY_SURE, SURE_PAGE_THRESHOLD = 0.85, 0.8, 0.5
ARTICLE_SURE, ARTICLE_MIN_CHARS = 0.6, 1000
HARDLY = 0.01  # a block less likely than this at first sight is not looked at again
GENTLE_THRESHOLD = 0.1  # where hardly anything else is found
LITTLE_CHARS = 250  # a strict pass that finds less is followed by a gentler one
PICTURE_LEAST = -1.0  # the summed weight of the words around a picture, outside of what holds content
CHROME = frozenset({"nav", "footer", "aside"})
PLACE_NAMES = {"nav": "navigation", "footer": "the page's foot", "aside": "a sidebar", "header": "the page's head"}
MEDIA = re.compile(r"<(?:img|picture|video|audio|iframe|math|table)\b")
INLINE_TAG = re.compile(r"<(/?)([a-z][a-z0-9:-]*)(?: [^\s>]+?=\"[^\"]*+\")*+>")
EMPTY_TAGS = frozenset({"br", "input", "wbr"})


@dataclass(frozen=True, slots=True)
class Content:
    """The found content: its HTML, how sure we are of its best block (0 to 1), and its characters of text."""

    html: str
    certainty: float
    chars: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A page with the chance of each block to be content; and how each element is described."""

    document: Document
    about: About
    chances: Sequence[float]
    described: Sequence[float]
    weights: Weights


@dataclass(frozen=True, slots=True)
class Choice:
    """Which blocks were chosen, by their number; how many of them each element holds, by its number.

    ``tops`` has, for each element that holds none, the largest one around it that holds none either.
    """

    chosen: frozenset[int]
    kept: Sequence[int]
    tops: Sequence[Element | None]


def find_content(document: Document, metadata: Metadata, removed: list[Removed]) -> Content:
    """Return the page's content, noting in ``removed`` each piece that was cut away around and inside it.

    Each block is judged by small learned weights; the page's threshold is the one with the best expected F1. What the
    browser did not display, or is hardly likely, counts only where hardly anything else is found.
    """
    if document.selected:
        return selection(document)
    about = about_page(document, metadata)
    judged = judge(document, about)
    chosen = choose(judged, strict=True)
    if sum(document.blocks[at].chars for at in chosen) < LITTLE_CHARS:
        chosen = choose(judged, strict=False)
    chosen = without_comments(document, chosen, about)
    chosen = without_other_articles(document, chosen, about)
    chosen = without_repeats(document, chosen)
    chosen = without_what_follows(document, chosen, about)
    chosen = without_link_lists(document, chosen, about)
    chosen = without_related(document, chosen)
    chosen = without_counts(document, chosen)
    chosen |= blocks_within(document.kept, document.blocks)  # a person's correction is above all judgment
    if not chosen:
        return Content("", 0.0, 0)
    heads_of = heads_of_posts if about.is_thread else heads_of_entries
    marks = tuple(marks_in(document.body)) if about.is_thread or is_live(document) else ()
    chosen -= heads_of(document, chosen, marks).replaced
    choice = relate(document, chosen)
    if beside := company(document, chosen, choice.tops):
        choice = relate(document, chosen | beside)
    heads = heads_of(document, choice.chosen, marks)  # again: a post's first lines may have come with the company
    if heads.replaced:
        choice = relate(document, choice.chosen - heads.replaced)
    cuts = [*cut_rest(judged, choice, removed), *cut_pictures(judged, choice)]
    html = without(document.body, common_container(document, choice), cuts, heads.lines)
    return Content(html, max(judged.chances[at] for at in chosen), sum(document.blocks[at].chars for at in chosen))


def selection(document: Document) -> Content:
    """What a person selected in the page, whole: there is nothing to judge."""
    html = "".join(document.body[start:end] for start, end in document.kept)
    inside = blocks_within(document.kept, document.blocks)
    return Content(html, 1.0, sum(document.blocks[at].chars for at in inside))


def about_page(document: Document, metadata: Metadata) -> About:
    """What the page says of itself."""
    return About(metadata.title, metadata.excerpt or "", says_it_is_an_article(document), is_thread(document))


def judge(document: Document, about: About) -> Judged:
    """Judge every block by itself, then those that may be content once more by what is around them."""
    weights = load_weights()
    described = weights.describe(document.elements)
    scores, chances, asked = [], [], {}
    for at, row in enumerate(measure(document, about, described, weights.said)):
        scores.append(weights.first(*row))
        chances.append(probability(scores[at]))
        if chances[at] >= HARDLY:
            asked[at] = row
    looked = [probability(weights.second(*row)) for row in look_around(document, asked, scores, chances, list(asked))]
    for at, chance in zip(asked, looked, strict=True):
        chances[at] = chance
    return Judged(document, about, chances, described, weights)


def choose(judged: Judged, *, strict: bool) -> frozenset[int]:
    """The numbers of the blocks above the page's threshold; a strict choice leaves out what was not displayed."""
    able = [
        (chance, block.chars, at)
        for at, (block, chance) in enumerate(zip(judged.document.blocks, judged.chances, strict=True))
        if not (strict and block.element.place.not_displayed)
    ]
    if strict and (is_sure(able) or holds_an_article(judged.about, able)):
        least = SURE_PAGE_THRESHOLD
    else:
        least = min(HIGHEST_THRESHOLD, max(LOWEST_THRESHOLD if strict else GENTLE_THRESHOLD, best_threshold(able)))
    return frozenset(at for chance, _, at in able if chance >= least)


def is_sure(able: Sequence[tuple[float, int, int]]) -> bool:
    """Whether most of the page's expected content, by characters, is in blocks that are surely content."""
    expected = sum(chance * chars for chance, chars, _ in able)
    sure = sum(chance * chars for chance, chars, _ in able if chance > SURE)
    return sure > MOSTLY_SURE * expected


def holds_an_article(about: About, able: Sequence[tuple[float, int, int]]) -> bool:
    """Whether the page says it is an article, and holds the text of one."""
    chars = sum(chars for chance, chars, _ in able if chance > ARTICLE_SURE)
    return chars > ARTICLE_MIN_CHARS and about.is_article


def best_threshold(able: Sequence[tuple[float, int, int]]) -> float:
    """The chance at which taking every likelier block gives the best expected F1, by characters.

    With p the chance of a block and c its characters: F1 = 2 Σ(p·c of those taken) / (Σ(c taken) + Σ(p·c of all)).
    """
    total = sum(chance * chars for chance, chars, _ in able)
    hits = taken = best = 0.0
    threshold = 1.0
    for chance, chars, _ in sorted(able, reverse=True):
        hits += chance * chars
        taken += chars
        if 2 * hits / (taken + total) > best:
            best, threshold = 2 * hits / (taken + total), chance
    return threshold


def relate(document: Document, chosen: frozenset[int]) -> Choice:
    """Work out what every element holds of the choice."""
    kept = held_by(document.elements, ((document.blocks[at].element, 1) for at in chosen), 0)
    tops: list[Element | None] = [None] * len(document.elements)
    for element in document.elements:
        if not kept[element.at]:
            tops[element.at] = (element.parent and tops[element.parent.at]) or element
    return Choice(chosen, kept, tops)


def cut_rest(judged: Judged, choice: Choice, removed: list[Removed]) -> list[tuple[int, int]]:
    """Cut every block that was not chosen: with the largest element around it that holds nothing chosen, if any."""
    document, cuts = judged.document, []
    gone: dict[int, Element] = {}
    for at, block in enumerate(document.blocks):
        if at in choice.chosen:
            continue
        top = choice.tops[block.element.at]
        if top is None or top.tag in INLINE:  # a block may run on past the inline element it begins in
            spans = spans_of(document.body, block)
            cuts += spans
            html = "".join(document.body[start:end] for start, end in spans)
            removed.append(Removed("content", reason(judged, top or block.element), html[:REMOVED_MAX_CHARS]))
        else:
            gone.setdefault(top.at, top)
    for element in document.chrome:
        top = choice.tops[element.at] or element
        gone.setdefault(top.at, top)
    for top in gone.values():
        cuts.append((top.start, top.end))
        html = document.body[top.start : min(top.end, top.start + REMOVED_MAX_CHARS)]
        removed.append(Removed("content", reason(judged, top), html))
    return cuts


def spans_of(body: str, block: Block) -> list[tuple[int, int]]:
    """What to cut for a block whose element stays: all between its breaks, or its text alone where pictures stand in
    between, or tags that begin or end outside."""
    between = body[block.start : block.end]
    if MEDIA.search(between):
        return block.spans
    depth = 0
    for closing, name in INLINE_TAG.findall(between):
        if name not in EMPTY_TAGS:
            depth += -1 if closing else 1
            if depth < 0:
                return block.spans
    return [(block.start, block.end)] if depth == 0 else block.spans


def reason(judged: Judged, top: Element) -> str:
    """Say to a person why a piece was taken for something else than content: what weighed most."""
    if top.place.not_displayed or top.place.hidden:
        return "hidden on the page"
    place = next((name for tag, name in PLACE_NAMES.items() if tag in top.place.landmarks), None)
    if place:
        return f"in {place}"
    if top.link_chars > top.chars / 2:
        return f"mostly links ({100 * top.link_chars // (top.chars or 1)} % of its text)"
    words = [word for word in top.description if judged.weights.described.get(word, 0.0) < -0.3 and word[0] != "<"]
    if words:
        return "described as " + ", ".join(f"“{word}”" for word in words[:3])
    return "unlike the content around it"


def cut_pictures(judged: Judged, choice: Choice) -> list[tuple[int, int]]:
    """Cut pictures that stand where clutter stands: in chrome, hidden, or described as something else than content."""
    cuts = []
    for picture in pictures_outside(judged.document.kept, judged.document.pictures):  # nor above a correction
        element: Element | None = picture.element
        if picture.element.place.not_displayed or not CHROME.isdisjoint(picture.element.place.landmarks):
            cuts.append((picture.start, picture.end))
            continue
        described = 0.0
        while element is not None and not choice.kept[element.at]:
            described += sum(judged.weights.described.get(word, 0.0) for word in element.description[1:])
            element = element.parent
        if described < PICTURE_LEAST:
            cuts.append((picture.start, picture.end))
    return cuts


def common_container(document: Document, choice: Choice) -> Element:
    """The innermost element that holds every chosen block, whole."""
    element = document.blocks[next(iter(choice.chosen))].element
    while (choice.kept[element.at] < len(choice.chosen) or element.tag in INLINE) and element.parent is not None:
        element = element.parent
    return element


def without(body: str, container: Element, cuts: list[tuple[int, int]], lines: dict[int, str]) -> str:
    """The container's HTML without what was cut, and with lines put in at their places.

    A space parts texts that only a cut stood between.
    """
    pieces = [line for place, line in lines.items() if place < container.start]
    at = container.start
    for start, end in sorted([*cuts, *((place, place) for place in lines)]):
        if start >= at and end <= container.end:
            add(pieces, body[at:start])
            add(pieces, lines.get(start, "") if start == end else "")
            at = end
    add(pieces, body[at : container.end])
    return "".join(pieces)


def add(pieces: list[str], html: str) -> None:
    """Put a piece of HTML behind others, apart from their text."""
    if pieces and html and html[0] not in "< \n" and pieces[-1][-1] not in "> \n":
        pieces.append(" ")
    if html:
        pieces.append(html)
