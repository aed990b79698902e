"""Find the content of a page: judge every block, choose those that are content, cut the rest away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quietpage.article import Removed
from quietpage.cleaner.document import Block, Document, Element
from quietpage.cleaner.measures import Row, measure
from quietpage.cleaner.weights import Weights, description, load_weights, probability

# Between these a page's own threshold may lie: outside them it would say more about the page than about the block.
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 0.25, 0.6
LITTLE_CHARS = 250  # a strict pass that finds less is followed by a gentler one
REMOVED_MAX_CHARS = 20_000  # of one removed piece's HTML: enough to recognise it by
CHROME = ("nav", "footer", "aside")
PLACE_NAMES = {"nav": "navigation", "footer": "the page's foot", "aside": "a sidebar", "header": "the page's head"}


@dataclass(frozen=True, slots=True)
class Content:
    """The found content: its HTML, how sure we are of its best block (0 to 1), and its characters of text."""

    html: str
    certainty: float
    chars: int


@dataclass(frozen=True, slots=True)
class Judged:
    """All blocks of a page with their measures, and the probability of each to be content."""

    blocks: Sequence[Block]
    rows: Sequence[Row]
    chances: Sequence[float]
    described: dict[int, float]
    weights: Weights


def find_content(document: Document, title: str, removed: list[Removed]) -> Content:
    """Return the page's content and cut everything else out of ``document``, noting each piece in ``removed``.

    Each block is judged by small learned weights; the page's threshold is the one with the best expected F1. What the
    browser did not display counts only where hardly anything else is found.
    """
    judged = judge(document, title)
    chosen = choose(judged, strict=True)
    if sum(block.chars for block in chosen) < LITTLE_CHARS:
        chosen = choose(judged, strict=False)
    if not chosen:
        return Content("", 0.0, 0)
    kept = count_kept(chosen)
    cut_rest(document, judged, kept, {id(block) for block in chosen}, removed)
    cut_pictures(document, judged, chosen, kept)
    best = max(
        chance for block, chance in zip(judged.blocks, judged.chances, strict=True) if id(block) in kept_ids(chosen)
    )
    return Content(document.html(common_container(chosen, kept)), best, sum(block.chars for block in chosen))


def kept_ids(chosen: Sequence[Block]) -> set[int]:
    return {id(block) for block in chosen}


def judge(document: Document, title: str) -> Judged:
    """Measure and weigh every block."""
    weights = load_weights()
    described: dict[int, float] = {}
    rows = measure(document, title, lambda element: weights.describe(element, described))
    return Judged(document.blocks, rows, [probability(weights.score(row)) for row in rows], described, weights)


def choose(judged: Judged, *, strict: bool) -> list[Block]:
    """The blocks above the page's threshold; a strict choice leaves out what the browser did not display."""
    able = [
        (block, chance)
        for block, chance in zip(judged.blocks, judged.chances, strict=True)
        if not (strict and block.element.not_displayed)
    ]
    least = min(HIGHEST_THRESHOLD, max(LOWEST_THRESHOLD, best_threshold(able)))
    return [block for block, chance in able if chance >= least]


def best_threshold(able: Sequence[tuple[Block, float]]) -> float:
    """The chance at which taking every likelier block gives the best expected F1, by characters.

    With p the chance of a block and c its characters: F1 = 2 Σ(p·c of those taken) / (Σ(c taken) + Σ(p·c of all)).
    """
    total = sum(chance * block.chars for block, chance in able)
    hits = taken = best = 0.0
    threshold = 1.0
    for block, chance in sorted(able, key=lambda pair: -pair[1]):
        hits += chance * block.chars
        taken += block.chars
        if 2 * hits / (taken + total) > best:
            best, threshold = 2 * hits / (taken + total), chance
    return threshold


def count_kept(chosen: Sequence[Block]) -> dict[int, int]:
    """How many chosen blocks each element holds, by its id."""
    kept: dict[int, int] = {}
    for block in chosen:
        element: Element | None = block.element
        while element is not None:
            kept[id(element)] = kept.get(id(element), 0) + 1
            element = element.parent
    return kept


def cut_rest(
    document: Document, judged: Judged, kept: dict[int, int], chosen: set[int], removed: list[Removed]
) -> None:
    """Cut every block that was not chosen: with the largest element around it that holds nothing chosen, if any."""
    gone: set[int] = set()
    for block, row in zip(judged.blocks, judged.rows, strict=True):
        if id(block) in chosen:
            continue
        top = outermost_without(block.element, kept)
        if top is None:
            removed.append(
                Removed("content", reason(judged, block, block.element, row), block.text[:REMOVED_MAX_CHARS])
            )
            for node in block.nodes:
                node.decompose()
        elif id(top) not in gone:
            gone.add(id(top))
            html = document.html(top)[:REMOVED_MAX_CHARS]
            removed.append(Removed("content", reason(judged, block, top, row), html))
    for block in judged.blocks:
        top = outermost_without(block.element, kept)
        if top is not None and id(top) in gone:
            gone.discard(id(top))
            top.node.decompose()


def outermost_without(element: Element, kept: dict[int, int]) -> Element | None:
    """The largest element around that holds no chosen block; None where the element itself holds one."""
    if id(element) in kept:
        return None
    while element.parent is not None and id(element.parent) not in kept:
        element = element.parent
    return element


def reason(judged: Judged, block: Block, top: Element, row: Row) -> str:
    """Say to a person why a piece was taken for something else than content: what weighed most."""
    if top.not_displayed or top.hidden:
        return "hidden on the page"
    place = next((name for tag, name in PLACE_NAMES.items() if tag in block.element.places), None)
    if place:
        return f"in {place}"
    if top.link_chars > top.chars / 2:
        return f"mostly links ({100 * top.link_chars // (top.chars or 1)} % of its text)"
    words = [word for word in description(top) if judged.weights.words.get(word, 0.0) < -0.3 and word[0] != "<"]
    if words:
        return "described as " + ", ".join(f"“{word}”" for word in words[:3])
    contributions = judged.weights.contributions(row)
    return f"unlike the content around it: {min(contributions, key=contributions.__getitem__)}"


def cut_pictures(document: Document, judged: Judged, chosen: Sequence[Block], kept: dict[int, int]) -> None:
    """Cut pictures that stand where clutter stands: in chrome, hidden, or described worse than any chosen block."""
    worst = min(judged.described[id(block.element)] for block in chosen)
    for node, element in document.pictures:
        if outermost_without(element, kept) is None:
            continue  # among the content
        described = judged.weights.describe(element, judged.described)
        clutter = element.not_displayed or described < worst or any(place in element.places for place in CHROME)
        if clutter and node.parent is not None:
            node.decompose()


def common_container(chosen: Sequence[Block], kept: dict[int, int]) -> Element:
    """The innermost element that holds every chosen block."""
    element = chosen[0].element
    while kept[id(element)] < len(chosen) and element.parent is not None:
        element = element.parent
    return element
