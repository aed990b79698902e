"""The second look at a page's blocks: what the first judgement thinks of everything around each of them.

A teaser reads like the story and is dressed like it, but stands in a branch of the page of its own, among others that
are no content; the last line of a story may look like a button, but has the story around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import log1p
from operator import itemgetter

from quietpage.cleaner.document import Document
from quietpage.cleaner.elements import Block, Element, held_by
from quietpage.cleaner.measures import MEASURES, Row, Shape, shape

# "Expected" characters are those times the chance of their block to be content; density is their share of all.
CORES = (0.6, 0.85)  # shares of the expected characters: the innermost element that holds so much of them is a core
OF_CORE = ("density of core {}", "share of core {}")
OF_BRANCH = (  # the largest element around a block that is neither the core nor around it
    "levels from core {}", "share of branch from core {}", "density of branch from core {}",
    "characters of branch from core {}", "link density of branch from core {}", "levels below core {}",
)  # fmt: skip
OF_BLOCK = (
    "first judgement", "chance before", "chance after", "chance two before", "chance two after", "density around",
    "density in container 1", "density in container 2", "density in container 3",
    "expected before", "expected after", "density of blocks shaped alike", "share of blocks shaped alike expected",
)  # fmt: skip
OF_PAGE = ("expected share of page", "highest chance", "share surely expected")
PICKED = (  # measures that are looked at again
    "characters of page", "link density of page", "long blocks of page", "page is an article", "page is a thread",
    "described as", "kind of element", "in comments", "in another article", "container 1 characters a block",
    "container 2 share of page", "share of blocks shaped alike", "characters", "link density", "ends like a sentence",
    "words", "says", "share of numbers", "likeness to the excerpt", "repeats", "blocks since headline",
    "blocks since title",
)  # fmt: skip
SURROUNDINGS = (
    *(name.format(share) for share in CORES for name in OF_CORE),
    *OF_PAGE,
    *(name.format(share) for share in CORES for name in OF_BRANCH),
    *(f"side of core {share}" for share in CORES),
    *OF_BLOCK,
    *PICKED,
)
AROUND = 6  # blocks on either side
SURE = 0.85
BEYOND = -1.0
pick = itemgetter(*(MEASURES.index(name) for name in PICKED))


@dataclass(frozen=True, slots=True)
class Core:
    """The innermost element that holds a share of what is expected on a page.

    ``levels`` has the core and all around it by number, with how many levels up they are; ``first`` and ``last`` are
    the blocks in it; ``mass`` the expected characters in each element.
    """

    element: Element
    levels: dict[int, int]
    first: int
    last: int
    mass: Sequence[float]
    branches: dict[int, Row] = field(default_factory=dict)

    def of_core(self) -> Row:
        """OF_CORE."""
        mass = self.mass[self.element.at]
        return mass / (self.element.chars or 1), mass / (self.mass[0] or 1.0)

    def branch(self, element: Element) -> Row:
        """OF_BRANCH, for the branch that ``element`` stands in."""
        path, levels = [element], self.levels
        while (one := path[-1]).at not in self.branches and one.at not in levels:
            if one.parent is None or one.parent.at in levels:
                break
            path.append(one.parent)
        top = path.pop()
        row = self.branches.get(top.at) or self.measure_branch(top)
        self.branches[top.at] = row
        for one in reversed(path):
            row = self.branches[one.at] = (*row[:-1], row[-1] + 1.0)  # a level farther below
        return row

    def measure_branch(self, element: Element) -> Row:
        """OF_BRANCH of the largest element of a branch, of the core, or of one around it."""
        if element.at in self.levels:
            return float(self.levels[element.at]), 1.0, 1.0, log1p(element.chars), 0.0, 0.0
        level = float(self.levels[element.parent.at]) if element.parent is not None else 0.0
        size, mass = element.chars or 1, self.mass[element.at]
        return level, mass / (self.mass[0] or 1.0), mass / size, log1p(element.chars), element.link_chars / size, 1.0

    def side(self, at: int) -> float:
        """0 where a block stands before the core, 1 in it or among it, 2 behind it."""
        return 0.0 if at < self.first else 2.0 if at > self.last else 1.0


def look_around(
    document: Document,
    rows: Mapping[int, Row] | Sequence[Row],
    scores: Sequence[float],
    chances: Sequence[float],
    asked: Sequence[int],
) -> Iterator[Row]:
    """Yield a row for each of the blocks ``asked`` for by number, in SURROUNDINGS' order.

    ``rows`` are these blocks' measures, by number; ``scores`` and ``chances`` the first judgement of all blocks, as
    log-odds and from 0 to 1.
    """
    if not asked:
        return
    blocks, elements = document.blocks, document.elements
    chars = [block.chars for block in blocks]
    expected = [chance * size for chance, size in zip(chances, chars, strict=True)]
    total = sum(expected) or 1.0
    mass = held_by(elements, zip((block.element for block in blocks), expected, strict=True), 0.0)
    one, other = (find_core(document, mass, share * total) for share in CORES)
    sure = sum(mine for mine, chance in zip(expected, chances, strict=True) if chance > SURE)
    page = (*one.of_core(), *other.of_core(), total / sum(chars), max(chances), sure / total)
    of_shape = measure_shapes(blocks, expected, total)
    sums, sizes = [0.0, *accumulate(expected)], [0, *accumulate(chars)]
    near = (BEYOND, BEYOND, *chances, BEYOND, BEYOND)
    for at in asked:
        block, mine = blocks[at], expected[at]
        element, size = block.element, block.chars
        parent = element.parent or element
        above = parent.parent or parent
        top = above.parent or above
        alike, alike_size, alike_count = of_shape[shape(block)]
        low, high = max(0, at - AROUND), min(len(blocks), at + AROUND + 1)
        yield (
            *page,
            *one.branch(element),
            *other.branch(element),
            one.side(at),
            other.side(at),
            scores[at],
            near[at + 1],
            near[at + 3],
            near[at],
            near[at + 4],
            (sums[high] - sums[low] - mine) / (sizes[high] - sizes[low] - size or 1),
            (mass[parent.at] - mine) / (parent.chars - size or 1),
            (mass[above.at] - mine) / (above.chars - size or 1),
            (mass[top.at] - mine) / (top.chars - size or 1),
            sums[at] / total,
            (sums[-1] - sums[at + 1]) / total,
            (alike - mine) / (alike_size - size or 1) if alike_count > 1 else BEYOND,
            alike / total,
            *pick(rows[at]),
        )


def find_core(document: Document, mass: Sequence[float], least: float) -> Core:
    """The innermost element with at least ``least`` expected characters, and where every element stands to it."""
    elements = document.elements
    core = elements[0]
    for element in elements:
        if element.parent is core and mass[element.at] >= least:
            core = element
    levels: dict[int, int] = {}  # of the core and all around it
    current: Element | None = core
    while current is not None:
        levels[current.at] = len(levels)
        current = current.parent
    inside = [at for at, block in enumerate(document.blocks) if is_inside(block.element, core)]
    return Core(core, levels, inside[0] if inside else 0, inside[-1] if inside else len(document.blocks), mass)


def is_inside(element: Element, container: Element) -> bool:
    """Whether an element stands in a container: elements are numbered in page order, what is inside in one run."""
    return container.start <= element.start and element.end <= container.end


def measure_shapes(
    blocks: Sequence[Block], expected: Sequence[float], total: float
) -> dict[Shape, tuple[float, int, int]]:
    """Expected characters, characters and number of the blocks of each shape."""
    found: dict[Shape, tuple[float, int, int]] = {}
    for block, one in zip(blocks, expected, strict=True):
        key = shape(block)
        alike, size, count = found.get(key, (0.0, 0, 0))
        found[key] = (alike + one, size + block.chars, count + 1)
    return found
