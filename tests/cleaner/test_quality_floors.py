"""Whole pages, as they are and with their hints taken away, are cleaned no worse than they were: see floors.json.

The pages of ``tests/pages`` are known to the letter elsewhere; here their hints are taken away, each time others, so
that the judgement itself is measured. To pin the floors anew, after a change that is meant:

    python tests/cleaner/test_quality_floors.py
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

import pytest

TESTS = Path(__file__).resolve().parent.parent
FLOORS = TESTS / "benchmarks" / "floors.json"
ROOM = 0.005  # of F1: a judge that reads its measures in the wrong order loses 0.02
NAMES = re.compile(r"""\s(?:class|id|role|itemprop|itemtype)=(?:"[^"]*"|'[^']*'|[^\s>]+)""")
LANDMARKS = re.compile(r"(</?)(?:article|main|section|aside|nav|header|footer|figure)\b")


def as_it_is(page: str) -> str:
    return page


def nameless(page: str) -> str:
    """No class, id or role says what anything is."""
    return NAMES.sub("", page)


def without_landmarks(page: str) -> str:
    """Every landmark is a <div>."""
    return LANDMARKS.sub(r"\1div", page)


def bare(page: str) -> str:
    """Neither names nor landmarks, and in wrappers of nobody's."""
    return re.sub(r"(<body[^>]*>)", r"\1<div><div><div>", nameless(without_landmarks(page)), count=1)


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": as_it_is,
    "nameless": nameless,
    "without landmarks": without_landmarks,
    "bare": bare,
}


def measured(variant: Callable[[str], str]) -> float:
    """The mean F1, by words, of the cleaned pages against what is expected of them."""
    from benchmarks.figures import score_words

    from quietpage import NotAnArticle, clean
    from quietpage.cleaner.text import plain_text

    scores = []
    for folder in sorted(path for path in (TESTS / "pages").iterdir() if path.is_dir()):
        expected = plain_text((folder / "expected.html").read_text(encoding="utf-8"))
        try:
            url = json.loads((folder / "facts.json").read_text(encoding="utf-8"))["url"]
            text = clean(variant((folder / "source.html").read_text(encoding="utf-8")), url).text
        except NotAnArticle:
            text = ""
        scores.append(score_words(expected, text).f1)
    return fmean(scores)


@pytest.mark.parametrize("name", VARIANTS)
def test_pages_are_cleaned_no_worse_than_they_were(name: str) -> None:
    assert measured(VARIANTS[name]) >= json.loads(FLOORS.read_text(encoding="utf-8"))[name]


if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), str(TESTS.parent / "server")]
    figures = {name: round(measured(variant) - ROOM, 3) for name, variant in VARIANTS.items()}
    FLOORS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(figures)
