"""Click many pages while the background is stopped and the server is killed at random moments; count what arrives.

    python tests/benchmarks/faults.py chromium 200
    python tests/benchmarks/faults.py firefox 50 --seed 7

Needs the browsers that the browser tests need, and the extension's ports. Every page has to be in the library once,
with one version. A background that is stopped before it has read the page cannot know of it; the person then sees no
mark on the button, and clicks again: these are counted as well.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from browser.chromium import Chromium
from browser.firefox import Firefox
from browser.person import Person
from browser.servers import Site, free_port
from browser.waiting import until
from playwright.sync_api import sync_playwright

from quietpage.library.library import Library

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
STOPPED = 0.4  # of the clicks are followed by a stop of the background …
STOPPED_WITHIN = 0.5  # … within so many seconds
KILLED_EVERY = (0.4, 3.0)  # seconds the server lives
AWAY = (0.1, 1.5)  # seconds it is away then
PATIENCE = 4.0  # seconds after which a person who sees no mark clicks again
DELIVERED = 120.0  # seconds in which all has to arrive, once the server stays
SENTENCE = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go."
WAITING = """await (async () => {
  const { all } = await import("/outbox.js");
  return (await all()).map((entry) => entry.url);
})()"""


class Story(Site):
    """A small web of articles that are all different: ``/story/7``."""

    def page(self, _method: str, path: str, _body: bytes) -> tuple[int, str, bytes]:
        name = path.rpartition("/")[2]
        paragraphs = "".join(f"<p>{name}.{number} {SENTENCE} {SENTENCE}</p>" for number in range(8))
        html = f"<!doctype html><title>Story {name}</title><article><h1>Story {name}</h1>{paragraphs}</article>"
        return 200, "text/html; charset=utf-8", html.encode()


class Killed:
    """The real server in a process of its own, which is killed (-9) and started again while ``restless``."""

    def __init__(self, db: Path) -> None:
        self.db, self.port = db, free_port()
        self.kills = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "quietpage", "--db", str(self.db), "serve", "--port", str(self.port)]
        environment = os.environ | {"PYTHONPATH": str(ROOT / "server")}
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "--no-browser"], env=environment, **quiet)

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def entrance(self, path: str = "/") -> str:
        with Library(self.db) as library:
            return f"{self.url}/open?code={library.links.mint()}&next={path}"

    def kept(self) -> dict[str, int]:
        """Each kept address, and how many versions it has."""
        with Library(self.db) as library:
            rows = library._database().conn.execute("select url, versions from articles").fetchall()
        return {row["url"]: row["versions"] for row in rows}

    def torment(self, chance: random.Random, over: threading.Event) -> None:
        """Kill and start again until it is ``over``; then it runs."""
        while not over.wait(chance.uniform(*KILLED_EVERY)):
            self.kill()
            self.kills += 1
            over.wait(chance.uniform(*AWAY))
            self.start()


@dataclass
class Figures:
    """What a run came to."""

    clicks: int = 0
    again: int = 0
    stops: int = 0
    kills: int = 0
    seconds_to_last: float = 0.0
    missing: list[str] = field(default_factory=list)
    versions: Counter[int] = field(default_factory=Counter)

    def __str__(self) -> str:
        kept = self.versions.total()
        return (
            f"{self.clicks} pages clicked, {self.again} of them again; background stopped {self.stops} times, server "
            f"killed {self.kills} times. Kept: {kept} pages, {self.versions[1]} of them once; missing: "
            f"{self.missing or 'none'}. All there {self.seconds_to_last:.1f} s after the last kill."
        )


def run(browser: Chromium | Firefox, pages: int, seed: int, folder: Path) -> Figures:
    """Connect, click so many pages, and wait until nothing waits any more."""
    chance, over = random.Random(seed), threading.Event()
    site, server = Story(), Killed(folder / "library.db")
    person = Person(browser, server, site)  # type: ignore[arg-type]  # as much of a server and of a site as it needs
    tormentor = threading.Thread(target=server.torment, args=(random.Random(seed + 1), over))
    figures = Figures()
    try:
        until(lambda: answers(server))
        person.begin()
        person.save("story/first")
        person.allow()
        person.reads()
        person.stays()
        tormentor.start()
        for number in range(pages):
            click(person, f"story/{number}", chance, figures)
        over.set()
        tormentor.join()
        figures.kills = server.kills
        figures.seconds_to_last = deliver(person)
        kept = server.kept()
        wanted = [f"{site.url}/story/{number}" for number in range(pages)]
        figures.missing = [url for url in wanted if url not in kept]
        figures.versions = Counter(kept[url] for url in wanted if url in kept)
    finally:
        over.set()
        if tormentor.is_alive():
            tormentor.join()
        server.kill()
        site.stop()
    return figures


def answers(server: Killed) -> bool:
    """Whether the server has come up."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", server.port)) == 0


def click(person: Person, page: str, chance: random.Random, figures: Figures) -> None:
    """Click a page, perhaps with a stop of the background close behind, until it is safe."""
    person.visit(page)
    url = person.browser.url()
    figures.clicks += 1
    for attempt in range(5):
        figures.again += attempt > 0
        person.browser.press_button()
        if chance.random() < STOPPED:
            time.sleep(chance.uniform(0, STOPPED_WITHIN))
            person.browser.stop_background()
            figures.stops += 1
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if url in person.browser.in_extension(WAITING) or url in person.server.kept():  # type: ignore[attr-defined]
                return


def deliver(person: Person) -> float:
    """Ask for all that waits to be sent, as the person can; answers how many seconds that took."""
    begun = time.monotonic()
    person.browser.ensure_background()  # the last stop may have met it while it started
    person.browser.new_tab(f"{person.browser.base}/panel.html")
    while time.monotonic() < begun + DELIVERED:
        person.browser.js("void chrome.runtime.sendMessage({ type: 'deliver' })")
        if not person.browser.js(WAITING):
            break
        time.sleep(0.2)
    return time.monotonic() - begun


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("browser", choices=("chromium", "firefox"))
    arguments.add_argument("pages", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        browser: Chromium | Firefox
        browser = (
            Firefox(EXTENSION) if asked.browser == "firefox" else Chromium(playwright, place / "profile", EXTENSION)
        )
        try:
            print(run(browser, asked.pages, asked.seed, place))
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
