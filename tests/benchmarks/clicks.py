"""Measure what a person waits for: from the click to the reader's first paint, and what capturing costs the page.

    python tests/benchmarks/clicks.py                      # both browsers
    python tests/benchmarks/clicks.py firefox --rounds 9

Needs the browsers that the browser tests need, and the extension's ports. ``reader`` is the time from the click to the
first contentful paint of the reader, server and all. ``capture`` is how long a page of 5 MB is read, and its longest
pause the longest time in which the page could not answer its person. All are ms by the clock: beside other work they
say little.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from browser.chromium import Chromium
from browser.firefox import Firefox
from browser.person import Person
from browser.servers import Quietpage, Site
from browser.waiting import until
from browser.zoo import captured
from playwright.sync_api import sync_playwright
from timing import percentile

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
KINDS = {"note": (4, 0), "news": (14, 2), "essay": (60, 8), "tutorial": (120, 30), "book": (600, 60)}  # text, pictures
LARGE_PARAGRAPHS = 7300  # 5 MB, 260,000 tags
WORDS = "harbor light keeper counts ships every evening writes names long blue book mother before tide pier".split()
PAINTED = """(() => {
  const [painted] = performance.getEntriesByName("first-contentful-paint");
  return location.pathname.startsWith("/read/") && painted ? performance.timeOrigin + painted.startTime : 0;
})()"""
WATCH = """(() => {
  const told = (window.told = { longest: 0 });
  let last = performance.now();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    told.longest = Math.max(told.longest, now - last);
    last = now;
    if (window.told === told) port2.postMessage(0);
  };
  port2.postMessage(0);
  return true;
})()"""


class Pages(Site):
    """Articles of five lengths, and one of 5 MB."""

    def page(self, _method: str, path: str, _body: bytes) -> tuple[int, str, bytes]:
        kind, _, number = path.strip("/").partition("-")
        if kind == "large":
            return 200, "text/html; charset=utf-8", LARGE
        if kind not in KINDS:
            return 404, "text/plain", b"not here"
        paragraphs, figures = KINDS[kind]
        source = random.Random(path)
        body = "".join(f"<p>{prose(source)}</p>" for _ in range(paragraphs))
        body += "".join(f'<figure><img src="/no-{at}.png" alt="A picture {at}"></figure>' for at in range(figures))
        menu = "".join(f'<li><a href="/{at}">{source.choice(WORDS)}</a></li>' for at in range(60))
        html = (
            f'<!doctype html><html lang="en"><title>The {kind} of day {number}</title><nav><ul>{menu}</ul></nav>'
            f"<article><h1>The {kind} of day {number}</h1>{body}</article><aside><ul>{menu}</ul></aside>"
        )
        return 200, "text/html; charset=utf-8", html.encode()


def prose(source: random.Random) -> str:
    return " ".join(source.choices(WORDS, k=70)).capitalize() + "."


def large() -> bytes:
    """A page of many small elements, some of them hidden."""
    source = random.Random(1)
    style = "<style>.b3 { color: red }</style>"
    parts = []
    for at in range(LARGE_PARAGRAPHS):
        words = f'{prose(source)} <a href="/x/{at}">link</a> <em>some</em> <span>{at}</span>'
        seen = "none" if at % 5 == 0 else "block"
        parts.append(
            f'<div class="block b{at % 50}" data-testid="p{at}"><p class="p{at % 7}">{words}</p>'
            f'<ul><li style="display: {seen}">x</li></ul></div>'
        )
    body = "".join(parts)
    return f"<!doctype html><title>Large</title>{style}<article><h1>Large</h1>{body}</article>".encode()


LARGE = large()


def click_to_reader(person: Person, rounds: int) -> None:
    for kind in KINDS:
        times = []
        for number in range(rounds):
            person.visit(f"{kind}-{number}")
            clicked = time.time() * 1000
            person.browser.press_button()
            painted = until(lambda: person.browser.js(PAINTED))
            times.append(painted - clicked)
        print(f"  {kind:9} reader: median {percentile(times, 0.5):5.0f}, worst {max(times):5.0f}", flush=True)


def capture(person: Person, rounds: int) -> None:
    for _ in range(rounds):
        person.browser.goto(f"http://127.0.0.1:{person.site.port}/large")  # where nobody has to click for leave
        person.browser.js(WATCH)
        begun = time.monotonic()
        read = captured(person.browser, person.browser.url())
        assert "html" in read, read
        taken = 1000 * (time.monotonic() - begun)
        longest = person.browser.js("window.told.longest")
        print(
            f"  large     capture of {len(read['html']) / 1e6:.1f} MB: {taken:5.0f}, longest pause {longest:5.0f}",
            flush=True,
        )


@contextmanager
def browsers(name: str, folder: Path) -> Iterator[Chromium | Firefox]:
    if name == "firefox":
        firefox = Firefox(EXTENSION)
        yield firefox
        return firefox.quit()
    with sync_playwright() as playwright:
        chromium = Chromium(playwright, folder / "chromium", EXTENSION)
        yield chromium
        chromium.quit()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("browsers", nargs="*", default=["chromium", "firefox"])
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    for name in asked.browsers:
        print(f"{name}, load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else name)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, browsers(name, Path(folder)) as browser:
            person = Person(browser, Quietpage(Path(folder) / "library.db"), Pages())
            person.begin()
            person.connect()
            person.is_connected()
            click_to_reader(person, asked.rounds)
            capture(person, asked.rounds)
            person.site.stop()
            person.server.stop()


if __name__ == "__main__":
    main()
