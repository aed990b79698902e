"""Draw how the time of a search grows with the library, ours and its peers'.

    python tests/benchmarks/search_growth.py 1k.db 10k.db 100k.db --out tests/benchmarks/results/search-growth.svg

The libraries are search.py's (``--articles 1000 --library 1k.db``); matplotlib draws. Each point is the middle of 20
searches of a kind, in CPU milliseconds, all engines asked in turn; LIKE, which reads every text, is asked thrice.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from engines import HITS, Search, by_like, engines
from search import Asker, in_turn
from timing import percentile, taken

from quietpage.library.library import Library

KINDS = ("an ordinary word", "two common words")
ROUNDS, ROUNDS_OF_LIKE = 20, 3
OURS = "Quietpage"
COLORS = {OURS: "#0b7285", "FTS5": "#e8590c", "tantivy": "#5f3dc4", "Xapian": "#2b8a3e", "LIKE": "#868e96"}
GREY = "#868e96"  # readable on white and on black
Points = dict[str, dict[str, list[tuple[int, float]]]]


def measured(paths: list[Path]) -> Points:
    """Kind -> engine -> (articles, milliseconds) of each library."""
    points: Points = {kind: {} for kind in KINDS}
    for path in paths:
        with Library(path) as library:
            asker, asked = Asker(library), {"ours": partial(library.search, limit=HITS)} | engines(path)
            like: Search = by_like(path)
            for kind in KINDS:
                questions = [asker.questions()[kind]() for _ in range(ROUNDS)]
                in_turn(asked, questions[:ROUNDS_OF_LIKE])  # once for nothing: the file is read, the code is warm
                times = in_turn(asked, questions)
                first = [question.text_for("LIKE") for question in questions[:ROUNDS_OF_LIKE]]
                times["LIKE"] = [taken(partial(like, text)) for text in first]
                for name, all_of_them in times.items():
                    point = (asker.amount, percentile(all_of_them, 0.5))
                    points[kind].setdefault(OURS if name == "ours" else name, []).append(point)
                    print(f"{asker.amount:>9,} articles  {kind:20}{name:10}{point[1]:9.2f} ms", flush=True)
    return points


def draw(points: Points, out: Path) -> None:
    """A plot a kind, both axes logarithmic, for light and dark pages."""
    import matplotlib.pyplot as plt

    plt.rcParams |= {"svg.hashsalt": "quietpage", "svg.fonttype": "none"}  # the same figures, the same file
    plt.rcParams |= dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color", "axes.titlecolor"), GREY
    )
    figure, plots = plt.subplots(1, 2, figsize=(11, 4.2), sharey=True)
    for axes, (kind, engines_of_it) in zip(plots, points.items(), strict=True):
        for name, line in engines_of_it.items():
            style = {"label": name, "color": COLORS[name], "linewidth": 2.4 if name == OURS else 1.2}
            axes.plot(*zip(*line, strict=True), marker="o", markersize=4, **style)
        axes.set(xscale="log", yscale="log", xlabel="articles", title=kind, facecolor="none")
        axes.grid(alpha=0.3)
    plots[0].set(ylabel="CPU, ms, in the middle")
    plots[0].legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out, metadata={"Date": None}, transparent=True)


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    draw(measured(options.libraries), options.out)


if __name__ == "__main__":
    main()
