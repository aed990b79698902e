"""How languages are written, and what that means for fonts and for the page."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.web.scripts import LANGUAGES, SCRIPTS, first_fonts, script_of


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("en-GB", "latin"),
        (None, "latin"),
        ("sr_RS", "cyrillic"),
        ("EL", "greek"),
        ("zh-Hant-TW", "han"),
        ("fa", "arabic"),
    ],
)
def test_a_language_has_a_script(language: str | None, script: str) -> None:
    assert script_of(language) == script


def test_no_language_is_in_two_scripts() -> None:
    assert len(SCRIPTS) == sum(len(languages.split()) for languages in LANGUAGES.values())


def test_an_article_s_font_files_come_first() -> None:
    assert first_fonts("serif", "en") == ("serif-latin",)
    assert first_fonts("serif", "ru") == ("serif-latin", "serif-cyrillic")
    assert first_fonts("legible", "ru") == ("legible-latin",)
    assert first_fonts("sans", "ja") == ("sans-latin",)


def test_an_article_from_right_to_left_mirrors_its_page_and_not_what_the_page_says(
    me: FlaskClient, library: Library
) -> None:
    article = Article("https://ar.example/", "قوارب", "<p>نص</p>", "نص", language="ar", direction="rtl")
    library.save(article, Page(article.url, article.html))
    page = me.get("/read/1").text
    assert re.search(r'<html lang="en" dir="rtl"', page)
    assert re.search(r'<article [^>]*lang="ar"[^>]*data-script="arabic"', page)
    assert re.search(r'<form class="looks" dir="ltr"', page)
    assert re.search(r'<footer class="after"[^>]*>\s*<p dir="ltr">', page)
    assert re.search(r'<p class="soft" dir="ltr">Select words', page)
