"""clean(): a page in, its article out."""

from __future__ import annotations

import re

import pytest

from quietpage import Article, NotAnArticle, Page, clean
from quietpage.cleaner import pipeline

URL = "https://site.test/2026/11/harbor"
STORY = [
    "The harbor at Lindholm froze on Tuesday for the first time in thirty years, and the ferries stayed at the quay.",
    "Fishermen broke the ice with poles before dawn, while children who had never seen it so thick walked out to them.",
    "“We waited for the icebreaker until noon,” said the harbor master, who keeps a diary of every winter since 1971.",
]
PAGE = f"""<!doctype html><html lang="en"><head><title>The frozen harbor – Site</title>
<meta property="og:site_name" content="Site"></head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article class="post"><h1>The frozen harbor</h1><div class="entry-content">
{"".join(f"<p>{paragraph}</p>" for paragraph in STORY)}</div></article>
<footer class="footer"><p>Copyright 2026 <a href="/imprint">Imprint</a></p></footer></body></html>"""


def test_a_page_becomes_its_article() -> None:
    article = clean(PAGE, URL)
    assert [line for line in article.text.split("\n\n") if line in STORY] == STORY
    assert (article.title, article.site, article.language) == ("The frozen harbor", "Site", "en")
    assert article.word_count > 50
    assert article.warning is None


@pytest.mark.parametrize("clutter", ["Home", "Copyright", "Imprint"])
def test_the_site_around_it_is_gone(clutter: str) -> None:
    assert clutter not in clean(PAGE, URL).text


def test_what_was_removed_is_told() -> None:
    assert any("Copyright" in piece.html for piece in clean(PAGE, URL).removed)


def test_bytes_and_text_give_the_same_article() -> None:
    assert clean(PAGE.encode(), URL) == clean(PAGE, URL)


def test_cleaning_twice_gives_the_same() -> None:
    assert clean(PAGE, URL) == clean(PAGE, URL)


@pytest.mark.parametrize("html", ["", "<html></html>", "<body><img src=a.jpg></body>", "\0"])
def test_a_page_without_text_is_not_an_article(html: str) -> None:
    with pytest.raises(NotAnArticle):
        clean(html, URL)


def test_what_is_no_article_keeps_all_its_text_and_says_why() -> None:
    with pytest.raises(NotAnArticle) as caught:
        clean("<nav><a href=/a>Sign in</a></nav><div class=menu><a href=/b>Help &amp; more</a></div>", URL)
    remains = caught.value.remains
    assert isinstance(remains, Article)
    assert remains.text.split("\n\n") == ["Sign in", "Help & more"]
    assert remains.warning
    assert caught.value.reason


@pytest.mark.parametrize("html", [None, 5, ["<p>"]])
def test_html_that_is_neither_text_nor_bytes_is_refused(html: object) -> None:
    with pytest.raises(TypeError):
        clean(html, URL)  # type: ignore[arg-type]


def test_nul_bytes_and_lone_surrogates_do_no_harm() -> None:
    article = clean(PAGE.replace("ferries", "fer\0ries \ud800"), URL)
    assert "harbor master" in article.text
    article.text.encode("utf-8")


def test_a_hundred_thousand_nested_tags_are_cleaned_with_every_word() -> None:
    deep = PAGE.replace("<div", "<div>" * 100_000 + "<div", 1)
    text = clean(deep, URL).text
    assert all(paragraph in text for paragraph in STORY)


def test_a_script_never_reaches_the_article() -> None:
    hostile = PAGE.replace("The harbor", '<img src=x onerror="alert(1)"><a href="javascript:alert(2)">The</a> harbor')
    article = clean(hostile, URL)
    assert "alert" not in article.html


def test_the_page_is_read_through_the_public_door_as_well() -> None:
    assert pipeline.clean(Page(url=URL, html=PAGE)) == clean(PAGE, URL)


def test_a_page_that_only_says_its_article_to_machines_gives_that() -> None:
    said = "The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go."
    script = (
        f'<script type="application/ld+json">{{"@type": "Article", "articleBody": "{said}\\n{said} Again."}}</script>'
    )
    article = clean(f"<title>The ferry</title>{script}<body><p>Loading</p>", "https://site.test/")
    assert article.text == f"{said}\n\n{said} Again."


@pytest.mark.parametrize("control", ["\x1b", "\x9f", "\x7f", "&#27;", "&#1;"])
def test_control_characters_are_nobody_s_text(control: str) -> None:
    head = f'<title>Ra{control}in on the river</title><meta name="author" content="Ro{control}sa Weir">'
    story = f"<p>The ri{control}ver rose. {' '.join(STORY)}</p><pre>a{control}b\n\tc</pre>"
    article = clean(head + story, URL)
    assert (article.title, article.byline) == ("Rain on the river", "Rosa Weir")
    assert article.text.startswith("The river rose.") and article.text.endswith("ab\n\tc")
    assert not re.search(r"[\0-\x08\x0b-\x1f\x7f-\x9f]", article.html)


def test_a_control_character_that_parts_words_is_a_blank() -> None:
    text = clean(f"<p>The river\x0brose.&#12;It\x85fell. {' '.join(STORY)}</p>", URL).text
    assert text.startswith("The river rose. It fell.")
