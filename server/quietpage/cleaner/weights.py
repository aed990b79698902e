"""Small learned weights: how much a page's own words and measures speak for or against a block being content.

Two forests judge every block: the first by its text, its place and its containers, the second once more in the light
of what the first thinks of everything around it. Both are told what two lists of words say: those that describe an
element and everything around it (class, id, role, tag), and those in a short text. ``weights.json`` holds all four;
how they were fitted, on what, and how well they do on sites they have not seen, stands in
``tests/benchmarks/fit_weights.py``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from quietpage.cleaner.elements import Element
from quietpage.cleaner.forest import Judge, compile_forest
from quietpage.cleaner.measures import MEASURES
from quietpage.cleaner.surroundings import SURROUNDINGS


@dataclass(frozen=True, slots=True)
class Weights:
    """``described`` and ``said``: weight by word. ``first`` and ``second``: log-odds of a row of measures."""

    described: dict[str, float]
    said: dict[str, float]
    first: Judge
    second: Judge

    def describe(self, elements: Sequence[Element]) -> list[float]:
        """For each element the sum of the words that describe it or anything around it, each word once."""
        weights = self.described
        sums: list[float] = []
        said: list[frozenset[str]] = []
        known: dict[tuple[int, int], int] = {}  # siblings described alike: they share their description
        nothing: frozenset[str] = frozenset()
        for element in elements:
            around = element.parent.at if element.parent is not None else -1
            twin = known.setdefault((around, id(element.description)), element.at)
            if twin != element.at:
                sums.append(sums[twin])
                said.append(said[twin])
                continue
            before, total = (said[around], sums[around]) if around >= 0 else (nothing, 0.0)
            new = [word for word in element.description if word in weights and word not in before]
            for word in new:
                total += weights[word]
            sums.append(total)
            said.append(before.union(new) if new else before)
        return sums


def probability(score: float) -> float:
    """Log-odds to probability."""
    return 1 / (1 + exp(-score)) if score > -40 else 0.0


@cache
def load_weights() -> Weights:
    """The weights that ship with Quietpage, read once."""
    return read_weights(files("quietpage.cleaner").joinpath("weights.json").read_text(encoding="utf-8"))


def read_weights(text: str) -> Weights:
    """Weights out of their JSON. Raises ValueError where it was fitted for other measures than these."""
    data = json.loads(text)
    if tuple(data["measures"]) != MEASURES or tuple(data["surroundings"]) != SURROUNDINGS:
        raise ValueError("weights.json was fitted for other measures: fit it again")
    first = compile_forest(data["first"], len(MEASURES))
    second = compile_forest(data["second"], len(SURROUNDINGS))
    return Weights(data["described"], data["said"], first, second)
