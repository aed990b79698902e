"""What a page says of itself, in all the ways pages say it."""

from __future__ import annotations

import json

import pytest
from cleaner.metadata_pages import MARCH_3, facts, json_ld, meta


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>The last ferry leaves at dawn – Harbor Post</title>", ""),
        ("<title>The last ferry leaves at dawn | Harbor Post</title>", ""),
        ("<title>Harbor Post: The last ferry leaves at dawn</title>", "<h2>The last ferry leaves at dawn</h2>"),
        ("<title>Harbor Post</title>" + meta("og:title", "The last ferry leaves at dawn"), ""),
        ("<title>x</title>" + json_ld(headline="The last ferry leaves at dawn"), ""),
        (
            meta("og:title", "The last ferry leaves at dawn | Harbor Post") + meta("og:site_name", "Harbor Post"),
            "<h1>The last ferry leaves at dawn</h1>",
        ),
        ("<title>Harbor Post</title>" + meta("og:site_name", "Harbor Post"), "<h1>The last ferry leaves at dawn</h1>"),
    ],
)
def test_the_title_comes_without_the_sites_name(head: str, body: str) -> None:
    assert facts(head, body).title == "The last ferry leaves at dawn"


@pytest.mark.parametrize("title", ["Spider-Man: No Way Home", "Why 2 + 2 – sometimes – is 5", "A–Z of knots"])
def test_a_separator_within_a_title_is_the_titles(title: str) -> None:
    assert facts(f"<title>{title}</title>", f"<h1>{title}</h1>").title == title


def test_the_browsers_tab_title_helps_where_the_page_has_none() -> None:
    assert facts(title="The last ferry – Harbor Post").title == "The last ferry"


def test_a_page_without_any_title_has_its_hosts_name() -> None:
    assert facts().title == "harbor.example"


@pytest.mark.parametrize(
    "head",
    [meta("og:site_name", "Harbor Post"), json_ld(publisher={"@type": "Organization", "name": "Harbor Post"}),
     "<title>The last ferry leaves at dawn – Harbor Post</title>"],
)  # fmt: skip
def test_the_site_is_named(head: str) -> None:
    assert facts(head).site == "Harbor Post"


def test_a_kicker_in_the_heading_is_not_the_titles() -> None:
    head = meta("og:title", "The last ferry leaves at dawn")
    assert facts(head, "<h1>Travel: The last ferry leaves at dawn</h1>").title == "The last ferry leaves at dawn"


def test_a_heading_with_a_dash_is_not_cut() -> None:
    head = "<title>The last ferry leaves – at dawn | Harbor Post</title>" + meta("og:site_name", "Harbor Post")
    assert facts(head, "<h1>The last ferry leaves – at dawn</h1>").title == "The last ferry leaves – at dawn"


def test_the_sites_name_as_a_heading_is_not_the_title() -> None:
    head = "<title>The last ferry leaves at dawn</title>" + meta("og:site_name", "Harbor Post")
    assert facts(head, "<h1>Harbor Post</h1>").title == "The last ferry leaves at dawn"
    assert facts("<title>The last ferry leaves at dawn</title>", "<h1>Harbor</h1>").title.startswith("The last")


@pytest.mark.parametrize(
    ("root", "head", "language"),
    [
        ('lang="en-us"', "", "en-US"),
        ('lang="DE"', "", "de"),
        ('lang="zh-Hant-TW"', "", "zh-Hant-TW"),
        ("", meta("og:locale", "pt_BR"), "pt-BR"),
        ("", '<meta name="content-language" content="fr, en">', "fr"),
        ('lang=""', json_ld(inLanguage="es"), "es"),
        ('lang="<script>"', "", None),
    ],
)
def test_the_language_is_a_tag(root: str, head: str, language: str | None) -> None:
    assert facts(head, root=root).language == language


@pytest.mark.parametrize(
    ("root", "text", "direction"),
    [
        ('dir="rtl"', "x", "rtl"),
        ("", "היה היתה אונייה קטנה, שלא יכלה להפליג", "rtl"),
        ('lang="ar"', "", "rtl"),
        ('lang="ar"', "A page in English after all", "ltr"),
        ('lang="ar"', "2026 – 11 – 24", "rtl"),
        ("", "The last ferry", "ltr"),
    ],
)
def test_the_direction_is_said_or_seen(root: str, text: str, direction: str) -> None:
    assert facts(body=f"<p>{text}</p>", root=root).direction == direction


def test_addresses_are_absolute_and_of_the_web() -> None:
    found = facts('<link rel="canonical" href="/news/ferry?a=1">' + meta("og:image", "//img.example/f.jpg"))
    assert found.canonical_url == "https://www.harbor.example/news/ferry?a=1"
    assert found.lead_image == "https://img.example/f.jpg"
    assert facts(meta("og:image", "javascript:alert(1)") + meta("og:url", "data:text/html,x")).lead_image is None


def test_the_article_is_found_in_a_graph() -> None:
    graph = {"@graph": [{"@type": "WebPage", "name": "x"}, {"@type": "BlogPosting", "headline": "The last ferry"}]}
    found = facts(f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert found.headline == "The last ferry"


def test_what_the_article_leaves_unsaid_its_page_may_say() -> None:
    graph = {"@graph": [{"@type": "WebPage", "datePublished": "2024-03-03"}, {"@type": "Article", "headline": "A"}]}
    found = facts(f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert (found.headline, found.published_at) == ("A", MARCH_3)


def test_the_articles_body_is_kept_as_a_witness() -> None:
    assert facts(json_ld(headline="A", articleBody="It left.")).article_body == "It left."


@pytest.mark.parametrize(
    "broken",
    ["{", "[]", "null", '"x"', '{"@type": 5}', '{"@type":"Article","author":[[]],"headline":{}}', "[" * 5000, "NaN",
     '{"@type":"Article","image":[{"url":["x"]}],"datePublished":{"@value":7}}', '<!-- {"@type":"Article"} -->'],
)  # fmt: skip
def test_broken_json_ld_counts_as_not_said(broken: str) -> None:
    found = facts(f'<title>The last ferry</title><script type="application/ld+json">{broken}</script>')
    assert found.title == "The last ferry"


def test_json_ld_with_raw_line_breaks_is_read() -> None:
    script = '<script type="application/ld+json">{"@type":"Article","headline":"The last\nferry"}</script>'
    assert facts(script).headline == "The last ferry"


@pytest.mark.parametrize("url", ["http://[", "x", "", "https://"])
def test_any_address_will_do(url: str) -> None:
    assert isinstance(facts('<link rel="canonical" href="http://[">', url=url).title, str)
