"""Measure what the reader's page of a long article costs: server time, and what the browser is kept busy with.

    python tests/benchmarks/reader.py                # CPU milliseconds of the server, of the parts and the whole
    python tests/benchmarks/reader.py --chromium     # and, in a real Chromium, CPU, blocking time, shift, first paint

The article has 20,000 words, fifty pictures, sixty blocks of code, a hundred links and tables. Blocking time is what
tasks take beyond 50 ms each, from the first paint on (TBT); it depends on the machine, and on what else it does.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from images import png
from timing import percentile, taken

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.web.app import Config, create_app
from quietpage.web.marking import marked
from quietpage.web.reading import for_reading

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

WORDS, PICTURES, BLOCKS, LINKS = 20_000, 50, 60, 100
ROUNDS = 30
BASE = "http://127.0.0.1:8765"
CODE = """def lamp{0}(height, *, sea="calm"):
    # Metres
    for step in range({0}):
        yield sea, step + 1.5
"""
WATCH = """
  window.told = { blocking: 0, shift: 0, tasks: [] };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      told.blocking += Math.max(0, one.duration - 50);
      told.tasks.push(Math.round(one.duration));
    }
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) told.shift += one.hadRecentInput ? 0 : one.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
PAINTED = """() => {
  const [painted] = performance.getEntriesByName("first-contentful-paint");
  const [whole] = performance.getEntriesByType("navigation");
  return { first: painted.startTime - whole.responseStart, whole: painted.startTime - whole.responseEnd };
}"""


def long_article() -> Article:
    """The article, of words that mean nothing."""
    source = random.Random(6)
    words = [
        "".join(source.choice("bdfgklmnprst") + source.choice("aeiou") for _ in range(source.randint(1, 4)))
        for _ in range(4000)
    ]
    parts: list[str] = []
    for number in range(WORDS // 80):
        text = " ".join(source.choices(words, k=80))
        link = f' <a href="https://site{number}.example/story" rel="noopener noreferrer">a link</a>' * (number < LINKS)
        heading = f"<h2>Part {number}</h2>" if number % 10 == 0 else ""
        code = f'<pre><code class="language-python">{CODE.format(number)}</code></pre>' * (number < BLOCKS)
        picture = f'<figure><img src="https://pictures.example/{number}.jpg" alt="{number}"></figure>'
        table = "<table><tr><td>1</td><td>2</td></tr></table>" * (number % 25 == 0)
        parts.append(f"{heading}<p>{text}.{link}</p>{code}{picture * (number < PICTURES)}{table}")
    html = "".join(parts)
    text = re.sub("<[^>]*>", " ", html)
    return Article("https://long.example/", "A long article", html, text, language="en", reading_minutes=100)


def fill(library: Library) -> int:
    """Keep the article, its pictures, and some of what it links to; answers its id."""
    article = long_article()
    for number in range(0, LINKS, 5):
        url = f"https://site{number}.example/story"
        library.save(Article(url, f"Story {number}", "<p>x</p>", f"Of the lamp {number}"), Page(url, "<p>x"))
    saved = library.save(article, Page(article.url, "<p>"))
    for number in range(PICTURES):
        library.images.keep(saved.id, f"https://pictures.example/{number}.jpg", png(800, 450, (number * 5, 99, 140)))
    return saved.id


def line(name: str, times: list[float]) -> None:
    print(f"{name:44}{times[0]:9.1f}{percentile(times, 0.5):9.1f}{percentile(times, 0.95):9.1f}")


def server(db: Path) -> None:
    """The parts of the page, and the whole of it."""
    app = create_app(Config(db=db))
    library: Library = app.extensions["quietpage"].library
    article = fill(library)
    with app.test_client() as me:
        me.get(f"/open?code={library.links.mint()}", base_url=BASE)
        print(f"{'CPU ms':44}{'first':>9}{'median':>9}{'p95':>9}")
        kept = library.get(article)
        html, images, saved = kept.article.html, library.images.of(article), library.saved_among_links(kept)
        with app.test_request_context("/"):
            parts = {
                "read the article": lambda: library.get(article),
                "its links": lambda: library.saved_among_links(kept),
                "what cites it": lambda: library.cited_by(article),
                "its neighbours": lambda: library.neighbours(article),
                "what is related": lambda: library.related(article),
                "for reading": lambda: for_reading(html, images, saved),
                "mark what was searched for": lambda: marked(html, library.spotter("lamp")),
            }
            for name, part in parts.items():
                line(name, [taken(part) for _ in range(ROUNDS)])
        for address in (f"/read/{article}", f"/read/{article}?q=lamp"):
            assert me.get(address, base_url=BASE).status_code == 200
            line(f"GET {address}", [taken(lambda at=address: me.get(at, base_url=BASE)) for _ in range(ROUNDS)])  # type: ignore[misc]
    library.close()


def saving(db: Path) -> None:
    """What keeping the links adds to a save."""
    from quietpage.library import citations

    with Library(db) as library:
        article = long_article()
        addresses = [taken(lambda: citations.addresses_in(article.html)) for _ in range(ROUNDS)]
        line(f"addresses of {len(citations.addresses_in(article.html))} links", addresses)
        database = library._database()
        saved = library.save(article, Page(article.url, "<p>"))
        line(
            "and keeping them", [taken(lambda: citations.remember(database, saved.id, article.html)) for _ in range(9)]
        )


def metrics(session: CDPSession) -> dict[str, float]:
    """Seconds of CPU that the page's main thread took so far, by what for."""
    found = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: one["value"] for one in found if one["name"].endswith("Duration")}


def chromium(folder: Path) -> None:
    """What the browser is kept busy with."""
    from browser.servers import Quietpage
    from playwright.sync_api import sync_playwright

    quietpage = Quietpage(folder / "browser.db")
    article = fill(quietpage.library)
    program = os.environ.get("QUIETPAGE_CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 844})
        context.add_init_script(WATCH)
        context.new_page().goto(quietpage.entrance("/"))
        for _ in range(5):
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.goto(f"{quietpage.url}/read/{article}")
            page.wait_for_load_state("networkidle")
            busy = {name: 1000 * time for name, time in metrics(session).items()}
            told, painted = page.evaluate("told"), page.evaluate(PAINTED)
            print(
                f"CPU ms: scripts {busy['ScriptDuration']:.0f}, style {busy['RecalcStyleDuration']:.0f}, layout"
                f" {busy['LayoutDuration']:.0f}, all {busy['TaskDuration']:.0f}; blocked {told['blocking']:.0f} ms"
                f" {told['tasks']}, shift {told['shift']:.4f}; first paint {painted['first']:.0f} ms after the answer"
                f" began, {painted['whole']:.0f} after its end"
            )
        browser.close()
    quietpage.stop()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        server(Path(name) / "library.db")
        saving(Path(name) / "saving.db")
        if options.chromium:
            chromium(Path(name))


if __name__ == "__main__":
    main()
