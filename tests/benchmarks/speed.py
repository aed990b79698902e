"""Measure what cleaning costs: CPU and memory a page beside other extractors, and how both grow with the page's size.

    python tests/benchmarks/speed.py CORPUS                                      # beside trafilatura, a table
    python tests/benchmarks/speed.py CORPUS --peer trafilatura readability-js-linkedom --node-modules DIR
    python tests/benchmarks/speed.py --growth tests/benchmarks/results/growth.svg --peer …  # 10 KB to 5 MB; matplotlib

Every page goes through all extractors in turn before the next page does, each in a process of its own, so that a busy
machine slows all alike: the ratios count, the milliseconds are this machine's. Readability.js on jsdom takes a second a
page; on linkedom all four are through in minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import read_corpus, spread
from extractors import NAMES, Extractor, start

PAGES = 120
REFERENCE = "trafilatura"  # what the others are compared with; the first extractor where it is not asked for
ROUNDS = 2  # the faster of the two counts: the first may pay for what is made once
GROWTH_BYTES = [10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000, 5_000_000]
SLOWEST_MS = 60_000  # an extractor that took longer is not asked for a larger page
GREY, COLORS = "#7f868f", ("#1f8f4e", "#c4661f", "#3b82d0", "#a05fc0", "#b08a1e")  # read on white and on black
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
    """A row for each extractor: its CPU milliseconds a page, their share of the reference's, and its memory."""
    reference = next((one for one in extractors if one.name == REFERENCE), extractors[0])
    compared = figures(times[reference.name])
    lines = [f"{'':44}{'median ms':>16}{'mean ms':>16}{'p95 ms':>16}{'peak MB':>9}{'idle MB':>9}"]
    for extractor in extractors:
        row = figures(times[extractor.name])
        cells = "".join(f"{row[name]:9.1f} ({row[name] / compared[name]:4.2f})" for name in ("median", "mean", "p95"))
        memory = f"{peaks[extractor.name] / 1e6:9.0f}{extractor.idle_bytes / 1e6:9.0f}"
        lines.append(f"{extractor.name + ' ' + extractor.version:44}{cells}{memory}")
    lines.append(f"In brackets: the row's time divided by {reference.name}'s. {machine()}")
    return "\n".join(lines)


def machine() -> str:
    """What the figures were measured on, and how busy it was."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} on {os.cpu_count()} cores, Python {platform.python_version()}{load}."


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
    for extractor in extractors:
        extractor(*generated_page(GROWTH_BYTES[0]))  # what is loaded once is no growth
    for size in GROWTH_BYTES:
        html, url = generated_page(size)
        for extractor in extractors:
            known = grown[extractor.name]
            if known and known[-1][1] > SLOWEST_MS:
                continue
            answers = [extractor(html, url) for _ in range(ROUNDS)]
            if error := answers[0].error:
                print(f"{extractor.name} failed on {len(html):,} bytes: {error}", file=sys.stderr)
            taken, peak = min(answer.cpu_ms for answer in answers), answers[-1].peak_bytes
            known.append((len(html), taken, peak))
            print(f"{len(html):>10,} bytes  {extractor.name:26}{taken:10.0f} ms{peak / 1e6:9.0f} MB", flush=True)
    return grown


def draw(grown: dict[str, list[tuple[int, float, int]]], out: Path) -> None:
    """Draw the growth of CPU and memory over the page's size, both axes logarithmic, for light and dark pages."""
    import matplotlib.pyplot as plt

    plt.rcParams |= {"svg.hashsalt": "quietpage", "svg.fonttype": "none"}  # the same figures, the same file
    plt.rcParams |= dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), GREY
    )
    figure, (cpu, memory) = plt.subplots(1, 2, figsize=(11, 4.2))
    for (name, points), color in zip(grown.items(), COLORS, strict=False):
        kilobytes = [size / 1000 for size, _, _ in points]
        style = {"label": name, "color": color, "marker": "o", "markersize": 4}
        style["linewidth"] = 2.4 if name == NAMES[0] else 1.2
        cpu.plot(kilobytes, [taken for _, taken, _ in points], **style)
        memory.plot(kilobytes, [peak / 1e6 for _, _, peak in points], **style)
    for axes, label in ((cpu, "CPU, ms"), (memory, "peak memory of the process, MB")):
        axes.set(xscale="log", yscale="log", xlabel="page, KB", ylabel=label, facecolor="none")
        axes.grid(alpha=0.3)
    cpu.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out, metadata={"Date": None}, transparent=True)


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
