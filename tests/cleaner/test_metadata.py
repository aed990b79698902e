"""What a page says of itself, in all the ways pages say it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from quietpage.article import Page
from quietpage.cleaner.document import parse
from quietpage.cleaner.metadata import Metadata, read_metadata

MARCH_3 = datetime(2024, 3, 3, tzinfo=UTC)
URL = "https://www.harbor.example/news/ferry"


def facts(head: str = "", body: str = "", url: str = URL, root: str = "", title: str | None = None) -> Metadata:
    html = f"<!DOCTYPE html><html {root}><head>{head}</head><body>{body}</body></html>"
    return read_metadata(parse(html, url), Page(url=url, html=html, title=title))


def json_ld(**data: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **data}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


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


def test_several_authors_are_all_named() -> None:
    assert facts(json_ld(author=[{"name": "Ann Lee"}, {"name": "Bo Chen"}])).byline == "Ann Lee, Bo Chen"


@pytest.mark.parametrize(
    "author", ["https://harbor.example/ann", "@annlee", "Harbor Post", "admin", "", "ann@harbor.example"]
)
def test_an_address_a_handle_or_the_site_is_no_byline(author: str) -> None:
    assert facts(meta("og:site_name", "Harbor Post") + f'<meta name="author" content="{author}">').byline is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld(datePublished="2024-03-03T08:30:00+01:00"), ""),
        (meta("article:published_time", "2024-03-03T07:30:00Z"), ""),
        (meta("article:published_time", "2024-03-03T08:30:00+0100"), ""),
        ('<meta name="date" content="Sun, 03 Mar 2024 07:30:00 GMT">', ""),
        ("", '<article><time datetime="2024-03-03T07:30Z">yesterday</time></article>'),
        ("", '<span itemprop="datePublished" content="2024-03-03 07:30:00">today</span>'),
    ],
)
def test_the_date_is_read_as_data_say_it(head: str, body: str) -> None:
    assert facts(head, body).published_at == datetime(2024, 3, 3, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["March 3, 2024", "3 March 2024", "3. März 2024", "3 mars 2024", "3 de marzo de 2024", "03.03.2024", "2024年3月3日",
     "Published: Sunday, 3rd March 2024 at 8:30", "3 марта 2024", "3 marca 2024", "2024년 3월 3일",
     "Ann Lee · 3.3.2024", "2024/03/03", "3 de marzo del 2024", "le 3 mars 2024 à 8 h"],
)  # fmt: skip
def test_a_date_written_near_the_headline_is_read(line: str) -> None:
    found = facts("<title>The last ferry</title>", f"<h1>The last ferry</h1><p>{line}</p><p>It left.</p>").published_at
    assert found == datetime(2024, 3, 3, tzinfo=UTC)


def test_a_date_keeps_the_pages_own_offset() -> None:
    found = facts(meta("article:published_time", "2024-03-03T23:30:00-05:00")).published_at
    assert found and found.isoformat() == "2024-03-03T23:30:00-05:00", "in UTC it would be the next day"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld(datePublished="2024-03-03", dateModified="2024-03-05"), ""),
        (meta("article:modified_time", "2024-03-05T00:00:00Z"), ""),
        ("", '<time itemprop="dateModified" datetime="2024-03-05">5 March</time>'),
        ("<title>The last ferry</title>", "<h1>The last ferry</h1><p>Last updated: March 5, 2024</p><p>It left.</p>"),
    ],
)
def test_when_a_page_was_changed_is_another_date(head: str, body: str) -> None:
    assert facts(head, body).modified_at == datetime(2024, 3, 5, tzinfo=UTC)


def test_a_date_that_may_be_two_days_is_not_guessed() -> None:
    assert facts("<title>The ferry</title>", "<h1>The ferry</h1><p>03/04/2024</p>").published_at is None


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("en-US", "03/04/2024", (2024, 3, 4)),
        ("en-GB", "03/04/2024", (2024, 4, 3)),
        ("fr", "03/04/2024", (2024, 4, 3)),
        ("en", "15/04/2024", (2024, 4, 15)),
        ("", "04-15-2024", (2024, 4, 15)),
        ("", "04/04/2024", (2024, 4, 4)),
    ],
)
def test_the_language_tells_the_order_of_day_and_month(language: str, line: str, day: tuple[int, int, int]) -> None:
    body = f"<h1>The last ferry</h1><p>{line}</p><p>It left.</p>"
    found = facts("<title>The last ferry</title>", body, root=f'lang="{language}"').published_at
    assert found == datetime(*day, tzinfo=UTC)


def test_a_date_in_utc_falls_on_the_day_the_page_shows() -> None:
    head = "<title>The last ferry</title>" + meta("article:published_time", "2024-03-04T02:30:00Z")
    found = facts(head, "<h1>The last ferry</h1><p>March 3, 2024</p><p>It left.</p>").published_at
    assert found == datetime(2024, 3, 4, 2, 30, tzinfo=UTC)
    assert found and found.date() == date(2024, 3, 3)
    by_address = facts(head, url="https://harbor.example/2024/03/03/ferry").published_at
    assert by_address == found and by_address.date() == date(2024, 3, 3)


def test_of_two_dates_in_data_the_one_that_is_shown_is_meant() -> None:
    head = (
        "<title>The last ferry</title>"
        + json_ld(datePublished="2019-01-01")
        + '<meta name="date" content="2024-03-03">'
    )
    assert facts(head, "<h1>The last ferry</h1><p>3 March 2024</p><p>It left.</p>").published_at == MARCH_3
    assert facts(head, "<h1>The last ferry</h1><p>It left.</p>").published_at == datetime(2019, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "fact",
    ['<meta name="date" content="March 3, 2024">', '<meta name="pub_date" content="2024-3-3">',
     '<meta name="article.created" content="2024-03-03T99:99">',
     '<meta itemprop="datePublished" content="2024-03-03">'],
)  # fmt: skip
def test_a_date_in_data_is_read_however_it_is_named_and_written(fact: str) -> None:
    assert facts(fact).published_at == MARCH_3


def test_a_line_far_from_the_headline_may_say_when_a_page_was_published_or_changed() -> None:
    story = "<h1>The last ferry</h1>" + "<p>It left at dawn, and nobody waved.</p>" * 20
    found = facts(body=f"{story}<p>Posted by Ann Lee on 3 March 2024</p><p>Last updated: March 5, 2024.</p>")
    assert found.published_at == MARCH_3
    assert found.modified_at == datetime(2024, 3, 5, tzinfo=UTC)
    assert facts(body=f'{story}<div class="comments"><p>Posted on 3 March 2024</p></div>').published_at is None


def test_the_date_of_a_change_near_the_headline_is_not_that_of_publishing() -> None:
    body = (
        "<h1>The last ferry</h1><p>Updated on March 5, 2024</p>"
        + "<p>It left.</p>" * 20
        + "<p class=date>1 May 2024</p>"
    )
    found = facts("<title>The last ferry</title>", body)
    assert found.published_at is None
    assert found.modified_at == datetime(2024, 3, 5, tzinfo=UTC)


def test_a_date_in_the_address_is_the_last_resort() -> None:
    assert facts(url="https://harbor.example/2024/03/03/ferry").published_at == datetime(2024, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["0000-00-00", "2024-13-45", "soon", "9999-99-99T99:99:99Z", "1", "2024-02-30T00:00:00Z", "9" * 5000,
     "99999999999999999999-01-01", "0001-01-01T00:00:00+23:59", "1970-01-01", "https://a.example/2024/03/03",
     "Fri, 99 Mar 2024 07:30:00 +9999"],
)  # fmt: skip
def test_a_date_that_is_none_is_none(text: str) -> None:
    assert facts(meta("article:published_time", text)).published_at is None


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


def test_an_author_elsewhere_in_the_graph_is_found_by_its_id() -> None:
    person = {"@type": "Person", "@id": "#/person/1", "name": "Ann Lee"}
    for author in ({"@id": "#/person/1"}, [{"@id": "#/person/1"}], "#/person/1"):
        graph = {"@graph": [{"@type": "Article", "author": author}, {"@type": "WebSite", "name": "Harbor"}, person]}
        assert facts(f'<script type="application/ld+json">{json.dumps(graph)}</script>').byline == "Ann Lee"


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
