"""Highlights and notes over HTTP: in the reader, as forms, as calls of the API, on a page of their own, as files."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from flask.testing import FlaskClient

from quietpage.article import Article, Page
from quietpage.library.anchoring import Selector
from quietpage.library.library import Library
from quietpage.library.passages import read
from quietpage.web.marked_passages import highlighted

from .conftest import BASE, Extension

HTML = (
    "<h2>Part one</h2><p>The <b>keeper</b> <i>trims</i> the lamp &amp; sleeps.</p><ul>\n<li>One</li>\n<li>Two</li></ul>"
    "<pre><code>x = 1\n</code></pre><p>so <math><mi>y</mi><mo>=</mo><mn>2</mn></math>.</p>"
)
TEXT = read(HTML).text


def keep(library: Library, number: int = 1, html: str = HTML) -> int:
    url = f"https://light.example/{number}"
    article = Article(
        url,
        f"The *light* {number}",
        html,
        read(html).text,
        byline="Ada Keeper",
        language="en",
    )
    return library.save(article, Page(article.url, f"<p>{html}")).id


def passage(words: str) -> Selector:
    return Selector(TEXT.index(words), TEXT.index(words) + len(words), words)


@pytest.fixture
def article(library: Library) -> int:
    return keep(library)


def marks(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<mark class="highlight" data-color="\w+" data-highlight="(\d+)"[^>]*>(.*?)</mark>', html, re.S)


# In the reader


def test_a_passage_is_marked_across_elements_blocks_code_and_formulas(library: Library, article: int) -> None:
    made = library.marks.add(article, passage("trims the lamp & sleeps. One Two x = 1 so y=2"))
    html = highlighted(HTML, [made])
    assert re.sub(r"</?mark[^>]*>", "", html) == HTML
    assert [words for _, words in marks(html)] == [
        "trims",
        " the lamp &amp; sleeps.",
        "One",
        "Two",
        "x = 1\n",
        "so ",
        "<math><mi>y</mi><mo>=</mo><mn>2</mn></math>",
    ]
    assert html.count(f'id="highlight-{made.id}"') == 1
    assert read(html).text == TEXT


def test_space_between_marked_words_is_marked(library: Library, article: int) -> None:
    made = library.marks.add(article, passage("keeper trims"))
    assert [words for _, words in marks(highlighted(HTML, [made]))] == ["keeper", " ", "trims"]


def test_overlapping_ones_stand_in_one_another(library: Library, article: int) -> None:
    one = library.marks.add(article, passage("The keeper trims"), "green")
    two = library.marks.add(article, passage("trims the lamp"), "pink")
    html = highlighted(HTML, library.marks.of(article).highlights)
    assert re.sub(r"</?mark[^>]*>", "", html) == HTML
    assert re.search(
        rf'data-highlight="{one.id}"[^>]*><mark[^>]*data-highlight="{two.id}"[^>]*>trims</mark></mark>', html
    )
    assert html.count(" id=") == 2


def test_the_reader_marks_highlights_and_what_was_searched_for(me: FlaskClient, library: Library, article: int) -> None:
    made = library.marks.add(article, passage("trims the lamp"), "blue", 'A "note" <b>')
    page = me.get(f"/read/{article}?q=lamp").text
    title = "Blue: A &#34;note&#34; &lt;b&gt;"
    assert 'data-color="blue"' in page
    assert '<mark class="found" id="match">lamp</mark>' in page
    assert title.replace("&#34;", "&quot;") in page
    assert f'id="note-{made.id}"' in page
    assert "<b>" not in page[page.index('id="notes"') :].split("A &#34;note&#34;")[1][:40]


def test_an_orphan_is_listed_and_not_marked(me: FlaskClient, library: Library, article: int) -> None:
    made = library.marks.add(article, passage("trims the lamp"))
    keep(library, html="<p>Nothing of that is here any more, but other words.</p>")
    page = me.get(f"/read/{article}").text
    assert "No longer found in the text" in page
    assert f'id="note-{made.id}"' in page
    assert 'class="highlight"' not in page


def test_notes_are_written_with_plain_forms(me: FlaskClient, library: Library, article: int) -> None:
    made = library.marks.add(article, passage("lamp"))
    back = f"/read/{article}"
    answer = me.post(f"/highlights/{made.id}", data={"note": "bright", "color": "pink", "do": "save", "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{back}#notes")
    assert (library.marks.get(made.id).note, library.marks.get(made.id).color) == ("bright", "pink")
    answer = me.post(f"/highlights/{made.id}", data={"do": "delete", "back": back})
    assert answer.headers["Location"] == f"{back}?undo={made.id}#notes"
    page = me.get(answer.headers["Location"]).text
    assert "Highlight deleted." in page
    assert 'value="restore"' in page
    me.post(f"/highlights/{made.id}", data={"do": "restore", "back": back})
    assert library.marks.get(made.id).note == "bright"
    assert 'value="restore"' not in me.get(f"{back}?undo={made.id}").text
    me.post(f"/read/{article}/note", data={"note": "the whole"})
    assert library.marks.of(article).note == "the whole"
    assert "the whole" in me.get(f"/read/{article}/notes").text


@pytest.mark.parametrize("data", [{"do": "burn"}, {"do": "save", "color": "mauve"}])
def test_a_form_that_makes_no_sense_is_refused(
    me: FlaskClient, library: Library, article: int, data: dict[str, str]
) -> None:
    made = library.marks.add(article, passage("lamp"))
    assert me.post(f"/highlights/{made.id}", data=data).status_code == 400
    assert me.post("/highlights/99", data={"do": "delete"}).status_code == 404
    assert me.post("/read/99/note", data={"note": "x"}).status_code == 404


@pytest.mark.parametrize("path", ["/highlights/1", "/read/1/note"])
def test_a_form_needs_the_session_and_our_own_page(me: FlaskClient, stranger: FlaskClient, path: str) -> None:
    assert stranger.post(path).status_code == 401
    assert me.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
    assert me.post(path, headers={"Origin": BASE, "Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_hit_by_a_note_says_so_and_opens_at_the_notes(me: FlaskClient, library: Library, article: int) -> None:
    library.marks.set_note(article, "ask about the fresnel lens")
    page = me.get("/?q=fresnel").text
    assert "Your note:" in page
    assert re.search(rf'href="/read/{article}(\?list=fresnel)?#notes"', page)
    assert "<mark>fresnel</mark>" in page


# The API


def test_highlights_are_made_listed_changed_deleted_and_restored(extension: Extension, library: Library) -> None:
    article, call = keep(library), {"headers": extension.headers}
    place = f"/api/articles/{article}/highlights"
    new = {"quote": {"exact": "trims the lamp"}, "color": "green", "note": "n"}
    made = extension.client.post(place, json=new, **call)
    assert made.status_code == 201
    begins = TEXT.index("trims the lamp")
    assert made.json["position"] == {"start": begins, "end": begins + 14}
    assert made.json["quote"]["suffix"].startswith(" & sleeps")
    one = f"/api/highlights/{made.json['id']}"
    assert extension.client.get(one, **call).json == made.json
    changed = extension.client.patch(one, json={"color": "pink"}, **call).json
    assert (changed["color"], changed["note"]) == ("pink", "n")
    noted = extension.client.put(f"/api/articles/{article}/note", json={"note": "all"}, **call).json
    assert noted == extension.client.get(place, **call).json
    assert (noted["note"], noted["highlights"], noted["orphans"]) == ("all", [changed], [])
    listed = extension.client.get("/api/highlights?sort=articles", **call).json
    assert [bool(mark["highlight"]) for mark in listed["marks"]] == [False, True]
    assert extension.client.delete(one, **call).status_code == 204
    assert extension.client.get(one, **call).status_code == 404
    assert extension.client.post(f"{one}/restore", **call).json == changed


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({"quote": {"exact": "no such words at all"}}, "quote"),
        ({"quote": {"exact": ""}}, "quote.exact"),
        ({"quote": {"exact": "lamp"}, "color": "mauve"}, "color"),
        ({"quote": {"exact": "lamp"}, "position": {"start": -1, "end": 2}}, "position.start"),
        ({}, "quote"),
    ],
)
def test_what_cannot_be_highlighted_is_told(extension: Extension, library: Library, new: object, field: str) -> None:
    refused = extension.client.post(f"/api/articles/{keep(library)}/highlights", json=new, headers=extension.headers)
    assert refused.status_code == 400
    assert refused.json["errors"][0]["field"] == field


def test_a_stranger_sees_no_highlight(stranger: FlaskClient, library: Library, article: int) -> None:
    library.marks.add(article, passage("lamp"))
    for path in ("/api/highlights", "/api/highlights/1", "/api/highlights/export?format=csv", "/highlights/export"):
        assert stranger.get(path).status_code == 401


# All of them, and as files


@pytest.fixture
def three(library: Library) -> list[int]:
    ids = [keep(library, number) for number in range(3)]
    library.marks.add(ids[0], passage("The keeper trims"), "green", "first *note*")
    library.marks.add(ids[2], passage("lamp & sleeps"), "pink")
    library.marks.set_note(ids[2], "=about it")
    return ids


def test_the_page_lists_searches_and_filters_them(me: FlaskClient, three: list[int]) -> None:
    page = me.get("/highlights").text
    assert page.index("=about it") < page.index("lamp &amp; sleeps") < page.index("first *note*")
    assert "3 highlights and notes" in page
    assert "first" not in me.get("/highlights?color=pink").text.split("highlight-list")[1]
    assert "1 highlight or note" in me.get("/highlights?q=keeper+FIRST").text
    assert "No highlight and no note" in me.get("/highlights?q=zebra").text
    by_article = me.get("/highlights?sort=articles").text
    assert by_article.count('class="source-line"') == 2
    assert me.get("/highlights?cursor=x").status_code == 400


def test_an_empty_page_teaches(me: FlaskClient) -> None:
    assert "Nothing is highlighted yet" in me.get("/highlights").text


def test_markdown_is_a_document_by_article(me: FlaskClient, three: list[int]) -> None:
    answer = me.get("/highlights/export?format=markdown")
    assert answer.mimetype == "text/markdown"
    assert re.search(r'filename="highlights-\d{4}-\d\d-\d\d\.md"', answer.headers["Content-Disposition"])
    assert answer.text == (
        "# The \\*light\\* 2\n\nAda Keeper · <https://light.example/2>\n\n\\=about it\n\n> lamp & sleeps\n\n"
        "# The \\*light\\* 0\n\nAda Keeper · <https://light.example/0>\n\n> The keeper trims\n\nfirst \\*note\\*\n"
    )


def test_csv_has_the_columns_of_readwise(me: FlaskClient, three: list[int]) -> None:
    rows = list(csv.DictReader(io.StringIO(me.get("/highlights/export?format=csv").text)))
    assert list(rows[0]) == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
    assert [row["Highlight"] for row in rows] == ["The *light* 2", "lamp & sleeps", "The keeper trims"]
    assert rows[0]["Note"] == "'=about it"  # no spreadsheet takes it for a formula
    assert rows[2]["Author"] == "Ada Keeper"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", rows[2]["Date"])


def test_json_ld_holds_web_annotations(me: FlaskClient, three: list[int]) -> None:
    answer = me.get(f"/highlights/export?format=jsonld&article={three[0]}")
    assert answer.mimetype == "application/ld+json"
    (item,) = json.loads(answer.text)["first"]["items"]
    assert item["motivation"] == "highlighting"
    assert {body["purpose"]: body["value"] for body in item["body"]} == {
        "commenting": "first *note*",
        "tagging": "green",
    }
    position, quote = item["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"] == "The keeper trims"
    assert json.loads(me.get("/highlights/export?format=jsonld&q=zebra").text)["first"]["items"] == []


@pytest.mark.parametrize("query", ["", "?format=pdf", "?format=csv&color=mauve", "?format=csv&article=x"])
def test_a_file_that_there_is_not_is_refused(me: FlaskClient, query: str) -> None:
    assert me.get(f"/highlights/export{query}").status_code == 400
