"""Measure how surely copies of an article are recognised, and what looking for them costs.

    python tests/benchmarks/alike.py                    # precision and recall on generated articles and golden pages
    python tests/benchmarks/alike.py --library big.db   # and the time of a look-up there (build it with search.py)

A copy has another headline, byline and teaser; every twentieth word replaced; one half left out; or all of these. No
copies are other articles: any two of the generated ones or of the golden pages, and the same words in another order.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from library_text import articles, vocabulary
from timing import beside

from quietpage.library.alike import SAME, share, sketch_of
from quietpage.library.library import Library

PAGES = Path(__file__).resolve().parents[1] / "pages"
SEED = 11
Change = Callable[[list[str]], list[str]]


def golden_texts() -> list[str]:
    """The texts of the golden pages that are long enough to be compared; of one story in many markups, the first."""
    found = (path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*/expected.html")))
    texts = (re.sub(r"<[^>]*>", " ", html) for html in found)
    told = {" ".join(re.findall(r"\w+", text)): text for text in texts if sketch_of(text).shingles}
    return list(told.values())


def changes(source: random.Random) -> dict[str, Change]:
    """Every kind of copy."""
    words = vocabulary()[:5_000]

    def edited(text: list[str], part: float = 0.05) -> list[str]:
        return [source.choice(words) if source.random() < part else word for word in text]

    def led(text: list[str]) -> list[str]:
        return [*source.choices(words, k=40), *text, *source.choices(words, k=25)]

    return {
        "another headline, byline, teaser": led,
        "5 % of the words replaced": edited,
        "10 % of the words replaced": lambda text: edited(text, 0.1),
        "the first half": lambda text: text[: len(text) // 2],
        "the second half, 5 % replaced": lambda text: edited(text[len(text) // 2 :]),
        "a quarter": lambda text: text[: len(text) // 4],
        "half, 5 % replaced, another lead": lambda text: led(edited(text[: len(text) // 2])),
    }


def same_topic(text: list[str], source: random.Random) -> list[str]:
    """Another article with the same words: its sentences' words in another order."""
    return source.sample(text, len(text))


def recognised(pairs: Sequence[tuple[str, str]]) -> float:
    """The share of pairs that are taken for the same."""
    return sum(share(sketch_of(one), sketch_of(other)) >= SAME for one, other in pairs) / len(pairs)


def report(name: str, texts: Sequence[str]) -> None:
    """What of each kind is recognised among these texts."""
    source = random.Random(SEED)
    print(f"\n{name}: {len(texts)} texts")
    for kind, change in changes(source).items():
        pairs = [(text, " ".join(change(text.split()))) for text in texts]
        print(f"  {kind:36}{recognised(pairs):8.3f} recognised, {shares_a_key(pairs):.3f} found by a key")
    wrong = [(text, " ".join(same_topic(text.split(), source))) for text in texts if text.isascii()]
    print(f"  {'the same words in another order':36}{recognised(wrong):8.3f} wrongly")
    others = list(combinations(texts[:200], 2))
    print(f"  {f'{len(others)} pairs of different texts':36}{recognised(others):8.5f} wrongly")


def shares_a_key(pairs: Sequence[tuple[str, str]]) -> float:
    """The share of pairs that the index brings together."""
    sketches = ((sketch_of(one), sketch_of(other)) for one, other in pairs)
    return sum(bool(set(one.keys) & set(other.keys)) for one, other in sketches) / len(pairs)


def speed(path: Path) -> None:
    """The time of a look-up in a library, once all of it is sketched."""
    with Library(path) as library:
        began, above, sketched = time.process_time(), 0, 0
        while (last := library.sketch_older(above)) is not None:
            above, sketched = last, sketched + 1
        print(f"\n{sketched} batches sketched in {time.process_time() - began:.0f} s CPU")
        print(beside(library, library.same_elsewhere, seed=SEED, rounds=500))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--library", type=Path)
    options = parser.parse_args()
    report("generated articles", [article.text for article in articles(options.articles)])
    report("golden pages", golden_texts())
    if options.library:
        speed(options.library)


if __name__ == "__main__":
    main()
