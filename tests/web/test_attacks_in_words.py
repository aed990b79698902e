"""Attacks in the words that a person or a browser writes, and in what leaves: notes, names, exported files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import escape

import pytest
from flask.testing import FlaskClient
from harmless import harms
from markdown_it import MarkdownIt
from payloads import CLASSES, PAYLOADS, within_an_article

from quietpage.article import Article, Page
from quietpage.cleaner.markdown import markdown
from quietpage.cleaner.pipeline import clean
from quietpage.library.anchoring import Selector
from quietpage.library.library import Library

from .conftest import CHALLENGE, ORIGIN

RENDERED = MarkdownIt("commonmark")  # as most programs show Markdown: with the HTML that is in it


def highlights_as_markdown(client: FlaskClient) -> str:
    return RENDERED.render(client.get("/highlights/export?format=markdown").text)


# What leaves the library, each as the HTML that a program makes of it: add a format here, and all attacks meet it.
EXPORTS: dict[str, Callable[[FlaskClient], str]] = {
    "highlights as Markdown": highlights_as_markdown,
}


def words_of(payload: str) -> str:
    """A payload as it may stand in a text."""
    return " ".join(re.sub(r"[\x00-\x1f\ud800-\udfff]", " ", payload).split())


def keep(library: Library, payload: str, number: int) -> int:
    """An article that is named after a payload and quotes it."""
    article = Article(
        url=f"https://site.test/{number}",
        title=payload,
        html=f"<p>harbor {escape(words_of(payload))} harbor</p>",
        text=f"harbor {words_of(payload)} harbor",
        byline=payload,
        site=payload,
    )
    return library.save(article, Page(article.url, payload, capture_id=str(number))).id


def test_nothing_runs_in_notes_highlights_and_corrections(me: FlaskClient, library: Library) -> None:
    for number, payload in enumerate(PAYLOADS[::4]):
        article = keep(library, payload, number)
        library.marks.set_note(article, payload)
        library.marks.add(article, Selector(0, 6, "harbor"), note=payload)
        library.corrections.add("drop", payload, f"https://site.test/{number}", example=payload)
        if number % 20 == 0:
            for path in (f"/read/{article}", f"/read/{article}/notes"):
                assert (payload, harms(me.get(path).text, page=True)) == (payload, [])
    following: str | None = "/highlights"
    while following:
        page = me.get(following).text
        assert (following, harms(page, page=True)) == (following, [])
        found = page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        following = found.replace("&amp;", "&") if 'rel="next"' in page else None
    for path in ("/settings", "/highlights?q=window", "/?q=has:note"):
        assert (path, harms(me.get(path).text, page=True)) == (path, [])


def test_nothing_runs_in_the_name_of_a_browser(me: FlaskClient, stranger: FlaskClient, library: Library) -> None:
    """Any extension says what it is called, before anybody has allowed it."""
    for number, payload in enumerate(PAYLOADS[::3]):
        body = {"name": payload[:100], "challenge": CHALLENGE}
        asked = stranger.post("/api/pairings", json=body, headers={"Origin": ORIGIN}).json
        if "id" in asked:
            page = me.get(f"/connect/{asked['id']}").text
            assert (payload, harms(page, page=True)) == (payload, [])
        library.browsers.add(name=payload, origin=payload, token_hash=b"%032d" % number, proof_key=b"k")
    assert harms(me.get("/settings").text, page=True) == []


@pytest.mark.parametrize("export", EXPORTS)
def test_nothing_runs_in_what_is_made_of_an_export(me: FlaskClient, library: Library, export: str) -> None:
    for number, payload in enumerate(PAYLOADS[1::4]):
        article = keep(library, payload, number)
        library.marks.add(article, Selector(0, 1, words_of(payload)))
    assert harms(EXPORTS[export](me)) == []


@pytest.mark.parametrize("kind", CLASSES)
def test_nothing_runs_in_an_article_as_markdown_rendered_back(kind: str) -> None:
    harmful = {}
    for payload in CLASSES[kind]:
        article = clean(Page("https://site.test/", within_an_article(payload)))
        if found := harms(RENDERED.render(markdown(article.html))):
            harmful[payload] = found
    assert harmful == {}


def test_no_cell_is_a_formula(me: FlaskClient, library: Library) -> None:
    """A spreadsheet computes what begins so, and a formula may ask another place or start a program."""
    formulas = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "= 1+1", "\t=1+1", "\r=1+1", "\n@x", "＝1+1", "－1+1"]
    for number, formula in enumerate(formulas):
        library.marks.set_note(keep(library, formula, number), formula)
    _, *rows = csv.reader(io.StringIO(me.get("/highlights/export?format=csv").text, newline=""))
    assert len(rows) == len(formulas)
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r\n＝－" and cell]
