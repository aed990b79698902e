"""Attacks on whoever reads and searches: through every page of ours that shows what a page of any site held."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from harmless import harms
from payloads import CLASSES, PAYLOADS, within_an_article

from quietpage.article import Article, Page, Removed
from quietpage.cleaner.pipeline import clean
from quietpage.library.library import Library
from quietpage.web.versions import CAPTURED_STYLE


def harms_of_page(html: str) -> list[str]:
    """What would do harm in one of our pages. The frame of a captured page has a style of ours in it."""
    return harms(html.replace(f"<style>{CAPTURED_STYLE}</style>", ""), page=True)


def pages_of_an_article(app: Flask) -> Iterator[str]:
    """The address of every page that shows something of article 1. Files are in formats/test_export_attacks.py."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "exporting.article":
            continue
        if "GET" in (rule.methods or ()) and rule.arguments == {"article_id"} and not rule.rule.startswith("/api/"):
            yield rule.rule.replace("<int:article_id>", "1")


@pytest.mark.parametrize("kind", CLASSES)
def test_nothing_of_an_article_runs_or_loads_where_it_is_read(
    kind: str, app: Flask, me: FlaskClient, library: Library
) -> None:
    """Each payload stands in the midst of an article and is looked at in the reader, every fourth on all its pages."""
    harmful = {}
    for number, payload in enumerate(CLASSES[kind]):
        page = Page("https://site.test/", within_an_article(payload), capture_id=str(number))
        library.save(clean(page), page)
        for address in pages_of_an_article(app) if number % 4 == 0 else ["/read/1"]:
            answer = me.get(f"{address}?q=ferry", follow_redirects=True)
            assert answer.status_code == 200, address
            if found := harms_of_page(answer.text):
                harmful[payload, address] = found
    assert harmful == {}


def test_nothing_that_a_page_says_about_itself_runs_where_it_is_shown(
    app: Flask, me: FlaskClient, library: Library
) -> None:
    """As title, byline, site, excerpt, text, removed piece and tag."""
    for number, payload in enumerate(PAYLOADS):
        article = Article(
            url=f"https://site.test/{number}",
            title=payload,
            html="<p>harbor</p>",
            text=f"harbor {payload}",
            byline=payload,
            site=payload,
            excerpt=payload,
            warning=payload if number % 2 else None,
            removed=(Removed("related", payload, payload),),
        )
        saved = library.save(article, Page(article.url, payload, capture_id=payload))
        library.shelf.tag([saved.id], add=[payload])
        library.searches.keep(payload, payload, "")
        if number % 40 == 0:
            for address in pages_of_an_article(app):
                shown = me.get(address.replace("1", str(saved.id)), follow_redirects=True)
                assert (payload, harms_of_page(shown.text)) == (payload, [])
    following: str | None = "/?q=harbor"
    seen = 0
    while following:
        shown = me.get(following)
        assert (following, harms_of_page(shown.text)) == (following, [])
        seen += shown.text.count('<li class="hit')
        following = next_page(shown.text)
    assert seen == len(set(PAYLOADS))
    library.shelf.delete([1, 2, 3])
    for address in ("/", "/tags", "/trash", "/statistics", "/settings", "/?q=nowhere"):
        assert (address, harms_of_page(me.get(address).text)) == (address, [])


def next_page(html: str) -> str | None:
    """The address of the list's next page."""
    found = html.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0] if 'rel="next"' in html else None
    return found.replace("&amp;", "&") if found else None


@pytest.mark.parametrize("payload", PAYLOADS[::7])
def test_a_search_shows_what_was_typed_as_text(payload: str, me: FlaskClient) -> None:
    assert harms_of_page(me.get("/", query_string={"q": payload, "sort": payload}).text) == []
