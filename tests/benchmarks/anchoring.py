"""How like a highlighted passage has to be to count as the same: edited passages beside passages that were cut out.

    .venv/bin/python tests/benchmarks/anchoring.py [PASSAGES A PAGE]

For passages of the pages in tests/pages, of 14 to 600 characters: how like the nearest stretch of the text is after a
share of the passage's words was changed, and how like it is where the passage was cut out and should not be found.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from quietpage.library.anchoring import LIKENESS, LIKENESS_SHORT, SHORT_CHARS, Anchoring, Selector, selector, spaced
from quietpage.library.passages import read

PAGES = Path(__file__).parent.parent / "pages"
SIZES = (14, 20, 30, 45, 60, 100, 160, 300, 600)
SHARES = (0.1, 0.2, 0.3, 0.4)


def passages(text: str, amount: int, chance: random.Random) -> Iterator[Selector]:
    """Some passages of a text, of whole words where it has words."""
    for _ in range(amount):
        size = chance.choice(SIZES)
        if len(text) < size + 100:
            continue
        begins = chance.randrange(len(text) - size)
        ends = begins + size
        if spaced(text):
            begins = text.rfind(" ", 0, begins + 1) + 1
            ends = text.find(" ", ends) if " " in text[ends:] else len(text)
        yield selector(text, begins, ends)


def edited(words: str, share: float, others: list[str], chance: random.Random) -> str:
    """Some words with a share of them left out, replaced by others, or parted by another."""
    gap = " " if " " in words else ""
    out: list[str] = []
    for word in words.split() if gap else words:
        fate = chance.random() / share * 3 if share else 3
        out += [] if fate < 1 else [chance.choice(others)] if fate < 2 else [word]
        out += [chance.choice(others)] if 2 <= fate < 3 else []
    return gap.join(out)


def likeness(passage: Selector, text: str, before: str | None = None) -> float:
    """How like the passage the nearest stretch of a text is."""
    anchoring = Anchoring(text, before)
    windows = anchoring.windows(passage)
    distance = min((anchoring.nearest_within(passage.exact, *one)[0] for one in windows), default=len(passage.exact))
    return 1 - distance / len(passage.exact)


def main() -> None:
    """Measure and print."""
    chance = random.Random(7)
    texts = [read(path.read_text(encoding="utf-8")).text for path in sorted(PAGES.glob("*/expected.html"))]
    texts = [text for text in texts if len(text) > 600]
    others = [word for text in texts for word in text.split()]
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for text in texts:
        for passage in passages(text, int(sys.argv[1]) if len(sys.argv) > 1 else 60, chance):
            length = "short" if len(passage.exact) < SHORT_CHARS else "long"
            before, after = text[: passage.begins], text[passage.ends :]
            for share in SHARES:
                words = edited(passage.exact, share, others if spaced(text) else list(text), chance)
                found[length, f"{share:.0%} of the words changed"].append(likeness(passage, before + words + after))
            found[length, "cut out"].append(likeness(passage, before + after, text))
    for (length, what), every in sorted(found.items()):
        enough = LIKENESS if length == "long" else LIKENESS_SHORT
        share = sum(one >= enough for one in every) / len(every)
        print(f"{length:<5}  {what:<24}  {len(every):>5} passages  {share:6.1%} as like as {enough}")


if __name__ == "__main__":
    main()
