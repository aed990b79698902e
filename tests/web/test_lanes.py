"""However many pages are being saved, all else is answered meanwhile; and every one of them is saved in the end."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from flask import Flask

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.web import api
from quietpage.web.lanes import LARGE_SAVES, SAVES, SAVES_TO
from quietpage.web.pairing import new_token, proof_key, token_hash

from .served import Served


def test_while_pages_are_being_saved_all_else_is_answered(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    library: Library = served.app.extensions["quietpage"].library
    token = new_token()
    library.browsers.add(
        name="Firefox", origin="moz-extension://x", token_hash=token_hash(token), proof_key=proof_key(token)
    )
    go_on, begun = threading.Event(), threading.Semaphore(0)

    def slow(_: Library, page: Page) -> Article:
        begun.release()
        assert go_on.wait(30)
        return Article(page.url, "Rain", "<p>Rain</p>", "Rain")

    def save(number: int, html: str) -> int:
        body = msgspec.json.encode({"url": f"https://harbor.example/{number}", "html": html, "capture_id": str(number)})
        headers = (f"Authorization: Bearer {token}", "Content-Type: application/json", f"Content-Length: {len(body)}")
        return served.send(served.request("POST /api/articles HTTP/1.1", *headers), body)[0]

    monkeypatch.setattr(api, "clean_for", slow)
    pages = ["<p>Rain</p>"] * 12 + ["<p>Rain</p>" + " " * 1_000_000] * 4
    with ThreadPoolExecutor(len(pages)) as browsers:
        saves = [browsers.submit(save, number, html) for number, html in enumerate(pages)]
        try:
            for _ in range(SAVES + LARGE_SAVES):
                assert begun.acquire(timeout=10)
            assert served.send(served.request("GET /api/ping HTTP/1.1"))[0] == 200
            asked = served.request("GET /api/articles?q=rain HTTP/1.1", f"Authorization: Bearer {token}")
            assert served.send(asked)[0] == 200
            assert not begun.acquire(blocking=False), "no more saves than that at once"
        finally:
            go_on.set()
        assert [one.result() for one in saves] == [201] * len(pages)


def test_every_call_that_saves_a_page_waits_among_the_saves(app: Flask) -> None:
    saving = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.create_article")}
    assert saving == set(SAVES_TO)
