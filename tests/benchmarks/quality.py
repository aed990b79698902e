"""Measure how good the cleaner is on a corpus of pages with known content: F1, precision, recall by set and kind.

    python tests/benchmarks/quality.py CORPUS                                    # all pages, a table
    python tests/benchmarks/quality.py CORPUS --sample 300 --out now.json --against before.json
    python tests/benchmarks/quality.py CORPUS --peer trafilatura                 # a peer beside it, where installed
    python tests/benchmarks/quality.py CORPUS --show SET/ID                      # a page: what was kept, what removed

The shape of CORPUS is in corpus.py, the figures are in figures.py, the peers in extractors.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import Sample, read_corpus, spread
from extractors import NAMES, Extractor, start
from figures import Score, figure_of, mean, score
from viewer import write_view

MOVED_LEAST = 0.005  # of F1: less is noise to the eye
MOVED_SHOWN = 15  # pages at either end


@dataclass(frozen=True)
class Result:
    """One page as one extractor gave it."""

    dataset: str
    id: str
    kind: str
    figure: str
    score: Score
    error: str | None = None

    @property
    def name(self) -> str:
        return f"{self.dataset}/{self.id}"


def measure(samples: Sequence[Sample], extractors: Sequence[Extractor]) -> list[Result]:
    """Score one extractor, running as several processes, on all pages; in the pages' order."""
    free: SimpleQueue[Extractor] = SimpleQueue()
    for extractor in extractors:
        free.put(extractor)

    def one(sample: Sample) -> Result:
        extractor = free.get()
        try:
            answer = extractor(sample.html, sample.url)
        finally:
            free.put(extractor)
        scored = score(sample.dataset, sample.truth, answer.text)
        figure = figure_of(sample.dataset, sample.truth)
        return Result(sample.dataset, sample.id, sample.kind, figure, scored, answer.error)

    with ThreadPoolExecutor(len(extractors)) as pool:
        return list(pool.map(one, samples))


def groups(results: Sequence[Result]) -> dict[str, list[Result]]:
    """The results by set, and by kind where a set has kinds."""
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.dataset, [])
        if result.kind:
            found.setdefault(f"{result.dataset} {result.kind}", []).append(result)
        found[result.dataset].append(result)
    return dict(sorted(found.items()))


def table(columns: dict[str, Sequence[Result]]) -> str:
    """F1, precision, recall and, where the figure knows it, the share of exact pages; a row for each set and kind."""
    lines = []
    for extractor, results in columns.items():
        lines.append(f"{extractor:<30}{'pages':>6}{'F1':>8}{'P':>8}{'R':>8}{'exact':>8}{'errors':>8}")
        for name, group in groups(results).items():
            got = mean(group[0].figure, [result.score for result in group])
            exact = "" if got.exact is None else f"{got.exact:.3f}"
            errors = sum(result.error is not None for result in group)
            lines.append(
                f"{name:<30}{len(group):6}{got.f1:8.3f}{got.precision:8.3f}{got.recall:8.3f}{exact:>8}{errors:8}"
            )
        lines.append("")
    return "\n".join(lines)


def kept(results: Sequence[Result]) -> dict[str, Any]:
    """Results as JSON keeps them: the means, and every page."""
    means = {name: asdict(mean(group[0].figure, [r.score for r in group])) for name, group in groups(results).items()}
    return {"means": means, "pages": {result.name: asdict(result) for result in results}}


def moved(now: Sequence[Result], before: dict[str, Any]) -> str:
    """Which pages are better or worse than in a kept measurement, the extremes first and last."""
    pages = before["pages"]
    both = [(result.score.f1 - pages[result.name]["score"]["f1"], result) for result in now if result.name in pages]
    changes = sorted((pair for pair in both if abs(pair[0]) > MOVED_LEAST), key=lambda pair: pair[0])
    worse = sum(change < 0 for change, _ in changes)
    lines = [f"{worse} pages worse, {len(changes) - worse} better, of {len(both)} that are in both."]
    shown = changes if len(changes) <= 2 * MOVED_SHOWN else changes[:MOVED_SHOWN] + changes[-MOVED_SHOWN:]
    lines += [f"  {change:+.3f} -> {result.score.f1:.3f}  {result.name}" for change, result in shown]
    return "\n".join(lines)


def arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--dataset", nargs="+", default=[], help="only these sets")
    ask.add_argument("--sample", type=int, metavar="N", help="a fixed choice of N pages from all sets and kinds")
    ask.add_argument("--jobs", type=int, default=1, help="processes at a time")
    ask.add_argument("--peer", nargs="+", choices=NAMES[1:], default=[], help="measure these as well")
    ask.add_argument("--node-modules", type=Path, help="where Readability.js and jsdom or linkedom are installed")
    ask.add_argument("--out", type=Path, help="keep Quietpage's results as JSON")
    ask.add_argument("--against", type=Path, help="a kept JSON: say what moved, page by page")
    ask.add_argument("--worst", type=int, default=0, metavar="N", help="name the N worst pages of each set")
    ask.add_argument("--show", metavar="SET/ID", help="write how one page was cleaned as HTML, and measure nothing")
    return ask.parse_args()


def worst(results: Sequence[Result], count: int) -> str:
    """The pages with the lowest F1 of each set."""
    lines = []
    for dataset in dict.fromkeys(result.dataset for result in results):
        ranked = sorted((r for r in results if r.dataset == dataset), key=lambda result: result.score.f1)
        lines += [f"  {result.score.f1:.3f}  {result.name}  {result.error or ''}" for result in ranked[:count]]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, keep, compare."""
    args = arguments()
    samples = read_corpus(args.corpus, args.dataset)
    if args.show:
        print(write_view(samples, args.show))
        return
    if args.sample:
        samples = spread(samples, args.sample)
    columns: dict[str, Sequence[Result]] = {}
    for name in ("quietpage", *args.peer):
        if extractors := start([name], args.node_modules):
            extractors += [Extractor(name, args.node_modules) for _ in range(args.jobs - 1)]
            columns[name] = measure(samples, extractors)
            for extractor in extractors:
                extractor.close()
    print(table(columns))
    own = columns["quietpage"]
    if args.worst:
        print(worst(own, args.worst))
    if args.against:
        print(moved(own, json.loads(args.against.read_text(encoding="utf-8"))))
    if args.out:
        args.out.write_text(json.dumps(kept(own), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
