"""Attacks in real browsers: hundreds of payloads run no script, ask no other place, and meet no policy on their way.

The server's policy (Content-Security-Policy) would stop a script as well; so that it is seen what only the policy
stopped, each of its reports counts as a failure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from browser.person import Person
from browser.servers import Answering
from browser.waiting import until
from payloads import CLASSES, PAYLOADS, within_an_article

from quietpage.article import Article, Page
from quietpage.cleaner.pipeline import clean

SOME_AT_ONCE = 20
Reports = list[dict[str, str]]


class Evil(Answering):
    """What the payloads ask. ``asked`` holds every path."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(self.note)

    def note(self, _method: str, path: str, _body: bytes) -> tuple[int, str, bytes]:
        self.asked.append(path)
        return 200, "text/plain", b""

    @property
    def payload_address(self) -> str:
        return f"http://elsewhere.test:{self.port}/"


@pytest.fixture
def evil() -> Iterator[Evil]:
    evil = Evil()
    yield evil
    evil.stop()


@pytest.fixture
def stopped(ready: Person) -> Reports:
    """Let browsers tell the server what its policy stopped; what they have told so far."""
    inner = ready.server.app.wsgi_app
    told: Reports = []

    def reporting(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/reports":
            told.append(json.loads(environ["wsgi.input"].read())["csp-report"])
            start_response("204 No Content", [])
            return []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            reports = f"; report-uri {ready.server.url}/reports"
            policy = "Content-Security-Policy"
            return start_response(status, [(k, v + reports if k == policy else v) for k, v in headers], *more)

        return inner(environ, start)

    ready.server.app.wsgi_app = reporting  # type: ignore[method-assign]
    return told


def show(person: Person, path: str) -> None:
    """Go there, and see that nothing ran and nothing was stopped."""
    person.browser.goto(f"{person.server.url}{path}")
    assert person.browser.js("[window.ran === undefined, document.readyState]") == [True, "complete"], path


def test_the_policy_and_the_reports_work(ready: Person, evil: Evil, stopped: Reports) -> None:
    """An article that was never sanitised: the policy stops its script, and says so; its request is seen."""
    hostile = Article(
        url="https://site.test/x", title="x", html="<details ontoggle=window.ran=1 open>x</details>", text="x"
    )
    saved = ready.server.library.save(hostile, Page(hostile.url, hostile.html))
    show(ready, f"/read/{saved.id}")
    ready.browser.goto(evil.payload_address)
    assert evil.asked
    until(lambda: stopped)


def test_nothing_in_an_article_runs_or_asks_another_place(ready: Person, evil: Evil, stopped: Reports) -> None:
    for payloads in CLASSES.values():
        pages = [page_with([payload], evil) for payload in payloads]  # cleaned each by itself, shown together
        articles = [clean(page) for page in pages]
        together = replace(
            articles[0],
            html="\n".join(article.html for article in articles),
            text="\n\n".join(article.text for article in articles),
            removed=tuple(piece for article in articles for piece in article.removed)[:100],
        )
        saved = ready.server.library.save(together, pages[0])
        for path in (f"/read/{saved.id}?q=ferry", f"/read/{saved.id}/removed"):
            show(ready, path)
    assert (evil.asked, stopped) == ([], [])


def test_nothing_runs_where_payloads_stand_together(ready: Person, evil: Evil, stopped: Reports) -> None:
    """One page with many: what one leaves open, the next may use."""
    for number, begin in enumerate(range(0, len(PAYLOADS), SOME_AT_ONCE)):
        page = page_with(PAYLOADS[begin : begin + SOME_AT_ONCE], evil, f"http://site.test/{number}")
        saved = ready.server.library.save(clean(page), page)
        show(ready, f"/read/{saved.id}")
    assert (evil.asked, stopped) == ([], [])


def test_nothing_that_a_page_says_about_itself_runs(ready: Person, evil: Evil, stopped: Reports) -> None:
    for number, payload in enumerate(PAYLOADS):
        said = payload.replace("http://evil.test/", evil.payload_address)
        article = Article(
            url=f"https://site.test/{number}",
            title=said,
            html="<p>harbor</p>",
            text=f"harbor {said}",
            byline=said,
            site=said,
            excerpt=said,
        )
        ready.server.library.save(article, Page(article.url, said))
    following = "/?q=harbor"
    while following:
        show(ready, following)
        next_page = "document.querySelector('[rel=next]')?.getAttribute('href') ?? ''"
        following = str(ready.browser.js(next_page))
    assert (evil.asked, stopped) == ([], [])


def page_with(payloads: Iterable[str], evil: Evil, url: str = "http://site.test/") -> Page:
    """An article with payloads in its midst, which ask the evil place."""
    hostile = "".join(payloads).replace("http://evil.test/", evil.payload_address)
    return Page(url, within_an_article(hostile))
