"""The page that brings in what other programs have kept: it looks, takes in, and says what became of it."""

from __future__ import annotations

import io
import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quietpage.web.arrivals import EXTENSION

HEADER = "title,url,time_added,tags,status"
POCKET = f"{HEADER}\nThe tides,https://a.example/tides,1700000000,sea,unread\nB,<b>nowhere,1,,unread\n"


def bring(me: FlaskClient, content: str, name: str = "part.csv", do: str = "import") -> str:
    """Send a file, and answer the page when it is done."""
    sent = me.post("/import", data={"file": (io.BytesIO(content.encode()), name), "do": do})
    assert sent.status_code == 303
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join()
    return me.get("/import").text


def test_a_file_comes_in_and_what_became_of_it_is_said(app: Flask, me: FlaskClient) -> None:
    page = bring(me, POCKET)
    assert "This came in" in page and "http-equiv" not in page
    assert "<b>row 3</b>: “&lt;b&gt;nowhere” is no address of a page" in page
    assert "1 page is not captured yet" in page and "press Start there" in page
    assert me.get("/?q=is:uncaptured").text.count(">not captured yet<") == 1
    assert not app.extensions[EXTENSION].folder.exists()


def test_looking_keeps_nothing(me: FlaskClient) -> None:
    assert "This would come in" in bring(me, POCKET, do="look")
    assert "Your library is empty" in me.get("/").text


def test_a_file_of_no_format_is_refused(app: Flask, me: FlaskClient) -> None:
    page = bring(me, "hello", "notes.txt")
    assert "Nothing was imported." in page and "notes.txt is in no format that Quietpage knows" in page
    assert not app.extensions[EXTENSION].folder.exists()


def test_while_one_runs_its_page_says_how_far_it_is_and_no_other_begins(
    app: Flask, me: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr("quietpage.web.importing.take_in", lambda *_, **__: iter(gate.wait, True))
    data = {"file": (io.BytesIO(POCKET.encode()), "part.csv"), "do": "import"}
    assert me.post("/import", data=data).status_code == 303
    page = me.get("/import").text
    assert '<meta http-equiv="refresh"' in page and "<progress" in page
    again = me.post("/import", data={"file": (io.BytesIO(b"x"), "part.csv")})
    assert (again.status_code, "still under way" in again.text) == (400, True)
    gate.set()


def test_what_breaks_off_on_its_way_is_said(app: Flask, me: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the page")

    monkeypatch.setattr("quietpage.web.importing.take_in", breaks)
    page = bring(me, POCKET)
    assert "Nothing was imported." in page and "RuntimeError" in page and "a secret" not in page
    assert "This came in" not in page


def test_without_a_file_that_is_said(me: FlaskClient) -> None:
    answer = me.post("/import", data={"do": "import"})
    assert (answer.status_code, "Choose a file first." in answer.text) == (400, True)


def test_a_name_leads_nowhere(me: FlaskClient) -> None:
    assert "This came in" in bring(me, POCKET, "../../../etc/part.csv")


def test_what_is_not_captured_yet_says_so_and_leads_to_its_page(me: FlaskClient) -> None:
    bring(me, POCKET)
    page = me.get("/read/1").text
    assert "Not captured yet." in page and 'href="https://a.example/tides"' in page
    for path in ("versions", "captured"):
        assert me.get(f"/read/1/{path}").status_code == 404
