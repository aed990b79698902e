"""The pages: library, search, reader, what was removed, first steps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from quietpage.article import Article, Page, Removed
from quietpage.library.library import Library
from quietpage.web import assets
from quietpage.web.assets import command
from quietpage.web.language import ago, day
from quietpage.web.present import host
from quietpage.web.reading import for_reading


def keep(library: Library, number: int = 1, **changed: object) -> int:
    facts = {"title": f"Title {number}", "html": "<p>Low tide at noon.</p>", "text": f"Low tide at noon. {number}"}
    article = Article(url=f"https://harbor.example/{number}", **{**facts, **changed})
    return library.save(article, Page(url=article.url, html="<p>")).id


def test_an_empty_library_teaches(me: FlaskClient) -> None:
    page = me.get("/").text
    assert "Your library is empty" in page
    assert 'href="/welcome"' in page


def test_the_newest_comes_first_and_older_ones_are_a_page_away(me: FlaskClient, library: Library) -> None:
    for number in range(25):
        keep(library, number)
    page = me.get("/").text
    assert "25 articles" in page
    assert page.index("Title 24<") < page.index("Title 23<")
    assert "Title 3<" not in page
    older = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "Title 3<" in me.get(older).text


def test_a_hit_shows_the_words_in_their_place(me: FlaskClient, library: Library) -> None:
    keep(library)
    page = me.get("/?q=noon").text
    assert "1 article for <b>noon</b>" in page
    assert "<mark>noon</mark>" in page


def test_markup_in_titles_queries_and_snippets_is_text(me: FlaskClient, library: Library) -> None:
    keep(library, title="<b>bold</b>", text="a <script>x</script> b", site="<i>", byline="<u>")
    for path in ("/", "/?q=script", "/?q=<script>x", "/read/1", "/read/1/removed"):
        page = me.get(path).text
        assert "<b>bold" not in page
        assert "<script>x" not in page
        assert "<u>" not in page


def test_nothing_found_says_what_to_try(me: FlaskClient, library: Library) -> None:
    keep(library)
    page = me.get("/?q=xylophone").text
    assert "Nothing found for “xylophone”" in page
    assert "the beginning of one" in page


def test_a_part_of_a_search_that_was_not_understood_is_said(me: FlaskClient, library: Library) -> None:
    keep(library)
    assert "“saved:noon” was searched as words" in me.get("/?q=saved:noon").text
    assert "“saved:noon” was searched as words" in me.get("/?q=tide+saved:noon").text
    assert "as words" not in me.get("/?q=tide+saved:>2020").text


def test_a_misspelt_search_shows_what_was_meant(me: FlaskClient, library: Library) -> None:
    keep(library, text="Lighthouses at noon.")
    page = me.get("/?q=lighthuoses").text
    assert "Showing results for" in page
    assert 'href="/?q=lighthouses"' in page
    assert "<mark>Lighthouses</mark>" in page
    assert "Showing results for" not in me.get("/?q=noon").text


def test_of_very_many_hits_the_page_says_how_many_at_least(
    me: FlaskClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quietpage.library.search.RANKED_WHOLE", 2)
    for number in range(3):
        keep(library, number)
    assert "more than 2 articles for <b>noon</b>" in " ".join(me.get("/?q=noon").text.split())


def test_of_a_question_the_page_says_which_hits_have_all_words(me: FlaskClient, library: Library) -> None:
    keep(library, 1, text="where do low tides come from")
    keep(library, 2, text="low tides")
    assert "The first has all of these words" in me.get("/?q=where+do+low+tides+come+from").text
    assert "No article has all" in me.get("/?q=where+do+high+tides+come+from").text


@pytest.mark.parametrize("query", ["%22%22%22", "(" * 900, "%00", "%3Cscript%3E", "OR", "*", "saved:9999-99", "-tide"])
def test_any_search_gets_a_page(me: FlaskClient, library: Library, query: str) -> None:
    keep(library)
    assert me.get(f"/?q={query}").status_code == 200


def test_a_bad_cursor_is_a_calm_page(me: FlaskClient, library: Library) -> None:
    assert me.get("/?cursor=nonsense").status_code == 400


def test_the_reader_says_where_an_article_of_several_pages_goes_on(me: FlaskClient, library: Library) -> None:
    keep(library, next_page="https://harbor.example/1?page=2&day=<b>")
    assert 'href="https://harbor.example/1?page=2&amp;day=&lt;b&gt;"' in me.get("/read/1").text
    keep(library, 2)
    assert "goes on" not in me.get("/read/2").text


def test_the_reader_shows_the_article_in_its_language(me: FlaskClient, library: Library) -> None:
    article = keep(
        library, language="ar", direction="rtl", byline="Lina", published_at=datetime(2026, 7, 7, tzinfo=UTC)
    )
    page = me.get(f"/read/{article}").text
    assert '<article class="reader" lang="ar" dir="rtl" ' in page
    assert "<h1>Title 1</h1>" in page
    assert "<p>Low tide at noon.</p>" in page
    assert "7 July 2026" in page
    assert 'href="https://harbor.example/1" rel="noopener noreferrer"' in page


def test_a_doubtful_article_carries_its_reason(me: FlaskClient, library: Library) -> None:
    article = keep(library, warning="Only four words were found.")
    assert "Only four words were found." in me.get(f"/read/{article}").text


def test_what_was_removed_is_shown_without_what_runs(me: FlaskClient, library: Library) -> None:
    article = keep(library, removed=(Removed("boilerplate", "Share bar", "<p>Share<script>alert(1)</script></p>"),))
    page = me.get(f"/read/{article}/removed").text
    assert "Share bar" in page
    assert '<p class="text" lang="" dir="ltr">Share</p>' in page
    assert "alert" not in page


def test_delete_offers_to_undo(me: FlaskClient, library: Library) -> None:
    article = keep(library)
    after = me.post("/articles", data={"one": f"delete-{article}", "back": f"/read/{article}"})
    assert after.status_code == 303
    assert 'name="do" value="restore"' in me.get(after.headers["Location"]).text
    assert me.get(f"/read/{article}").status_code == 404
    undone = me.post("/articles", data={"do": "restore", "id": article, "back": after.headers["Location"]})
    assert undone.headers["Location"] == "/"
    assert me.get(f"/read/{article}").status_code == 200
    assert 'value="restore"' not in me.get(f"/?deleted={article}").text


@pytest.mark.parametrize("deleted", ["x", "-1", "9" * 40, "²", "7", "1,x", ","])
def test_a_senseless_undo_is_not_offered(me: FlaskClient, deleted: str) -> None:
    assert 'value="restore"' not in me.get("/", query_string={"deleted": deleted}).text


def test_a_missing_article_is_a_calm_page(me: FlaskClient) -> None:
    page = me.get("/read/99")
    assert page.status_code == 404
    assert "no such article" in page.text


def test_the_first_steps_fit_the_browser(me: FlaskClient) -> None:
    firefox = me.get("/welcome", headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}).text
    assert '<details name="browser" open>\n    <summary>Firefox' in firefox
    edge = me.get("/welcome", headers={"User-Agent": "Mozilla/5.0 Chrome/140.0 Safari/537.36 Edg/140.0"}).text
    assert "edge://extensions" in edge


# The article's HTML, for reading


def test_a_picture_of_the_web_becomes_a_link_with_its_words() -> None:
    html = for_reading(
        '<p>a</p><figure><img src="https://i.example/x.jpg?a=1&amp;b=2" alt="A &quot;boat&quot;"></figure>'
    ).html
    assert "<img" not in html
    assert 'href="https://i.example/x.jpg?a=1&amp;b=2"' in html
    assert "A &quot;boat&quot;" in html
    assert "Not kept · View at <u>i.example</u>" in html


def test_a_picture_within_a_link_makes_no_link_in_a_link() -> None:
    html = for_reading('<a href="https://x.example/"><img src="https://i.example/x.jpg" alt="Boat"></a>').html
    assert html.count("<a ") == 1
    assert "Boat" in html


def test_tiny_pictures_without_words_vanish_and_data_pictures_stay() -> None:
    assert for_reading('<p>a<img src="https://i.example/p.gif" width="1" height="1"></p>').html == "<p>a</p>"
    inside = '<p><img src="data:image/png;base64,AAAA" alt=""></p>'
    assert for_reading(inside).html == inside


def test_markup_hidden_in_a_picture_stays_text() -> None:
    html = for_reading("""<img src="https://i.example/x" alt="<script>alert(1)</script>&quot;><script>">""").html
    assert "<script" not in html
    hostile = for_reading('<img src="javascript:alert(1)" alt="x"><img src="https://[bad" alt="y"><img>').html
    assert "href" not in hostile


def test_tables_scroll_within_themselves_once() -> None:
    html = for_reading(
        "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table><p>&lt;&amp;&#233;&eacute;</p>"
    ).html
    assert html.count('class="scroll"') == html.count("</div>") == 1
    assert html.endswith("</div><p>&lt;&amp;&#233;&eacute;</p>")


def test_code_is_reached_by_keyboard_and_unchanged() -> None:
    assert (
        for_reading("<pre><code>a &lt; b\n  c</code></pre>").html
        == '<div class="code"><pre tabindex="0"><code>a &lt; b\n  c</code></pre></div>'
    )


# Words for dates and places


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(hours=30), "yesterday"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=8), "2 July 2026"),
    ],
)
def test_how_long_ago(past: timedelta, said: str) -> None:
    now = datetime(2026, 7, 10, 12, tzinfo=UTC)
    assert ago(now - past, now) == said


def test_the_command_names_a_library_that_is_not_the_usual_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets.shutil, "which", lambda name: "/usr/bin/quietpage")
    monkeypatch.setattr(assets, "default_db", lambda: tmp_path / "library.db")
    assert command(tmp_path / "library.db") == "quietpage"
    assert command(tmp_path / "other.db").startswith("quietpage --db ")


def test_days_and_hosts_read_plainly() -> None:
    assert day(datetime(2026, 7, 7, tzinfo=UTC)) == "7 July 2026"
    assert host("https://www.harbor.example/x") == "harbor.example"
    assert host("https://[bad") == "https://[bad"
