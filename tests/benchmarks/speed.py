"""Measure what cleaning costs: CPU and memory a page beside other extractors, and how both grow with the page's size.

    python tests/benchmarks/speed.py CORPUS                                      # 60 pages of each set, a table
    python tests/benchmarks/speed.py CORPUS --peer trafilatura readability-lxml readability-js --node-modules DIR
    python tests/benchmarks/speed.py --growth growth.svg --peer trafilatura      # 10 KB to 5 MB; needs matplotlib

Every page goes through all extractors in turn before the next page does, each in a process of its own, so that a busy
machine slows all alike: the ratios count, the milliseconds are this machine's.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import read_corpus, spread
from extractors import NAMES, Extractor, start

PAGES = 240
ROUNDS = 2  # the faster of the two counts: the first may pay for what is made once
GROWTH_BYTES = [10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000, 5_000_000]
SLOWEST_MS = 60_000  # an extractor that took longer is not asked for a larger page
Page = tuple[bytes, str]


def measure(pages: Sequence[Page], extractors: Sequence[Extractor]) -> dict[str, list[float]]:
    """The CPU milliseconds of each extractor for each page, in the pages' order."""
    times: dict[str, list[float]] = {extractor.name: [] for extractor in extractors}
    for html, url in pages:
        rounds = [[extractor(html, url).cpu_ms for extractor in extractors] for _ in range(ROUNDS)]
        for extractor, *taken in zip(extractors, *rounds, strict=True):
            times[extractor.name].append(min(taken))
    return times


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def figures(times: Sequence[float]) -> dict[str, float]:
    """Median, mean and 95th percentile, in milliseconds."""
    return {"median": statistics.median(times), "mean": statistics.mean(times), "p95": percentile(times, 0.95)}


def table(times: dict[str, list[float]], extractors: Sequence[Extractor], peaks: dict[str, int]) -> str:
    """A row for each extractor: its CPU milliseconds a page, the first one's share of them, and its memory."""
    own = figures(times[extractors[0].name])
    lines = [f"{'':32}{'median ms':>16}{'mean ms':>16}{'p95 ms':>16}{'peak MB':>9}"]
    for extractor in extractors:
        row = figures(times[extractor.name])
        cells = "".join(f"{row[name]:9.1f} ({own[name] / row[name]:4.2f})" for name in ("median", "mean", "p95"))
        lines.append(f"{extractor.name + ' ' + extractor.version:32}{cells}{peaks[extractor.name] / 1e6:9.0f}")
    lines.append(f"In brackets: {extractors[0].name}'s time divided by the row's.")
    return "\n".join(lines)


def generated_page(size: int) -> Page:
    """A page of about ``size`` bytes as a site makes them: an article, and the usual things around it and in it."""
    words = random.Random(size)
    vocabulary = ["".join(words.choices("aeinorstlmd", k=words.randint(2, 9))) for _ in range(4_000)]

    def sentence(least: int, most: int) -> str:
        return " ".join(words.choices(vocabulary, k=words.randint(least, most))).capitalize() + "."

    def pieces() -> Iterator[str]:
        yield '<!doctype html><html lang="en"><head><title>A page that grows - Example</title></head><body>'
        yield '<nav class="menu"><ul>' + "".join(f'<li><a href="/s/{n}">Part {n}</a></li>' for n in range(30))
        yield '</ul></nav><main><article class="post"><h1>A page that grows</h1>'
        while True:
            yield f"<h2>{sentence(3, 6)}</h2>"
            for n in range(8):
                text = " ".join(sentence(6, 24) for _ in range(4))
                yield f'<p class="text">{text} <a href="/a/{n}">{sentence(1, 3)}</a> <em>{sentence(2, 4)}</em></p>\n'
            yield '<div class="share-bar"><span>Share</span><a href="/share">Post</a></div>'
            yield '<ul class="related">' + "".join(f'<li><a href="/r/{n}">{sentence(5, 8)}</a></li>' for n in range(5))
            yield "</ul>"

    page, length = [], 0
    for piece in pieces():
        page.append(piece)
        length += len(piece)
        if length >= size:
            break
    return ("".join(page) + "</article></main></body></html>").encode(), "https://example.org/grows"


def grow(extractors: Sequence[Extractor]) -> dict[str, list[tuple[int, float, int]]]:
    """For each extractor, by page size: bytes, CPU milliseconds, peak memory in bytes so far."""
    grown: dict[str, list[tuple[int, float, int]]] = {extractor.name: [] for extractor in extractors}
    for size in GROWTH_BYTES:
        html, url = generated_page(size)
        for extractor in extractors:
            known = grown[extractor.name]
            if known and known[-1][1] > SLOWEST_MS:
                continue
            answer = extractor(html, url)
            if answer.error:
                print(f"{extractor.name} failed on {len(html):,} bytes: {answer.error}", file=sys.stderr)
            known.append((len(html), answer.cpu_ms, answer.peak_bytes))
            print(f"{len(html):>10,} bytes  {extractor.name:26}{answer.cpu_ms:10.0f} ms", flush=True)
    return grown


def draw(grown: dict[str, list[tuple[int, float, int]]], out: Path) -> None:
    """Draw the growth of CPU and memory over the page's size, both axes logarithmic."""
    import matplotlib.pyplot as plt

    plt.rcParams["svg.hashsalt"] = "quietpage"  # the same figures, the same file
    figure, (cpu, memory) = plt.subplots(1, 2, figsize=(11, 4.2))
    for name, points in grown.items():
        kilobytes = [size / 1000 for size, _, _ in points]
        style = {"label": name, "marker": "o", "markersize": 4, "linewidth": 2.4 if name == NAMES[0] else 1.2}
        cpu.plot(kilobytes, [taken for _, taken, _ in points], **style)
        memory.plot(kilobytes, [peak / 1e6 for _, _, peak in points], **style)
    for axes, label in ((cpu, "CPU, ms"), (memory, "peak memory of the process, MB")):
        axes.set(xscale="log", yscale="log", xlabel="page, KB", ylabel=label)
        axes.grid(alpha=0.3)
    cpu.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out, metadata={"Date": None})


def arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path, nargs="?")
    ask.add_argument("--dataset", nargs="+", default=[], help="only these sets")
    ask.add_argument("--pages", type=int, default=PAGES, help=f"of all sets and kinds; {PAGES} unless told")
    ask.add_argument("--peer", nargs="+", choices=NAMES[1:], default=["trafilatura"])
    ask.add_argument("--node-modules", type=Path, help="where Readability.js and jsdom or linkedom are installed")
    ask.add_argument("--growth", type=Path, metavar="SVG", help="draw the growth with the page's size")
    ask.add_argument("--out", type=Path, help="keep every page's milliseconds as JSON")
    return ask.parse_args()


def main() -> None:
    """Measure the corpus, the growth, or both."""
    args = arguments()
    if not args.corpus and not args.growth:
        raise SystemExit("Name a CORPUS to measure, a picture to draw with --growth, or both.")
    extractors = start([NAMES[0], *args.peer], args.node_modules)
    if args.corpus:
        samples = spread(read_corpus(args.corpus, args.dataset), args.pages)
        times = measure([(sample.html, sample.url) for sample in samples], extractors)
        peaks = {one.name: one(b"<p>The end.</p>", "https://example.org/").peak_bytes for one in extractors}
        print(f"{len(samples)} pages\n{table(times, extractors, peaks)}")
        if args.out:
            named = {name: dict(zip([s.id for s in samples], taken, strict=True)) for name, taken in times.items()}
            args.out.write_text(json.dumps(named, indent=1) + "\n", encoding="utf-8")
    if args.growth:
        draw(grow(extractors), args.growth)
    for extractor in extractors:
        extractor.close()


if __name__ == "__main__":
    main()
