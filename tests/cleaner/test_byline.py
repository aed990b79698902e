"""Who wrote a page, however it says it."""

from __future__ import annotations

import json

import pytest
from cleaner.metadata_pages import facts, json_ld, meta


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld(author={"@type": "Person", "name": "Ann Lee"}), ""),
        (json_ld(author=[{"name": "Ann Lee"}]), ""),
        (json_ld(author="By Ann Lee"), ""),
        ('<meta name="author" content="By Ann Lee">', ""),
        ('<meta name="dc.creator" content="Ann Lee">', ""),
        (meta("article:author", "https://www.facebook.com/ann.lee") + '<meta name="author" content="Ann Lee">', ""),
        ("", '<a rel="author" href="/ann">Ann Lee</a>'),
        ("", '<p itemprop="author"><span itemprop="name">Ann Lee</span></p>'),
        ("", '<div class="byline">By Ann Lee | March 3, 2024</div>'),
        ("<title>The last ferry</title>", "<h1>The last ferry</h1><p>By Ann Lee</p><p>It left.</p>"),
        ("<title>Die letzte Fähre</title>", "<h1>Die letzte Fähre</h1><p>Von Ann Lee</p><p>Sie fuhr.</p>"),
    ],
)
def test_the_byline_is_a_name(head: str, body: str) -> None:
    assert facts(head, body).byline == "Ann Lee"


@pytest.mark.parametrize(
    "body",
    [
        '<div class="post-header__byline-x">By Ann Lee</div>',
        '<span class="story_Author_name__x1">Ann Lee</span>',
        '<p class="byline">By Ann Lee Updated June 13, 2024</p>',
        '<p class="byline">Ann Lee ⋅ Review Editor</p>',
        '<p class="byline">Ann Lee 2–3 minutes</p>',
        '<p class="author">Post by Ann Lee » Sat Feb 24</p>',
        '<div><a href="/authors/ann-lee">Ann Lee</a></div>',
        '<p class="comment-author author">Bo Chen</p><p class="author">Ann Lee</p>',
        '<div><a rel="author" href="/ann">Ann Lee</a></div><p>…</p><div><a rel="author" href="/bo">Bo Chen</a></div>',
    ],
)
def test_the_byline_is_seen_where_no_data_say_it(body: str) -> None:
    assert facts(body=body).byline == "Ann Lee"


def test_authors_side_by_side_wrote_it_together() -> None:
    body = '<p>By <a rel="author" href="/ann">Ann Lee</a> and <a rel="author" href="/bo">Bo Chen</a></p>'
    assert facts(body=body).byline == "Ann Lee, Bo Chen"


def test_a_label_on_a_card_says_who_wrote_it() -> None:
    card = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">'
    assert facts(card).byline == "Ann Lee"


def test_a_blog_under_its_writers_name_has_a_byline() -> None:
    head = meta("og:site_name", "Ann Lee") + json_ld(author={"@type": "Person", "name": "Ann Lee"})
    assert facts(head).byline == "Ann Lee"


def test_a_field_that_was_never_filled_is_no_byline() -> None:
    assert facts('<meta name="author" content="page.head.extra.author">').byline is None


def test_several_authors_are_all_named() -> None:
    assert facts(json_ld(author=[{"name": "Ann Lee"}, {"name": "Bo Chen"}])).byline == "Ann Lee, Bo Chen"


@pytest.mark.parametrize(
    "author", ["https://harbor.example/ann", "@annlee", "Harbor Post", "admin", "", "ann@harbor.example"]
)
def test_an_address_a_handle_or_the_site_is_no_byline(author: str) -> None:
    assert facts(meta("og:site_name", "Harbor Post") + f'<meta name="author" content="{author}">').byline is None


def test_an_author_elsewhere_in_the_graph_is_found_by_its_id() -> None:
    person = {"@type": "Person", "@id": "#/person/1", "name": "Ann Lee"}
    for author in ({"@id": "#/person/1"}, [{"@id": "#/person/1"}], "#/person/1"):
        graph = {"@graph": [{"@type": "Article", "author": author}, {"@type": "WebSite", "name": "Harbor"}, person]}
        assert facts(f'<script type="application/ld+json">{json.dumps(graph)}</script>').byline == "Ann Lee"


STORY = "<title>The last ferry</title>", "<h1>The last ferry</h1>"


@pytest.mark.parametrize(
    "line",
    ["By Ann Lee March 3, 2024", "March 3, 2024 by Ann Lee", "Posted by Ann Lee on March 3, 2024", "Von: Ann Lee",
     "Published August 7, 2023 by Ann Lee", "Travel | By Ann Lee | 3 March", "Geschrieben von Ann Lee am 03.03.2024",
     "Ein Artikel von Ann Lee | 03.03.2024 - 12:45", "By Ann Lee, Harbor", "By Ann Lee in Travel",
     "Escrito por Ann Lee", "3 Mar 2024 · by Ann Lee on behalf of the crew"],
)  # fmt: skip
def test_a_line_near_the_headline_names_who_wrote_it(line: str) -> None:
    head, headline = STORY
    assert facts(head, f"{headline}<p>{line}</p><p>It left.</p>").byline == "Ann Lee"


@pytest.mark.parametrize("line", ["By the river it was cold", "By 2030 it will be gone", "Von hier aus"])
def test_a_line_that_begins_like_a_byline_may_be_a_sentence(line: str) -> None:
    head, headline = STORY
    assert facts(head, f"{headline}<p>{line}</p><p>It left.</p>").byline is None


def test_a_line_that_says_nothing_but_who_wrote_it_counts_anywhere() -> None:
    head, headline = STORY
    body = headline + "<p>It left at dawn, and nobody waved.</p>" * 20
    assert facts(head, f"{body}<p>Date: 3 March Author: Ann Lee Source: Harbor</p>").byline == "Ann Lee"
    assert facts(head, f"{body}<p>By Ann Lee</p>").byline == "Ann Lee"
    assert facts(head, f"{body}<p>By Ann Lee</p><p>By Bo Chen</p>").byline is None, "these are other stories'"


def test_a_name_alone_near_the_headline_counts_where_it_is_linked_as_an_authors() -> None:
    head, headline = STORY
    assert facts(head, f'{headline}<div><a href="/people/ann">Ann Lee</a></div><p>x</p>').byline == "Ann Lee"
    assert facts(head, f'{headline}<div><a href="/places/dover">Dover Strait</a></div><p>x</p>').byline is None


@pytest.mark.parametrize(
    "said",
    [
        '<meta name="author" content="annlee">',
        '<meta name="author" content="Harbor Editorial Team">',
        '<meta name="author" content="Harbor">',
        json_ld(author={"@type": "Organization", "name": "Seaside Publishing"}),
    ],
)
def test_where_data_name_a_login_or_an_office_the_page_names_a_person(said: str) -> None:
    assert facts(said, '<p class="author">Ann Lee</p>').byline == "Ann Lee"
    assert facts(said).byline != "Ann Lee"


def test_the_sites_name_is_a_byline_only_where_the_page_shows_it_as_one_or_calls_it_a_person() -> None:
    site = meta("og:site_name", "Harbor Post")
    assert facts(site + '<meta name="author" content="Harbor Post">').byline is None
    assert facts(site, '<p class="byline">By Harbor Post</p>').byline == "Harbor Post"
    assert facts(site + json_ld(author={"@type": "Person", "name": "Harbor Post"})).byline == "Harbor Post"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ann Lee, Harbor Post", "Ann Lee"),
        ("Ann Lee - Harbor Staff", "Ann Lee"),
        ("Ann Lee (@annlee)", "Ann Lee"),
        ("Ann Lee @annlee", "Ann Lee"),
        ("Ann Lee Senior Staff Writer", "Ann Lee"),
        ("Written by: Ann Lee", "Ann Lee"),
        ("byAnn Lee", "Ann Lee"),
        ("Ann Lee <ann at harbor.example>", "Ann Lee"),
        ("Jean-Luc d’Arc", "Jean-Luc d’Arc"),
        ("Our Editors", "Our Editors"),
        ("3 de mayo de", None),
        ("{{ author }}", None),
        ("facebook.com/harbor", None),
    ],
)
def test_a_name_comes_without_what_stands_around_it(written: str, name: str | None) -> None:
    head = meta("og:site_name", "Harbor Post") + json_ld(author=written)
    assert facts(head).byline == name


def test_all_authors_of_a_paper_are_named_as_far_as_they_go_into_a_line() -> None:
    names = [f"Ann Lee {number}th" for number in range(2, 40)]
    found = facts("".join(f'<meta name="citation_author" content="{name}">' for name in names)).byline
    assert found and found.startswith("Ann Lee 2th, Ann Lee 3th")
    assert len(found) <= 200
    assert found.endswith("th")
