"""Forged requests in real browsers, by a page on another port of this machine, where our cookie comes along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from browser.person import Person
from browser.servers import Answering
from browser.waiting import until

from quietpage.article import Article, Page

# Each way settles with whether it got something; what it changed is seen in the library.
ATTACK = """<!doctype html><title>Attack</title><iframe name=inner></iframe>
<form method=post target=inner action="AT/read/1/tags"><input name=add value=stolen></form>
<script>
const at = "AT", settled = (start) => new Promise((settle) => { start(settle); setTimeout(settle, 5000, false); });
const body = JSON.stringify({ url: "https://evil.example/", html: "<p>x</p>".repeat(99), capture_id: "1" });
const read = (path, how) => fetch(at + path, { credentials: "include", ...how }).then((it) => it.text(), () => "");
const post = (path, body, kind) =>
  read(path, { method: "POST", mode: "no-cors", body, headers: { "Content-Type": kind } });
Promise.all([
  post("/read/1/tags", "add=stolen", "application/x-www-form-urlencoded"),
  post("/api/articles", body, "text/plain"),
  read("/api/articles", { method: "POST", body, headers: { "Content-Type": "application/json" } }),
  read("/api/articles/1", { method: "DELETE" }),
  read("/api/articles", {}),
  read("/", {}),
  read("/", { mode: "no-cors" }),
  navigator.sendBeacon(at + "/read/1/tags", new URLSearchParams({ add: "stolen" })) && "",
  settled((settle) => { const socket = new WebSocket(at.replace("http", "ws") + "/");
    socket.onopen = () => settle("a socket"); socket.onerror = () => settle(""); }),
  settled((settle) => { const image = new Image(); image.onload = () => settle("an image");
    image.onerror = () => settle(""); image.src = at + "/read/1"; }),
  settled((settle) => { const script = document.createElement("script"); script.onload = () => settle("a script");
    script.onerror = () => settle(""); script.src = at + "/api/articles"; document.body.append(script); }),
  settled((settle) => { document.querySelector("iframe").onload = () => settle(""); document.forms[0].submit(); }),
]).then((got) => { window.got = got.filter(Boolean); });
</script>"""


@pytest.fixture
def evil(visitor: Person) -> Iterator[Answering]:
    """A server of somebody else's on this machine."""
    page = ATTACK.replace("AT/", f"{visitor.server.url}/").replace('"AT"', f'"{visitor.server.url}"')
    evil = Answering(lambda *_: (200, "text/html; charset=utf-8", page.encode()))
    yield evil
    evil.stop()


@pytest.fixture
def answered(visitor: Person) -> list[tuple[str, bool]]:
    """The status of each answer to another site, and whether our cookie came with the question."""
    inner, answered = visitor.server.app.wsgi_app, []

    def watching(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, *more: Any) -> Any:
            if environ.get("HTTP_SEC_FETCH_SITE") not in ("same-origin", "none"):  # our own page may still be loading
                answered.append((status[:3], "quietpage-" in environ.get("HTTP_COOKIE", "")))
            return start_response(status, *more)

        return inner(environ, start)

    visitor.server.app.wsgi_app = watching  # type: ignore[method-assign]
    return answered


def test_a_page_of_another_port_reads_and_changes_nothing(
    visitor: Person, evil: Answering, answered: list[tuple[str, bool]]
) -> None:
    library = visitor.server.library
    article = Article("https://site.test/", "Mine", "<p>Mine</p>", "Mine")
    saved = library.save(article, Page(article.url, article.html))
    assert saved.id == 1
    visitor.browser.goto(f"http://127.0.0.1:{evil.port}/")
    until(lambda: visitor.browser.js("Array.isArray(window.got)"))
    assert visitor.browser.js("window.got") == []
    assert any(with_cookie for _, with_cookie in answered)  # so it was worth something to try
    assert {status for status, _ in answered} <= {"400", "401", "403", "405", "415"}
    assert visitor.server.titles() == ["Mine"]
    assert library.tags.all() == ()
