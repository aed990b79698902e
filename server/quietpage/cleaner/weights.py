"""Small learned weights: how much each word and each measure speaks for or against a block being content.

The model is additive, so that every judgement can be explained: a sum of one weight for each word that describes the
block or anything around it, and one step function for each measure. ``weights.json`` holds it; how it was fitted, on
what, and how well it does on sites it has not seen, stands in ``tests/benchmarks/fit_weights.py``.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from quietpage.cleaner.blocks import Element
from quietpage.cleaner.measures import MEASURES


@dataclass(frozen=True, slots=True)
class Weights:
    """``words``: weight by word. ``steps``: for each measure its bounds and one more weight than bounds."""

    words: dict[str, float]
    steps: tuple[tuple[list[float], list[float]], ...]
    start: float

    def describe(self, elements: Sequence[Element]) -> list[float]:
        """For each element the sum of the words that describe it or anything around it, each word once."""
        sums: list[float] = []
        said: list[frozenset[str]] = []
        known: dict[tuple[int, str, tuple[str, ...]], int] = {}  # siblings described alike
        for element in elements:
            around = element.parent.at if element.parent is not None else -1
            twin = known.setdefault((around, element.tag, element.words), element.at)
            if twin != element.at:
                sums.append(sums[twin])
                said.append(said[twin])
                continue
            before = said[around] if around >= 0 else frozenset()
            new = [word for word in description(element) if word in self.words and word not in before]
            sums.append((sums[around] if around >= 0 else 0.0) + sum(self.words[word] for word in new))
            said.append(before.union(new) if new else before)
        return sums

    def scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """For each row of measures the log-odds that its block is content."""
        totals = [self.start] * len(rows)
        for (bounds, weights), column in zip(self.steps, zip(*rows, strict=True), strict=False):
            weighed = {value: weights[bisect_left(bounds, value)] for value in set(column)}  # many values repeat
            totals = [total + weighed[value] for total, value in zip(totals, column, strict=True)]
        return totals

    def contributions(self, row: Sequence[float]) -> dict[str, float]:
        """What each measure adds to the score, to explain it."""
        return {
            name: weights[bisect_left(bounds, value)]
            for name, (bounds, weights), value in zip(MEASURES, self.steps, row, strict=True)
        }


def description(element: Element) -> tuple[str, ...]:
    """The words that describe one element: its tag, and those of its class, id, role and itemprop."""
    return (f"<{element.tag}>", *element.words)


def probability(score: float) -> float:
    """Log-odds to probability."""
    return 1 / (1 + exp(-score)) if score > -40 else 0.0


@cache
def load_weights() -> Weights:
    """The weights that ship with Quietpage, read once."""
    data = json.loads(files("quietpage.cleaner").joinpath("weights.json").read_text(encoding="utf-8"))
    assert tuple(data["measures"]) == MEASURES, "weights.json was fitted for other measures: fit it again"
    steps = tuple((step["bounds"], step["weights"]) for step in data["steps"])
    return Weights(data["words"], steps, data["start"])
