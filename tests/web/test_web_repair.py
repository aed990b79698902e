"""A part is hidden and a piece put back, here or on the whole site; it is kept, told and taken back, never too much."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quietpage.library.library import Library

from .conftest import SENTENCE, Extension

NOTE = "The harbor master keeps a ledger of every hull that came in, and reads from it aloud to whoever asks at noon."
OTHER = "The keeper of another week told of the ships at sea, and how the light had burned through the winter nights."
STORY = "".join(f"<p>{number}. {SENTENCE * 2}</p>" for number in range(8))
RELATED = '<div class="related"><h3>Related</h3><ul><li><a href="/1">Another boat sinks in the bay</a></li></ul></div>'


def page(note: str = NOTE, more: str = "") -> str:
    return (
        f'<html lang="en"><head><title>The last ferry</title></head><body><nav><a href="/">Home</a></nav><article>'
        f'<h1>The last ferry</h1>{STORY}<div class="pier-note"><p>{note}</p></div>{STORY.replace(". The", ") The")}'
        f"{RELATED}{more}</article></body></html>"
    )


@pytest.fixture
def ferry(extension: Extension) -> int:
    return int(extension.save(html=page()).json["id"])


def press(me: FlaskClient, path: str, where: str, after: str) -> TestResponse:
    """Press the button ("here" or "site") of the part that reads so, and follow to the answer."""
    shown = me.get(path).get_data(as_text=True)
    piece = shown[shown.index(after) :]
    found = re.search(rf'name="{where}" value="([^"]+)"', piece)
    assert found
    return me.post(path, data={where: found[1]}, follow_redirects=True)


def text(library: Library, article: int) -> str:
    return library.get(article).article.text


def undo(me: FlaskClient, answer: TestResponse, article: int) -> str:
    number = re.search(r'name="correction" value="(\d+)">Undo', answer.get_data(as_text=True))
    assert number
    done = me.post(f"/read/{article}/undo", data={"correction": number[1]}, follow_redirects=True)
    assert "Undone." in done.get_data(as_text=True)
    return number[1]


def test_a_part_is_hidden_in_this_article_and_back_again(me: FlaskClient, library: Library, ferry: int) -> None:
    answer = press(me, f"/read/{ferry}/repair", "here", NOTE[:40])
    assert "Hidden in this article." in answer.get_data(as_text=True)
    assert NOTE not in text(library, ferry)
    assert library.search("ledger").total == 0
    assert library.get(ferry).article.word_count == len(text(library, ferry).split())
    undo(me, answer, ferry)
    assert NOTE in text(library, ferry)
    assert library.corrections.all() == ()


def test_a_part_hidden_on_the_site_is_hidden_in_what_is_saved_next(
    me: FlaskClient, extension: Extension, library: Library, ferry: int
) -> None:
    answer = press(me, f"/read/{ferry}/repair", "site", NOTE[:40])
    assert "in what you save from harbor.example from now on" in answer.get_data(as_text=True)
    second = extension.save(url="https://www.harbor.example/2", html=page(OTHER), capture_id="c-2").json["id"]
    elsewhere = extension.save(url="https://sea.example/2", html=page(OTHER), capture_id="c-3").json["id"]
    assert OTHER not in text(library, second)
    assert OTHER in text(library, elsewhere)
    [correction] = library.corrections.all()
    assert (correction.kind, correction.selector, correction.articles) == ("drop", ".pier-note", 2)
    undo(me, answer, ferry)
    assert OTHER in text(library, second)  # it is cleaned anew, too


def test_a_site_s_rule_can_be_applied_to_what_is_there_already(
    me: FlaskClient, extension: Extension, library: Library, ferry: int
) -> None:
    second = extension.save(url="https://harbor.example/2", html=page(OTHER), capture_id="c-2").json["id"]
    answer = press(me, f"/read/{ferry}/repair", "site", NOTE[:40]).get_data(as_text=True)
    assert "Also in the other article from there" in answer
    assert OTHER in text(library, second)
    number = library.corrections.all()[0].id
    answer = me.post(f"/read/{ferry}/others", data={"correction": number}, follow_redirects=True).get_data(as_text=True)
    assert "1 other article was changed." in answer
    assert OTHER not in text(library, second)


def test_a_removed_piece_is_put_back(me: FlaskClient, library: Library, ferry: int) -> None:
    answer = press(me, f"/read/{ferry}/removed", "here", "Another boat sinks")
    assert "Put back in this article." in answer.get_data(as_text=True)
    assert "Another boat sinks in the bay" in text(library, ferry)
    assert library.search("sinks").total == 1
    undo(me, answer, ferry)
    assert "Another boat" not in text(library, ferry)


def test_a_removed_piece_is_put_back_on_the_site(
    me: FlaskClient, extension: Extension, library: Library, ferry: int
) -> None:
    press(me, f"/read/{ferry}/removed", "site", "Another boat sinks")
    other = page().replace("Another boat sinks in the bay", "The third boat came home")
    second = extension.save(url="https://harbor.example/2", html=other, capture_id="c-2").json["id"]
    assert "The third boat came home" in text(library, second)


def test_what_was_hidden_is_put_back_where_it_is_listed(me: FlaskClient, library: Library, ferry: int) -> None:
    press(me, f"/read/{ferry}/repair", "here", NOTE[:40])
    answer = press(me, f"/read/{ferry}/removed", "here", NOTE[:40])
    assert "Put back." in answer.get_data(as_text=True)
    assert NOTE in text(library, ferry)
    assert library.corrections.all() == ()


def test_what_is_hidden_on_the_site_can_be_shown_in_one_article(
    me: FlaskClient, extension: Extension, library: Library, ferry: int
) -> None:
    press(me, f"/read/{ferry}/repair", "site", NOTE[:40])
    press(me, f"/read/{ferry}/removed", "here", NOTE[:40])
    assert NOTE in text(library, ferry)
    second = extension.save(url="https://harbor.example/2", html=page(OTHER), capture_id="c-2").json["id"]
    assert OTHER not in text(library, second)


def test_what_would_leave_nothing_is_not_done(me: FlaskClient, extension: Extension, library: Library) -> None:
    short = f"<title>A note</title><article><h1>A note</h1><p>{SENTENCE * 3}</p></article>"
    note = extension.save(url="https://harbor.example/note", html=short, capture_id="c-9").json["id"]
    answer = press(me, f"/read/{note}/repair", "here", SENTENCE[:40])
    assert "That would leave nothing of the article" in answer.get_data(as_text=True)
    assert SENTENCE.strip() in text(library, note)
    assert library.corrections.all() == ()


def test_a_rule_that_would_empty_another_article_is_left_aside_there_and_that_is_told(
    me: FlaskClient, extension: Extension, library: Library, ferry: int
) -> None:
    press(me, f"/read/{ferry}/repair", "site", NOTE[:40])
    whole = f'<title>All of it</title><article class="pier-note"><h1>All of it</h1>{STORY}</article>'
    saved = extension.save(url="https://harbor.example/all", html=whole, capture_id="c-4")
    assert saved.status_code == 201
    assert text(library, saved.json["id"]).count("The ferry") == 16
    removed = me.get(f"/read/{saved.json['id']}/removed").get_data(as_text=True)
    assert "would have left nothing" in removed


def test_a_paragraph_like_all_others_can_be_hidden_here_only(me: FlaskClient, library: Library, ferry: int) -> None:
    answer = press(me, f"/read/{ferry}/repair", "site", "3. The ferry")
    assert "it can be changed in this article only" in answer.get_data(as_text=True)
    assert library.corrections.all() == ()
    press(me, f"/read/{ferry}/repair", "here", "3. The ferry")
    assert "3. The ferry" not in text(library, ferry)
    assert "4. The ferry" in text(library, ferry)


def test_a_hidden_paragraph_is_found_again_in_a_later_capture(
    me: FlaskClient, extension: Extension, library: Library, ferry: int
) -> None:
    press(me, f"/read/{ferry}/repair", "here", "3. The ferry")
    later = page().replace("<p>0. ", f"<p>Late news. {SENTENCE}</p><p>0. ")
    assert extension.save(html=later, capture_id="c-2").json["outcome"] == "updated"
    assert "Late news." in text(library, ferry)
    assert "2. The ferry" in text(library, ferry)
    assert "3. The ferry" not in text(library, ferry)
    without = later.replace("<p>3. ", "<p>Instead. ")
    extension.save(html=without, capture_id="c-3")
    assert all(begin in text(library, ferry) for begin in ("2. The ferry", "Instead. The ferry", "4. The ferry"))
    extension.save(html=later, capture_id="c-4")
    press(me, f"/read/{ferry}/removed", "here", "3. The ferry")
    assert "3. The ferry" in text(library, ferry)
    assert library.corrections.all() == ()


def test_a_part_that_changed_meanwhile_is_not_taken_for_another(me: FlaskClient, library: Library, ferry: int) -> None:
    for path in ("repair", "removed"):
        answer = me.post(f"/read/{ferry}/{path}", data={"here": "3-0123456789"}, follow_redirects=True)
        assert "The article has changed meanwhile." in answer.get_data(as_text=True)
        assert me.post(f"/read/{ferry}/{path}", data={}).status_code == 400
    assert me.post(f"/read/{ferry}/undo", data={"correction": "77"}).status_code == 404


def test_corrections_are_listed_and_deleted_in_the_settings(me: FlaskClient, library: Library, ferry: int) -> None:
    assert "None yet." in me.get("/settings").get_data(as_text=True)
    press(me, f"/read/{ferry}/repair", "site", NOTE[:40])
    settings = me.get("/settings").get_data(as_text=True)
    assert "on all of harbor.example" in settings
    assert "The harbor master keeps a ledger" in settings
    assert "in 1 article" in settings
    assert me.post(f"/settings/corrections/{library.corrections.all()[0].id}/drop").status_code == 303
    assert NOTE in text(library, ferry)
    assert me.post("/settings/corrections/99/drop").status_code == 404


def test_removed_pieces_are_shown_quietly_and_never_raw(me: FlaskClient, extension: Extension) -> None:
    more = '<aside onclick="x()"><p>Ann lives here. <a href="/f">Follow her</a><script>x()</script></p></aside>'
    article = extension.save(html=page(more=more)).json["id"]
    removed = me.get(f"/read/{article}/removed").get_data(as_text=True)
    assert "Another boat sinks in the bay" in removed
    assert "x()" not in removed
    assert "&lt;div" not in removed
    assert "short piece" in removed


def test_every_block_has_a_control(me: FlaskClient, extension: Extension) -> None:
    more = (
        f"<ul><li>{SENTENCE}</li></ul><table><tr><th>Tide</th><td>{SENTENCE}</td></tr></table><pre>{SENTENCE}</pre>"
        f"<blockquote>{SENTENCE}</blockquote><dl><dt>Boat</dt><dd>{SENTENCE}</dd></dl>"
    )
    article = extension.save(html=page().replace("</article>", f"{more}<p>{SENTENCE}</p></article>")).json["id"]
    shown = me.get(f"/read/{article}/repair").get_data(as_text=True)
    stamps = re.findall(r'name="here" value="(\d+)-', shown)
    assert stamps == [str(number) for number in range(len(stamps))]
    assert len(stamps) >= 20
    assert "</details></td></tr>" in shown
    assert "</details></li>" in shown


def test_the_article_is_set_as_in_the_reader(me: FlaskClient, ferry: int) -> None:
    sheets = {"appearance.css", "reader.css", "type.css", "code.css"}
    for view in ("", "/repair", "/captured"):
        shown = me.get(f"/read/{ferry}{view}").get_data(as_text=True)
        assert sheets <= set(re.findall(r"/static/([\w-]+\.css)", shown)), view
        assert 'data-script="' in shown, view
