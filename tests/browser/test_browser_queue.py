"""What is not captured yet is captured in background tabs, fills its entries, and each failure says why."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from browser.person import Person
from browser.servers import PAGES, Answering
from browser.test_browser_looks import complaints
from browser.test_browser_many import FORGET_LEAVE, panel
from browser.waiting import until

from quietpage.library.incoming import Captured, Incoming

DAY = datetime(2020, 1, 1, tzinfo=UTC)
WAKE = "await chrome.alarms.create('queue', { when: Date.now(), periodInMinutes: 0.5 })"


class Web(Answering):
    """Pages at several hosts, one that moved, and one that waits until ``gate`` is open."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate = threading.Event()
        super().__init__(self.page)

    def at(self, host: str, path: str) -> str:
        return f"http://{host}.test:{self.port}/{path}"

    def page(self, _method: str, path: str, _body: bytes) -> tuple[int, str, bytes]:
        self.asked.append(path)
        if path == "/slow":
            self.gate.wait(40)
        if path == "/moved":
            return 302, "text/plain", self.at("three", "strict").encode()
        file = PAGES / f"{path.strip('/').replace('slow', 'cluttered')}.html"
        if not file.is_file():
            return 404, "text/html", b"<title>Oh</title><p>No such story here, but a long excuse for it."
        return 200, "text/html; charset=utf-8", file.read_bytes()


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.gate.set()
    web.stop()


@pytest.fixture
def agreeing(ready: Person) -> Iterator[Person]:
    """Somebody who says yes when asked whether other pages may be read."""
    ready.browser.agree()
    yield ready
    ready.browser.in_extension(FORGET_LEAVE)


def bring(person: Person, *urls: str) -> None:
    """Import these addresses, each with a tag, the first the newest."""
    entries = [Incoming(f"row {n}", url, saved_at=DAY.replace(day=9 - n), tags=("sea",)) for n, url in enumerate(urls)]
    person.server.library.imports.take("pocket", [Captured(entry) for entry in entries])


def start(person: Person) -> None:
    person.browser.choose("panel")
    panel(person)
    until(lambda: person.browser.js("document.querySelector('#queue-start')?.checkVisibility()"))
    person.browser.click("#queue-start")


def test_the_pages_of_imported_addresses_are_captured_and_failures_told(agreeing: Person, web: Web) -> None:
    moved, dead = web.at("two", "moved"), "http://dead.invalid/story"  # the last: without a network it waits afterwards
    bring(agreeing, web.at("one", "cluttered"), moved, web.at("four", "gone"), web.at("site", "first"), dead)
    start(agreeing)
    agreeing.sees("Not captured yet: 5")
    library = agreeing.server.library
    until(lambda: library.uncaptured.counts()[0] < 2)
    agreeing.sees("Done.")
    agreeing.sees("Could not be captured: 2")
    assert library.uncaptured.counts() == (0, 2)
    for number in (2, 3, 5):
        kept = library.get(number)
        assert (kept.versions, kept.tags, kept.saved_at.year) == (1, ("sea",), 2020)
    assert library.get(3).article.url == web.at("three", "strict")
    assert library.recent().total == 6
    whys = {one.url: one.failure for one in library.uncaptured.entries(failed=True).entries}
    assert [(why.why, why.status) for why in whys.values() if why] == [("not_found", 404), ("unreachable", None)]
    assert not [url for url in agreeing.browser.tabs() if ".test" in url or "blank" in url or "dead" in url]
    assert agreeing.browser.url().endswith("/panel.html")  # and nothing took the focus from it
    agreeing.browser.click("#queue-failed-title")
    agreeing.sees("The page is no longer there. (404)")
    agreeing.sees("The site could not be reached.")
    assert complaints(agreeing) == []
    agreeing.browser.click("#queue-again")
    agreeing.sees("Not captured yet: 2")


@pytest.mark.in_chromium
def test_a_stopped_background_leaves_no_tab_and_the_next_goes_on(agreeing: Person, web: Web) -> None:
    bring(agreeing, web.at("one", "slow"), web.at("two", "strict"))
    start(agreeing)
    until(lambda: "/slow" in web.asked)
    agreeing.browser.stop_background()
    web.gate.set()
    agreeing.browser.in_extension(WAKE)
    agreeing.sees("Done.")
    assert agreeing.server.library.uncaptured.counts() == (0, 0)
    assert (web.asked.count("/slow"), agreeing.server.library.recent().total) == (2, 3)
    assert not [url for url in agreeing.browser.tabs() if ".test" in url]
