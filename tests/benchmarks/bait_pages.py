"""Bait every regular expression of the cleaner and of the search language, and show that their time stays linear.

    python tests/benchmarks/bait_pages.py                   # every expression, some minutes
    python tests/benchmarks/bait_pages.py --chars 8000 tidy # those of which the place holds a word, with longer baits
    python tests/benchmarks/bait_pages.py --seconds 120     # those that are hardest on their expression, for so long

Each expression gives texts made out of its own parts (``bait.py``). Each stands on a page wherever a page has text:
its title, its facts, attributes, headings, paragraphs, code, captions, as markup, and once more at four times the
length. Where the time grows more than 6-fold, and so again at the next step, the status is 1. First come the baits that
their expression takes longest for by itself: what is linear alone is linear on a page.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "server"), str(HERE)]

from bait import Bait, baits, server_patterns  # noqa: E402

from quietpage import NotAnArticle, clean  # noqa: E402
from quietpage.cleaner.markdown import markdown  # noqa: E402
from quietpage.library.query import parse  # noqa: E402

GROWTH = 6.0  # at four times the length, where linear is 4
ALONE_CHARS, ALONE_SECONDS = 250, 0.005  # of a bait that its expression is tried on by itself, at first: some take the
# cube of it by themselves, and see no more than sixty characters of a page
STORY = "<p>The river rose all night, and by the morning the lower fields were gone under water.</p>" * 5


def page_of(bait: str) -> str:
    """A page with a text wherever one can stand."""
    text, data = (
        escape(bait),
        json.dumps({"@type": "Article", "author": bait, "datePublished": bait, "articleBody": bait}),
    )
    metas = "".join(f'<meta name="{name}" content="{text}">' for name in ("author", "date", "description", "viewport"))
    attributes = f'class="{text}" id="{text}" style="{text}"'
    return f"""<!doctype html><html lang="en"><head><title>{text}</title>{metas}
<meta property="og:site_name" content="{text}"><script type="application/ld+json">{data}</script></head>
<body {attributes}>
<article class="{text}"><h1>{text}</h1><p class="byline">{text}</p><time datetime="{text}">{text}</time>{STORY}
<p>{text}</p>
<div {attributes}>{text}</div><figure><img src="{text}" srcset="{text}" alt="{text}">
<figcaption>{text}</figcaption></figure>
<pre class="{text}"><code class="{text}">{text}</code></pre><a href="{text}">{text}</a><iframe src="{text}"></iframe>
<ul><li>{text}</li></ul><p>By {text}</p><p><b>{text}</b> {text}</p>{bait}{STORY}</article></body></html>"""


def clean_with(bait: str) -> None:
    """Clean a page, and write it as Markdown."""
    try:
        article = clean(page_of(bait), "https://example.org/rain")
    except NotAnArticle as nothing:
        article = nothing.remains
    markdown(article.html)


def cpu(work: Callable[[str], object], bait: str) -> float:
    """How long it takes."""
    begun = time.process_time()
    work(bait)
    return time.process_time() - begun


def growth(work: Callable[[str], object], bait: Bait, chars: int) -> list[float]:
    """The times of one bait at once, four and sixteen times its length."""
    return [min(cpu(work, bait.of(chars * times)) for _ in range(2)) for times in (1, 4, 16)]


def alone(pattern: re.Pattern[str], bait: Bait) -> float:
    """How long an expression takes for a bait by itself, of a thousand characters."""

    def find(text: str) -> None:
        for _ in pattern.finditer(text):
            pass

    seconds = cpu(find, bait.of(ALONE_CHARS))
    return seconds * 16 if seconds > ALONE_SECONDS else cpu(find, bait.of(4 * ALONE_CHARS))


def hardest_first(word: str, chars: int) -> list[tuple[str, Bait]]:
    """Every bait once, with the place of the expression that takes longest for it."""
    found: dict[str, tuple[float, str, Bait]] = {}
    for place, pattern in server_patterns().items():
        if word not in place or place.split(".")[0] not in ("cleaner", "library"):
            continue
        for bait in baits(pattern):
            text, seconds = bait.of(chars), alone(pattern, bait)
            if text not in found or seconds > found[text][0]:
                found[text] = (seconds, place, bait)
    return [one[1:] for one in sorted(found.values(), key=lambda one: -one[0])]


def slow_ones(todo: list[tuple[str, Bait]], chars: int, seconds: float) -> Iterator[tuple[int, bool]]:
    """How many baits were tried each time one takes long, and at the end; whether it takes more than linear time."""
    usual = {work: max(0.005, cpu(work, "rain " * (chars // 5))) for work in (clean_with, clean_with, parse)}
    end = time.monotonic() + seconds
    for tried, (place, bait) in enumerate(todo):
        if time.monotonic() > end:
            yield tried, False
            return
        work = clean_with if place.startswith("cleaner") else parse
        if cpu(work, bait.of(4 * chars)) < GROWTH * max(usual[work], cpu(work, bait.of(chars))):
            continue
        times = growth(work, bait, chars)
        grows = times[1] > GROWTH * times[0] and times[2] > GROWTH * times[1]
        told = ", ".join(f"{taken:.2f} s" for taken in times)
        print(f"{place:45} {told} {bait.of(24)[:24]!r}{'  ← not linear' if grows else ''}", flush=True)
        yield tried + 1, grows
    yield len(todo), False


def main() -> int:
    """Bait them all; the status says whether one takes more than linear time."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("word", nargs="?", default="")
    options.add_argument("--chars", type=int, default=4000)
    options.add_argument("--seconds", type=float, default=1e9)
    args = options.parse_args()
    todo = hardest_first(args.word, args.chars)
    told = list(slow_ones(todo, args.chars, args.seconds))
    worse = sum(grows for _, grows in told)
    expressions = len({place for place, *_ in todo})
    print(
        f"{told[-1][0]:,} of {len(todo):,} baits for {expressions} expressions, the hardest first: "
        f"{worse} take more than linear time"
    )
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
