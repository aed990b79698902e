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
