"""The reader's page as a whole: what it loads at once, what each control's key is, and what works without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.web import app
from quietpage.web.reading import for_reading

STATIC = Path(app.__file__).parent / "static"
MOST_BYTES = 60 * 1024  # of CSS and JavaScript
IMPORT = re.compile(r'^import (?:[^;]*? from )?"\./([\w-]+\.js)";', re.MULTILINE)


@pytest.fixture
def page(me: FlaskClient, library: Library) -> str:
    html = "<h2>One</h2><p>x</p><h2>Two</h2><p>y</p>"
    article = Article("https://one.example/", "One", html, "One x Two y", language="en", reading_minutes=7)
    return me.get(f"/read/{library.save(article, Page(article.url, html)).id}").text


def loaded(page: str) -> set[str]:
    """The sheets and scripts that the page loads at once: its own, and what those import."""
    names = set(re.findall(r'(?:href|src)="/static/([\w-]+\.(?:css|js))', page))
    waiting = {name for name in names if name.endswith(".js")}
    while waiting:
        found = set(IMPORT.findall((STATIC / waiting.pop()).read_text(encoding="utf-8")))
        waiting |= found - names
        names |= found
    return names


def test_what_is_loaded_at_once_is_small(page: str) -> None:
    sizes = {name: (STATIC / name).stat().st_size for name in loaded(page)}
    assert {"reader.css", "reader-place.js", "single-keys.js"} <= set(sizes)
    assert sum(sizes.values()) <= MOST_BYTES, sorted(sizes.items())


def test_what_is_seldom_used_is_loaded_when_it_is(page: str) -> None:
    seldom = {f"reader-{name}.js" for name in "aloud code focus help links notes outline pages zoom".split()}
    assert not seldom & loaded(page)
    tools = (STATIC / "reader-tools.js").read_text(encoding="utf-8")
    assert set(re.findall(r'import\("\./([\w-]+\.js)"\)', tools)) == seldom


def test_each_key_belongs_to_one_control_with_a_name(page: str) -> None:
    keys = re.findall(r' data-key="([^"]+)" data-key-name="[^"]+"', page)
    assert {"c", "s", "p", "l", "?", "/", "o", "e", "f", "#"} <= set(keys)
    assert len(keys) == len(set(keys)) == len(re.findall(" data-key=", page))
    assert not {"j", "k", " "} & set(keys)


def test_an_article_without_headings_has_no_outline(me: FlaskClient, library: Library, page: str) -> None:
    assert 'popovertarget="outline"' in page
    article = Article("https://two.example/", "Two", "<h2>Only</h2><p>x</p>", "Only x")
    assert 'popovertarget="outline"' not in me.get(f"/read/{library.save(article, Page(article.url, '<p>')).id}").text


def test_the_line_above_a_post_is_named_as_such() -> None:
    head = '<p><cite>Tilda</cite> · <time datetime="2024-01-01">New Year</time></p>'
    shown = for_reading(f"{head}<p>One.</p><p><cite>Max</cite></p><p><cite>A Book</cite> is read.</p>").html
    assert shown.count('class="post-head"') == 2
    assert shown.endswith("<p><cite>A Book</cite> is read.</p>")
