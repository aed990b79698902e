"""Beside an article: where else it was saved from, what is related to it, and how older libraries catch up."""

from __future__ import annotations

import random
from itertools import product

import pytest
from flask.testing import FlaskClient

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.web.preparing import Preparing

from .conftest import Extension

COMMON = "the of and a to in is that it was for on are as with his they at be this have from or one had".split()
SYLLABLES = "ara elo ini osu upe ydo ban gik lun".split()
OTHERS = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
HARBOUR = "The lighthouse keeper rows to the lighthouse. Each keeper counts the herring boats; herring is scarce."
BANK = "Every herring boat passes the lighthouse at night, and the keeper waves. Herring sells well on the quay."


def keep(library: Library, text: str, **changed: object) -> int:
    around = random.Random(text).sample(COMMON * 3, 60)
    facts = {"url": "https://harbour.example/1", "title": "T", "html": "<p>", "text": f"{text} {' '.join(around)}"}
    article = Article(**{**facts, **changed})  # type: ignore[arg-type]
    return library.save(article, Page(url=article.url, html="<p>")).id


@pytest.fixture
def filled(library: Library) -> None:
    """Articles about something else each."""
    for number in range(20):
        own = " ".join(OTHERS[8 * number : 8 * number + 8] * 2)
        keep(library, own, url=f"https://other.example/{number}", title=own[:9])


def test_what_is_related_is_a_page_of_its_own_that_says_why(me: FlaskClient, library: Library, filled: None) -> None:
    harbour = keep(library, HARBOUR)
    bank = keep(library, BANK, url="https://bank.example/2", title="Boats", site="The Bank", reading_minutes=4)
    page = me.get(f"/read/{harbour}/related").text
    assert f'<a href="/read/{harbour}">T</a></h1>' in page
    section = page.split('<section class="related" id="related"')[1].split("</section>")[0]
    assert 'aria-labelledby="related-heading"' in section
    assert f'href="/read/{bank}">Boats</a>' in section
    assert "The Bank" in section
    assert "4 min read" in section
    assert all(f">{term}</bdi>" in section for term in ("herring", "boats", "keeper"))


def test_the_reader_ends_with_the_link_to_it_and_does_not_wait_for_it(
    me: FlaskClient, library: Library, filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour = keep(library, HARBOUR)
    monkeypatch.setattr(Library, "related", None)
    page = me.get(f"/read/{harbour}").text
    assert "Also saved" not in page
    assert page.index("About this copy") < page.index(f'href="/read/{harbour}/related"')
    assert "related.css" not in page
    assert me.get("/read/999/related").status_code == 404


def test_where_nothing_is_related_the_page_says_so(me: FlaskClient, library: Library, filled: None) -> None:
    page = me.get(f"/read/{keep(library, HARBOUR)}/related").text
    assert "Nothing in your library is near this article." in page
    assert 'id="related"' not in page


def test_what_links_to_an_article_is_not_said_to_be_related_to_it_too(
    me: FlaskClient, library: Library, filled: None
) -> None:
    harbour = keep(library, HARBOUR)
    link = '<p><a href="https://harbour.example/1">x</a>'
    bank = keep(library, BANK, url="https://bank.example/2", title="Boats", html=link)
    assert f'href="/read/{bank}">Boats</a>' in me.get(f"/read/{harbour}").text
    assert f'href="/read/{bank}"' not in me.get(f"/read/{harbour}/related").text


def test_markup_in_titles_sites_and_terms_is_text(me: FlaskClient, library: Library, filled: None) -> None:
    unsafe = {"title": "<b>Boats", "site": "<i>Bank"}
    harbour = keep(library, f"{HARBOUR} <script>herring</script> &lighthouse;", **unsafe)
    keep(library, BANK, url="https://bank.example/2", **unsafe)
    keep(library, HARBOUR + " <script>herring</script> &lighthouse;" * 9, url="https://copy.example/", **unsafe)
    page = me.get(f"/read/{harbour}/related").text
    assert "&lt;b&gt;Boats" in page.split('<section class="related"')[1]
    for shown in (page, me.get(f"/read/{harbour}").text):
        assert not any(markup in shown for markup in ("<b>Boats", "<i>Bank", "<script>"))


def test_a_copy_is_named_when_it_is_saved_and_read(me: FlaskClient, extension: Extension) -> None:
    first = extension.save().get_json()
    assert first["same_content"] == []
    second = extension.save(url="https://amp.elsewhere.example/ferry", capture_id="c-2")
    assert second.status_code == 201
    (copy,) = second.get_json()["same_content"]
    assert copy["id"] == first["id"]
    assert copy["title"] == "The last ferry"
    assert copy["url"] == "https://harbor.example/ferry"
    assert copy["links"]["reader"].endswith(f"/read/{first['id']}")
    known = me.get(f"/api/articles/{first['id']}").get_json()
    assert [one["url"] for one in known["same_content"]] == ["https://amp.elsewhere.example/ferry"]
    page = me.get(f"/read/{first['id']}").text
    assert "Also saved from" in page
    assert f'<a href="/read/{second.get_json()["id"]}"' in page
    assert "<bdi>amp.elsewhere.example</bdi>" in page
    me.delete(f"/api/articles/{first['id']}", headers={"Origin": "http://127.0.0.1:8765"})
    assert "Also saved from" not in me.get(f"/read/{second.get_json()['id']}").text


def test_older_articles_are_prepared_while_the_server_runs(library: Library, filled: None) -> None:
    one, two = keep(library, HARBOUR * 3), keep(library, HARBOUR * 3, url="https://copy.example/")
    with library._database().conn as connection:
        connection.execute("delete from sketches")
        connection.execute("delete from sketch_keys")
    Preparing(library, pause_seconds=0).wait()
    assert [copy.id for copy in library.same_elsewhere(one)] == [two]
    assert library.sketch_older() is None


def test_preparing_stops_when_it_is_told_to(library: Library, filled: None) -> None:
    with library._database().conn as connection:
        connection.execute("delete from sketches")
    preparing = Preparing(library, pause_seconds=3600)
    preparing.stop()
    assert library.sketch_older() is None
