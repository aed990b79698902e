"""Measure what pages cost that nobody writes by hand: endless depth, width, text, attributes, entities, open tags.

    python tests/benchmarks/hostile.py                      # every page, each in a process of its own, a table
    python tests/benchmarks/hostile.py "nested div" --size 0.5
    python tests/benchmarks/hostile.py --once --jobs 2      # each at its full size alone, two at a time

Each page holds a story before what is hostile in it and a paragraph behind it; "kept" says which of both came out, and
what else of its text should. "doubled" is the CPU time beside that of a page half as large: 2 is linear. Pages are
cleaned as the server does it, large ones in a process apart, with what they take there; ``--bare`` cleans all here. The
status is 1 where a page takes more than 2 s of CPU, or 12 times its size and 100 MB of memory, in the server itself.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "server"), str(HERE)]

from extractors import peak_bytes  # noqa: E402

from quietpage import NotAnArticle, Page, clean  # noqa: E402
from quietpage.cleaner.markdown import markdown  # noqa: E402
from quietpage.cleaner.rough import TOO_MUCH  # noqa: E402
from quietpage.web.apart import clean_bounded  # noqa: E402

URL = "https://example.org/rain"
MOST_SECONDS, MOST_WALL_SECONDS = 60, 300  # for one page: of CPU, and on a busy machine
BOUND_SECONDS = 2.0  # of CPU in the server's own process, for any page
BOUND_TIMES, BOUND_BYTES = 12, 100 * 1024**2  # of its memory: times the page's bytes, and beside that
SENTENCE = "The river rose all night, and by the morning the lower fields were gone under water. "
STORY = f"<p>{SENTENCE * 6}</p><p>{SENTENCE * 5}The mill stands dry.</p>"
END = f"<p>{SENTENCE * 5}The dam held.</p>"
FIRST, LAST = "The mill stands dry.", "The dam held."


@dataclass(frozen=True)
class Hostile:
    """A page's body between story and end, of ``count`` pieces, and the words of it that should come out."""

    count: int
    build: Callable[[int], str]
    words: Callable[[int], dict[str, int]] = lambda count: {}


def nested(opener: str) -> Hostile:
    """Elements in each other, all left open."""
    return Hostile(100_000, lambda count: opener * count)


def siblings(piece: str, words: str = "") -> Hostile:
    """The same element beside itself; ``words`` are the text of each."""
    return Hostile(200_000, lambda count: piece * count, lambda count: {words: count} if words else {})


def table(count: int) -> str:
    rows = "".join(f"<tr><td>Gauge {row}</td><td>{row * 7}</td></tr>" for row in range(count))
    return f"<table><tr><th>Gauge</th><th>Level</th></tr>{rows}</table>"


def attributes(count: int) -> str:
    return "<p " + " ".join(f'a{number}="{number}"' for number in range(count)) + ">rain</p>"


def font_attributes(count: int) -> str:
    return "".join(f"<p><font a={number}></p>" for number in range(count))


def body_attributes(count: int) -> str:
    return "".join(f"<body a{number}>" for number in range(count))


PAGES = {
    **{f"nested {tag}": nested(f"<{tag}>") for tag in ("div", "b", "a", "font", "table", "ul")},
    "nested ul li": nested("<ul><li>"),
    "nested div, closed": Hostile(100_000, lambda count: "<div>" * count + "</div>" * count),
    "sibling br": siblings("<br>"),
    "sibling br, text between": siblings("mud<br>", "mud"),
    "sibling b": siblings("<b>mud</b> ", "mud"),
    "sibling a": siblings('<a href="/a">mud</a> '),
    "sibling img": siblings('<img src="/a.png">'),
    "sibling div": siblings("<div>mud</div>"),
    "sibling div, empty": siblings("<div></div>"),
    "sibling p": siblings("<p>The mud was deep.</p>", "mud"),
    "sibling p, open": siblings("<p>The mud was deep.", "mud"),
    "sibling td": Hostile(200_000, lambda count: "<table><tr>" + "<td>mud</td>" * count + "</tr></table>"),
    "sibling li": siblings("<li>The mud was deep.</li>"),
    "sibling code": siblings("<code>mud</code> ", "mud"),
    "sibling sup": siblings('<sup><a href="#n">1</a></sup>'),
    "sibling h2": siblings("<h2>Mud</h2>"),
    "one text of 1 MB": Hostile(200_000, lambda count: f"<p>{'drop ' * count}</p>", lambda count: {"drop": count}),
    "one word of 1 MB": Hostile(1_000_000, lambda count: f"<p>{'o' * count}</p>", lambda count: {"o" * count: 1}),
    "code of 1 MB": Hostile(
        100_000, lambda count: "<pre><code>" + "drop = 4\n" * count + "</code></pre>", lambda count: {"drop": count}
    ),
    "table of 10,000 rows": Hostile(10_000, table, lambda count: {"Gauge": count}),
    "article of 5 MB": Hostile(
        14_000, lambda count: f"<p>{SENTENCE * 4}It fell.</p>" * count, lambda count: {"It fell.": count}
    ),
    "20,000 attributes": Hostile(20_000, attributes, lambda count: {"rain": 1}),
    "attribute of 1 MB": Hostile(1_000_000, lambda count: f'<p class="{"a " * (count // 2)}">rain</p>'),
    "address of 1 MB": Hostile(1_000_000, lambda count: f'<p>{SENTENCE}<a href="/{"a" * count}">mud</a></p>'),
    "picture in itself of 1 MB": Hostile(
        1_000_000, lambda count: f'<p><img src="data:image/png;base64,{"A" * count}"></p>'
    ),
    "srcset of 1 MB": Hostile(
        50_000, lambda count: f'<p><img src="a.png" srcset="{"a.png 1x, b.png 2x," * count}"></p>'
    ),
    "name of 1 MB": Hostile(500_000, lambda count: f'<div class="{"a_" * count}!"><p>{SENTENCE}</p></div>'),
    "style of 1 MB": Hostile(100_000, lambda count: f'<p style="{"display : x;" * count}">{SENTENCE}</p>'),
    "open font, other each time": Hostile(20_000, font_attributes),
    "body again, other each time": Hostile(20_000, body_attributes),
    "open comments": Hostile(200_000, lambda count: "<!--" * count),
    "comments": Hostile(100_000, lambda count: "<!-- mud -->" * count),
    "stray end tags": Hostile(100_000, lambda count: "</div></b></p>" * count),
    "stray end tags in a paragraph": Hostile(100_000, lambda count: "mud</i>" * count),
    "svg and style": Hostile(50_000, lambda count: "<svg><style><a title='</style>'>" * count),
    "closed svg": Hostile(50_000, lambda count: "<svg><style>p {}</style></svg>" * count),
    "open script": Hostile(100_000, lambda count: "<script>" * count),
    "open templates": Hostile(20_000, lambda count: "<template>" * count),
    "open selects": Hostile(100_000, lambda count: "<select><option>mud" * count),
    "open brackets": Hostile(1_000_000, lambda count: "<" * count),
    "open tags": Hostile(200_000, lambda count: "<p a='" * count),
    "NULs": Hostile(1_000_000, lambda count: "<p>" + "\0" * count + "</p>"),
    "entities": Hostile(1_000_000, lambda count: f"<p>{'&amp;' * count}</p>"),
    "nameless entities": Hostile(1_000_000, lambda count: f"<p>{'&' * count}</p>"),
    "soft hyphens": Hostile(1_000_000, lambda count: "<p>" + "\u00ad" * count + "</p>"),
    "open links": Hostile(20_000, lambda count: "<a href>" * count),
    "open links with text": Hostile(20_000, lambda count: '<a href="/a">mud ' * count),
    "open paragraphs in cells": Hostile(50_000, lambda count: "<table><td><p>mud" * count),
    "footnotes": Hostile(
        20_000,
        lambda count: (
            "".join(f'<p>{SENTENCE}<a id="r{n}" href="#n{n}">{n}</a></p>' for n in range(count))
            + "<ol>"
            + "".join(f'<li id="n{n}">Note. <a href="#r{n}">back</a></li>' for n in range(count))
            + "</ol>"
        ),
    ),
    "figures": Hostile(
        20_000, lambda count: '<figure><img src="a.png"><figcaption>Mud by night.</figcaption></figure>' * count
    ),
    "formulas": Hostile(20_000, lambda count: "<p>So <math><mi>x</mi></math> grows.</p>" * count),
    "definitions": Hostile(50_000, lambda count: f"<dl>{'<dt>Mud<dd>Wet earth.' * count}</dl>"),
    "JSON-LD of 1 MB": Hostile(
        100_000, lambda count: f'<script type="application/ld+json">{"[" * count}{"]" * count}</script>'
    ),
    "metas": Hostile(100_000, lambda count: '<meta property="og:title" content="Rain">' * count),
    "nested div, a million": Hostile(1_000_000, lambda count: "<div>" * count),
    "100,000 attributes": Hostile(100_000, attributes, lambda count: {"rain": 1}),
    "one text of 50 MB": Hostile(10_000_000, lambda count: f"<p>{'drop ' * count}</p>"),
    "100,000 tables": Hostile(100_000, lambda count: "<table><tr><td>mud</td></tr></table>" * count),
    "100,000 links": Hostile(100_000, lambda count: '<a href="/a">mud</a> ' * count),
    "nothing closed": Hostile(
        100_000, lambda count: "<div><p><b><i><a href=/a><table><tr><td><ul><li>mud" * (count // 10)
    ),
    "invalid UTF-8": Hostile(1_000_000, lambda count: f"<p>{chr(0xDCFF) * count}</p>"),
    "cyclic itemref": Hostile(
        20_000,
        lambda count: "".join(
            f'<div itemscope itemtype="https://schema.org/Article" id="i{n}" itemref="i{(n + 1) % count} i{n}">'
            f'<span itemprop="author">Mud</span></div>'
            for n in range(count)
        ),
    ),
    "JSON-LD of many objects": Hostile(
        20_000,
        lambda count: (
            '<script type="application/ld+json">'
            + json.dumps([{"@type": "Article", "@id": f"#{n}", "author": {"@id": f"#{n + 1}"}} for n in range(count)])
            + "</script>"
        ),
    ),
    "JSON-LD of 20 MB": Hostile(
        1_000_000,
        lambda count: f'<script type="application/ld+json">{{"articleBody":"{"drop " * 4 * count}"}}</script>',
    ),
    "deep JSON of a script": Hostile(
        100_000, lambda count: f'<script type="application/json">{{"a":{"[" * count}{"]" * count}}}</script>'
    ),
    "years far ahead": Hostile(
        20_000, lambda count: '<time datetime="99999-12-31T23:59:60+99:99">31 December 99999</time> ' * count
    ),
    "quotes": Hostile(500_000, lambda count: f"<p>{chr(34) * count}</p>"),
    "stars and brackets": Hostile(200_000, lambda count: f"<p>{'*[_`' * count}</p>"),
}


def page_of(hostile: Hostile, count: int) -> str:
    """The whole page."""
    return f"<title>Rain</title><article><h1>Rain</h1>{STORY}{hostile.build(count)}{END}</article>"


def measure_one(name: str, size: float, *, bare: bool) -> dict[str, float | str]:
    """Clean one page as the server does; ``bare``: in this process, whatever it takes."""
    hostile = PAGES[name]
    count = max(1, int(hostile.count * size))
    page = page_of(hostile, count).encode("utf-8", "surrogateescape")
    begun = time.process_time()
    try:
        article = clean(page, URL) if bare else clean_bounded(Page(URL, page))
    except NotAnArticle as no:
        article = no.remains
    seconds, peak = time.process_time() - begun, peak_bytes()
    apart_seconds, apart_peak = spent_apart()
    begun = time.process_time()
    written = markdown(article.html)
    found = kept(article.text, {FIRST: 1, LAST: 1, **hostile.words(count)}) + ("" if written else " no Markdown")
    return {
        "bytes": len(page),
        "seconds": seconds,
        "apart": apart_seconds,
        "markdown": time.process_time() - begun,
        "peak": peak,
        "apart_peak": apart_peak,
        "kept": f"given up: {len(article.text):,} characters" if article.warning == TOO_MUCH else found,
    }


def spent_apart() -> tuple[float, int]:
    """The CPU time and the memory of the process that cleaned a page apart; nothing where none did."""
    try:
        import resource
    except ImportError:
        return 0.0, 0
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = told.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return told.ru_utime + told.ru_stime, peak if told.ru_utime else 0


def limit_cpu() -> None:
    """End this process when it has taken too long; where the system knows no such limit (Windows), its caller does."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))


def kept(text: str, wanted: dict[str, int]) -> str:
    """Which of the words that should come out did."""
    lost = [f"{text.count(one):,} of {most:,} “{one[:20]}”" for one, most in wanted.items() if text.count(one) < most]
    return "; ".join(lost) or "yes"


def measure(name: str, size: float, *, bare: bool) -> dict[str, float | str]:
    """The same in a process of its own, for a limited time."""
    command = [sys.executable, __file__, name, "--size", str(size), "--alone", *(["--bare"] if bare else [])]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=MOST_WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"kept": f"not done in {MOST_SECONDS} s"}
    if run.returncode < 0:  # by the system's signal
        return {"kept": f"not done in {MOST_SECONDS} s"}
    if run.returncode:
        return {"kept": f"failed: {(run.stderr.splitlines() or [str(run.returncode)])[-1][:60]}"}
    found: dict[str, float | str] = json.loads(run.stdout)
    return found


def breach(found: dict[str, float | str]) -> str:
    """Which bound of the server's a page breaks."""
    if "seconds" not in found:
        return "NOT DONE"
    too_slow = float(found["seconds"]) > BOUND_SECONDS
    too_large = float(found["peak"]) > BOUND_TIMES * float(found["bytes"]) + BOUND_BYTES
    return " and ".join(["SLOW"] * too_slow + ["LARGE"] * too_large)


def row(name: str, size: float, *, once: bool, bare: bool) -> tuple[str, bool]:
    """A line of the table for a page, and whether it breaks a bound."""
    half = {} if once else measure(name, size / 2, bare=bare)
    whole = measure(name, size, bare=bare)
    wrong = breach(whole)
    if "seconds" not in whole:
        return f"{name:28}{'':>52}  {whole['kept']}  ← {wrong}", True
    doubled = "" if once else f"{float(whole['seconds']) / max(float(half.get('seconds', 0)), 1e-3):.1f}"
    return (
        f"{name:28}{whole['bytes']:12,}{whole['seconds']:7.2f}{doubled:>8}{float(whole['peak']) / 1e6:8.0f}"
        f"{whole['apart']:8.1f}{float(whole['apart_peak']) / 1e6:9.0f}  {whole['kept']}"
        f"{'  ← ' * bool(wrong)}{wrong}",
        bool(wrong),
    )


def main() -> int:
    """Measure all pages, or those named."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("page", nargs="*", metavar="page", help=f"one of: {', '.join(PAGES)}")
    ask.add_argument("--size", type=float, default=1.0, help="of every page, beside its usual one")
    ask.add_argument("--once", action="store_true", help="not also at half its size")
    ask.add_argument("--jobs", type=int, default=1, help="pages at a time")
    ask.add_argument("--bare", action="store_true", help="clean all in one process, whatever it takes")
    ask.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.alone:
        limit_cpu()
        print(json.dumps(measure_one(args.page[0], args.size, bare=args.bare)))
        return 0
    print(f"{'':28}{'bytes':>12}{'CPU s':>7}{'doubled':>8}{'peak MB':>8}{'apart s':>8}{'apart MB':>9}  text kept")
    broken = given_up = 0
    names = args.page or list(PAGES)
    with ThreadPoolExecutor(args.jobs) as pool:
        for line, breaks in pool.map(partial(row, size=args.size, once=args.once, bare=args.bare), names):
            print(line, flush=True)
            broken += breaks
            given_up += "given up" in line
    print(f"{broken} of {len(names)} pages break a bound; {given_up} were given up, with their text kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
