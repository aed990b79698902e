"""Links in the reader: to saved copies, from other articles, and to the neighbours in the list."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from quietpage.article import Article, Page
from quietpage.library.library import Library
from quietpage.web.preparing import Preparing

OUT = 'rel="noopener noreferrer"'


def keep(library: Library, name: str, *links: str) -> int:
    body = " ".join(f'<a href="{link}" {OUT}>{link}</a>' for link in links)
    article = Article(f"https://{name}.example/story", f"<{name}>", f"<p>The lamp. {body}</p>", f"The lamp of {name}.")
    return library.save(article, Page(article.url, "<p>")).id


def test_a_link_to_what_is_saved_opens_the_saved_copy(me: FlaskClient, library: Library) -> None:
    target = keep(library, "target")
    one = keep(library, "one", "http://target.example/story#part", "https://nowhere.example/?a=1&amp;b=2")
    page = me.get(f"/read/{one}").text
    told = 'title="Your saved copy: &lt;target&gt;"'
    assert f'<a class="saved" href="/read/{target}#qp-part" {told}>http://target.example' in page
    assert f'<a href="https://nowhere.example/?a=1&amp;b=2" {OUT}>' in page
    library.delete(target)
    assert 'class="saved"' not in me.get(f"/read/{one}").text


def test_the_reader_names_what_cites_an_article(me: FlaskClient, library: Library) -> None:
    target = keep(library, "target")
    assert "link here" not in me.get(f"/read/{target}").text
    one = keep(library, "one", "https://target.example/story")
    page = me.get(f"/read/{target}").text
    assert f'<a href="/read/{one}">&lt;one&gt;</a>' in page.split("Your other articles that link here")[1]


def test_links_of_older_articles_are_read_while_the_server_runs(library: Library) -> None:
    target = keep(library, "target")
    one = keep(library, "one", "https://target.example/story")
    with library._database().conn as connection:
        connection.execute("delete from links")
        connection.execute("delete from linking")
    Preparing(library, pause_seconds=0).wait()
    assert [other.id for other in library.cited_by(target)] == [one]
    assert library.read_older_links() is None


@pytest.fixture
def three(library: Library) -> list[int]:
    return [keep(library, f"n{number}") for number in range(3)]


def test_the_reader_leads_to_the_neighbours_by_day_saved(me: FlaskClient, three: list[int]) -> None:
    page = me.get(f"/read/{three[1]}").text
    assert f'href="/read/{three[2]}" rel="prev" data-key="["' in page
    assert f'href="/read/{three[0]}" rel="next" data-key="]"' in page
    assert 'rel="prev"' not in me.get(f"/read/{three[2]}").text


def test_from_a_search_it_leads_to_the_neighbours_there(me: FlaskClient, library: Library, three: list[int]) -> None:
    hits = [hit.id for hit in library.search("lamp").hits]
    page = me.get(f"/read/{hits[0]}?q=lamp").text
    assert f'href="/read/{hits[0]}/below?q=lamp" rel="next"' in page
    assert me.get(f"/read/{hits[0]}/below?q=lamp").location == f"/read/{hits[1]}?q=lamp"
    assert me.get(f"/read/{hits[0]}/above?q=lamp").location == "/?q=lamp"
    assert me.get(f"/read/{hits[1]}/above?list=is:unread&sort=shortest").status_code == 303
    assert me.get("/read/99/above?q=lamp").status_code == 404
    assert me.get(f"/read/{hits[0]}/aside").status_code == 404
    for query in ("a" * 10_000, "%00", '"', "%22", "<script>"):
        assert me.get(f"/read/{hits[0]}/below?q={query}").status_code == 303


def test_a_list_keeps_its_filter_and_order_in_its_links(me: FlaskClient, three: list[int]) -> None:
    page = me.get("/?q=is:unread&sort=longest").text
    assert f'href="/read/{three[0]}?list=is:unread&amp;sort=longest"' in page
    assert f'href="/read/{three[0]}"' in me.get("/").text
