"""An article opened from a search: what was searched for is marked, and the best passage has a name."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.library.query import Term
from quietpage.library.snippets import Spotter
from quietpage.web.marking import marked


def spotting(*words: str) -> Spotter:
    return Spotter([Term(word) for word in words], {})


def test_each_place_is_marked_and_the_best_passage_is_named() -> None:
    far = "x " * 200
    html = f"<p>A lamp.</p><p>{far}</p><p>The <b>keeper</b> &amp; the lamp.</p>"
    found = marked(html, spotting("lamp", "keeper"))
    assert found.places == 3
    assert found.html == (
        f'<p>A <mark class="found">lamp</mark>.</p><p>{far}</p>'
        '<p>The <b><mark class="found" id="match">keeper</mark></b> &amp; the <mark class="found">lamp</mark>.</p>'
    )


def test_a_phrase_across_elements_is_marked_in_each_and_named_once() -> None:
    found = marked("<p>light<i>house</i> keeper</p>", spotting("lighthouse keeper"))
    assert found.html == (
        '<p><mark class="found" id="match">light</mark><i><mark class="found">house</mark></i>'
        '<mark class="found"> keeper</mark></p>'
    )
    assert found.places == 1


def test_words_of_two_paragraphs_are_no_word() -> None:
    html = "<ul><li>light</li><li>house</li></ul>"
    assert marked(html, spotting("lighthouse")).html == html


def test_what_has_no_match_is_passed_on_as_it_is() -> None:
    html = '<p title="lamp">1 &lt; 2&nbsp;&#233;<br><a href="https://x.example/lamp">x</a> <img alt="lamp"></p>'
    assert marked(html, spotting("lamp")).html == html


@pytest.mark.parametrize("text", ["a &lt;script&gt; lamp", "&lt;lamp&gt; &amp;lt; lamp", '"lamp" \' lamp'])
def test_marking_opens_no_markup(text: str) -> None:
    found = marked(f"<p>{text}</p>", spotting("lamp", "script")).html
    assert re.sub(r'<mark class="found"( id="match")?>|</mark>', "", found) == f"<p>{text}</p>"


def test_formulas_are_left_as_they_are() -> None:
    html = "<p>x</p><math><mi>x</mi></math>"
    assert marked(html, spotting("x")).html == '<p><mark class="found" id="match">x</mark></p><math><mi>x</mi></math>'


def test_accents_match_however_they_are_written() -> None:
    html = marked("<p>Cafe\u0301</p>", spotting("café")).html
    assert html == '<p><mark class="found" id="match">Café</mark></p>'


@pytest.fixture
def lighthouse(library: Library) -> int:
    text = f"{'Nothing here. ' * 60}The keeper lit the lamps at dusk. {'Nothing there. ' * 60}"
    article = Article("https://x.example/", "The light", f"<p>{text}</p>", text)
    return library.save(article, Page(article.url, "<p>")).id


def test_a_hit_opens_the_reader_at_its_passage(me: FlaskClient, lighthouse: int) -> None:
    page = me.get("/?q=lamp").text
    assert f'href="/read/{lighthouse}?q=lamp#match"' in page
    page = me.get(f"/read/{lighthouse}?q=lamp").text
    assert '<mark class="found" id="match">lamps</mark>' in page
    assert f'href="/read/{lighthouse}"' in page


def test_a_misspelt_search_opens_at_what_was_found_for_it(me: FlaskClient, lighthouse: int) -> None:
    assert f'href="/read/{lighthouse}?q=keeper#match"' in me.get("/?q=kepeer").text


def test_a_match_in_the_title_alone_opens_the_top(me: FlaskClient, lighthouse: int) -> None:
    assert f'href="/read/{lighthouse}?list=title:light"' in me.get("/?q=title:light").text


@pytest.mark.parametrize("query", ["", "is:read", '"', "title:light", "<script>", "zebra", "a" * 10_000, "\x00"])
def test_any_query_opens_the_article(me: FlaskClient, lighthouse: int, query: str) -> None:
    answer = me.get(f"/read/{lighthouse}", query_string={"q": query})
    assert answer.status_code == 200
    assert "<mark" not in answer.text
    assert "<script>" not in answer.text
