"""The articles' calls, good input and bad."""

from __future__ import annotations

import json
import sqlite3

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quietpage.library.library import Library
from quietpage.web.decode import mend

from .conftest import BASE, SENTENCE, STORY, Extension

RFC_3339_Z = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"


def post(extension: Extension, body: bytes | str, content_type: str = "application/json"):
    return extension.client.post("/api/articles", data=body, content_type=content_type, headers=extension.headers)


# Saving


def test_a_page_is_saved_clean(extension: Extension) -> None:
    answer = extension.save()
    assert answer.status_code == 201
    assert answer.json["outcome"] == "created"
    assert answer.json["title"] == "The last ferry"
    assert answer.json["text"].count("The ferry left the harbor") == 32
    assert "Copyright" not in answer.json["html"]
    assert answer.json["saved_at"].endswith("Z")
    assert answer.json["links"]["reader"] == f"{BASE}/read/{answer.json['id']}"


def test_the_answer_is_what_is_kept(extension: Extension) -> None:
    saved = extension.save().json
    got = extension.client.get(f"/api/articles/{saved['id']}", headers=extension.headers).json
    assert {**got, "links": None} == {
        name: value for name, value in {**saved, "links": None}.items() if name != "outcome"
    }


def test_the_open_link_lets_a_browser_read_at_once(extension: Extension, stranger: FlaskClient) -> None:
    link = extension.save().json["links"]["open"]
    assert "/read/1" in stranger.get(link.removeprefix(BASE)).text
    assert stranger.get("/read/1").status_code == 200


def test_the_same_capture_is_saved_once(extension: Extension, library: Library) -> None:
    first, again = extension.save(), extension.save()
    assert (again.status_code, again.json["outcome"]) == (200, "unchanged")
    assert again.json["id"] == first.json["id"]
    assert library.recent().total == 1


def test_changed_content_is_a_new_version_of_the_same_article(extension: Extension) -> None:
    first = extension.save().json
    changed = extension.save(capture_id="c-2", html=STORY.replace("0. The", "0. Yesterday the"))
    assert changed.status_code == 200
    assert (changed.json["id"], changed.json["outcome"], changed.json["versions"]) == (first["id"], "updated", 2)


def test_a_page_without_an_article_is_refused_and_kept(extension: Extension, me: FlaskClient) -> None:
    answer = extension.save(html="<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["type"] == "/problems/not-an-article"
    assert answer.json["detail"]
    kept = answer.json["kept"]
    reader = me.get(f"/read/{kept['id']}")
    assert answer.json["detail"] in reader.text
    assert "<p>Home</p>" in reader.text
    assert kept["links"]["open"].startswith(f"{BASE}/open?code=")


# Asking


def test_a_word_from_the_middle_finds_the_article(extension: Extension) -> None:
    extension.save()
    found = extension.client.get("/api/articles?q=sunrise", headers=extension.headers).json
    assert found["total"] == 1
    assert any(piece["match"] and "sunrise" in piece["text"].lower() for piece in found["hits"][0]["snippet"])


@pytest.mark.parametrize(
    "query", ['"', "a AND", "NEAR(", "title:x", "*", "'; drop table articles; --", "(", "^x", "-", "\0"]
)
def test_any_text_is_a_query(extension: Extension, query: str) -> None:
    extension.save()
    answer = extension.client.get("/api/articles", query_string={"q": query}, headers=extension.headers)
    assert answer.status_code == 200
    assert extension.client.get("/api/articles?q=ferry", headers=extension.headers).json["total"] == 1


def test_an_answer_says_what_it_did_not_understand_and_whether_it_is_partial(extension: Extension) -> None:
    extension.save()
    query = {"q": "sunrise xylophone saved:noon"}
    found = extension.client.get("/api/articles", query_string=query, headers=extension.headers).json
    assert found["partial"]
    assert "saved:noon" in found["hints"][0]
    corrected = extension.client.get("/api/articles?q=sunrsie", headers=extension.headers).json
    assert (corrected["corrected"], corrected["partial"], corrected["capped"]) == ("sunrise", False, False)


def test_a_list_is_read_page_by_page(extension: Extension) -> None:
    for number in range(3):
        extension.save(url=f"https://harbor.example/{number}", capture_id=f"c-{number}")
    first = extension.client.get("/api/articles?limit=2", headers=extension.headers).json
    assert (len(first["hits"]), first["total"]) == (2, 3)
    query = {"limit": 2, "cursor": first["next_cursor"]}
    rest = extension.client.get("/api/articles", query_string=query, headers=extension.headers).json
    assert (len(rest["hits"]), rest["next_cursor"]) == (1, None)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=many", "cursor=nonsense"])
def test_a_wrong_query_names_the_parameter(extension: Extension, query: str) -> None:
    answer = extension.client.get(f"/api/articles?{query}", headers=extension.headers)
    assert (answer.status_code, answer.json["type"]) == (400, "/problems/validation")
    assert answer.json["errors"][0]["field"] == query.split("=")[0]


def test_lookup_knows_an_address_in_any_spelling(extension: Extension) -> None:
    extension.save()
    query = {"url": "https://HARBOR.example/ferry?utm_source=mail#top"}
    assert extension.client.get("/api/articles/lookup", query_string=query, headers=extension.headers).json["id"] == 1
    query = {"url": "https://harbor.example/other"}
    assert (
        extension.client.get("/api/articles/lookup", query_string=query, headers=extension.headers).status_code == 404
    )


def test_delete_can_be_undone(extension: Extension) -> None:
    place = f"/api/articles/{extension.save().json['id']}"
    assert extension.client.delete(place, headers=extension.headers).status_code == 204
    assert extension.client.get(place, headers=extension.headers).status_code == 404
    assert extension.client.post(f"{place}/restore", headers=extension.headers).json["title"] == "The last ferry"
    assert extension.client.get(place, headers=extension.headers).status_code == 200


def test_what_is_not_there_is_not_found(extension: Extension) -> None:
    for path in ("/api/articles/99", "/api/articles/99999999999999999999999", "/api/nothing"):
        answer = extension.client.get(path, headers=extension.headers)
        assert (answer.status_code, answer.json["type"]) == (404, "/problems/not-found"), path
    assert extension.client.delete("/api/articles/99", headers=extension.headers).status_code == 404


# Bad input


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"html": None}, "html"),
        ({"html": ""}, "html"),
        ({"html": 5}, "html"),
        ({"html": ["<p>"]}, "html"),
        ({"url": None}, "url"),
        ({"url": ""}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "chrome://settings"}, "url"),
        ({"url": "harbor.example/ferry"}, "url"),
        ({"url": "http://"}, "url"),
        ({"url": "http://[bad"}, "url"),
        ({"url": "https://harbor.example/a\u0000b"}, "url"),
        ({"url": "https://harbor.example/" + "a" * 9000}, "url"),
        ({"capture_id": None}, "capture_id"),
        ({"captured_at": "yesterday"}, "captured_at"),
        ({"captured_at": "2026-01-01T00:00:00"}, "captured_at"),
        ({"captured_at": "0001-01-01T00:00:00+14:00"}, "captured_at"),
        ({"title": 7}, "title"),
    ],
)
def test_wrong_input_names_the_field(extension: Extension, library: Library, changed: dict, field: str) -> None:
    answer = extension.save(**changed)
    assert (answer.status_code, answer.json["type"]) == (400, "/problems/validation")
    assert answer.json["errors"][0]["field"] == field
    assert answer.json["detail"]
    assert library.recent().total == 0


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"nothing", b"[" * 200_000, b'{"url": NaN'])
def test_what_is_no_json_is_refused(extension: Extension, body: bytes) -> None:
    answer = post(extension, body)
    assert answer.status_code == 400
    assert answer.json["type"] in ("/problems/invalid-json", "/problems/validation")


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"null", b"5"])
def test_json_that_is_no_object_is_refused(extension: Extension, body: bytes) -> None:
    assert post(extension, body).json["type"] == "/problems/validation"


def test_a_deep_member_nobody_asked_for_is_no_danger(extension: Extension) -> None:
    body = b'{"url":"https://a.example","capture_id":"c","html":"x","more":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    assert post(extension, body).status_code in (400, 422)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/xml"])
def test_other_content_types_are_refused(extension: Extension, kind: str) -> None:
    answer = post(extension, json.dumps({"url": "https://a.example", "html": STORY, "capture_id": "c"}), kind)
    assert (answer.status_code, answer.json["type"]) == (415, "/problems/unsupported-media-type")


def test_html_past_its_limit_is_refused(extension: Extension) -> None:
    answer = extension.save(html="<p>" + "a" * (20 * 1024 * 1024))
    assert (answer.status_code, answer.json["type"]) == (413, "/problems/body-too-large")


def test_a_body_past_its_limit_is_refused_by_its_length_alone(extension: Extension) -> None:
    length = {"CONTENT_LENGTH": str(60 * 1024 * 1024)}
    kind = "application/json"
    answer = extension.client.post(
        "/api/articles", headers=extension.headers, content_type=kind, environ_overrides=length
    )
    assert (answer.status_code, answer.json["type"]) == (413, "/problems/body-too-large")


def test_lone_surrogates_lose_nothing_but_themselves(extension: Extension) -> None:
    html = json.dumps(STORY.replace("0. The", "0. \ud800The"))
    assert "\\ud800" in html
    answer = post(extension, f'{{"url": "https://a.example/", "capture_id": "c", "html": {html}}}')
    assert answer.status_code == 201
    assert answer.json["text"].count("The ferry left the harbor") == 32


def test_mending_keeps_whole_characters() -> None:
    assert mend({"a": "\ud83d\ude00 \ud83d", "n": 5}) == {"a": "😀 �", "n": 5}


def test_nul_bytes_do_not_end_a_text(extension: Extension) -> None:
    answer = extension.save(html=STORY.replace("0. The", "0.\0 The"), title="The\0 last ferry")
    assert answer.status_code == 201
    assert answer.json["text"].count("The ferry left the harbor") == 32


def test_a_hundred_thousand_nested_tags_keep_their_words(extension: Extension) -> None:
    deep = f"<html><body><article>{'<div>' * 100_000}<p>{SENTENCE * 20}</p></article></body></html>"
    answer = extension.save(html=deep)
    assert answer.status_code in (201, 422)
    kept = answer.json.get("kept", answer.json)["id"]
    text = extension.client.get(f"/api/articles/{kept}", headers=extension.headers).json["text"]
    assert text.count("The ferry left the harbor") == 20


def test_members_nobody_knows_are_let_pass(extension: Extension) -> None:
    assert extension.save(future="x").status_code == 201


def test_the_wrong_method_says_which_are_right(extension: Extension) -> None:
    answer = extension.client.put("/api/articles", headers=extension.headers)
    assert (answer.status_code, answer.json["type"]) == (405, "/problems/method-not-allowed")
    assert "POST" in answer.headers["Allow"]


def test_a_defect_shows_no_trace_and_logs_no_content(
    app: Flask, extension: Extension, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(page: object) -> None:
        raise RuntimeError(f"choked on {page}")

    monkeypatch.setattr("quietpage.web.cleaning.clean_bounded", break_down)
    answer = extension.save()
    assert (answer.status_code, answer.json["type"]) == (500, "/problems/internal")
    assert "Traceback" not in answer.text
    assert "break_down" not in answer.text
    logged = capsys.readouterr().err
    assert "RuntimeError" in logged
    assert "break_down" in logged
    assert "ferry" not in logged
    assert extension.token not in logged


def test_problem_types_are_explained_at_their_address(stranger: FlaskClient) -> None:
    from quietpage.web.problems import TYPES

    for slug, kind in TYPES.items():
        assert kind.title in stranger.get(f"/problems/{slug}").text.replace("&#39;", "'")
    assert stranger.get("/problems/unknown").status_code == 404


# The description


def test_every_call_is_described_and_every_description_is_a_call(app: Flask, stranger: FlaskClient) -> None:
    document = stranger.get("/api/openapi.json").json
    assert document["openapi"] == "3.1.0"
    described = {(path, method) for path, calls in document["paths"].items() for method in calls}
    real = {
        (rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint not in ("api.openapi", "api.docs")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert described == real


def test_every_reference_of_the_description_leads_somewhere(stranger: FlaskClient) -> None:
    import re

    text = stranger.get("/api/openapi.json").text
    schemas = json.loads(text)["components"]["schemas"]
    assert {name for name in re.findall(r'"#/components/schemas/(\w+)"', text)} <= set(schemas)
    assert "Capture" in stranger.get("/api/docs").text


def test_answers_are_as_described(extension: Extension, stranger: FlaskClient) -> None:
    import re

    schemas = stranger.get("/api/openapi.json").json["components"]["schemas"]
    saved = extension.save().json
    assert set(schemas["ArticleAnswer"]["required"]) <= set(saved) <= set(schemas["ArticleAnswer"]["properties"])
    assert re.fullmatch(RFC_3339_Z, saved["saved_at"])


@pytest.mark.parametrize("number", [str(2**63), "9" * 30, "9" * 5000], ids=len)
def test_a_number_that_no_row_can_have_is_not_found_by_any_method(extension: Extension, number: str) -> None:
    article = f"/api/articles/{number}"
    for call in (f"GET {article}", f"PATCH {article}", f"DELETE {article}", f"POST {article}/highlights"):
        method, path = call.split()
        assert extension.client.open(path, method=method, json={}, headers=extension.headers).status_code == 404, call


def test_the_description_tells_of_a_ping_without_proof_and_of_too_many_wrong_tokens(stranger: FlaskClient) -> None:
    document = stranger.get("/api/openapi.json").json
    assert document["components"]["schemas"]["Pong"]["required"] == ["app", "version"]
    assert "too-many-attempts" in document["paths"]["/api/tags"]["get"]["responses"]["429"]["description"]
    [number] = document["paths"]["/api/articles/{article_id}"]["get"]["parameters"]
    assert number["schema"]["maximum"] == 2**63 - 1


def test_a_library_that_fails_is_said_to_be_unavailable(extension: Extension, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Library, "save", full)
    response = extension.save()
    assert response.status_code == 503
    assert response.json["type"] == "/problems/library-unavailable"
    assert "disk is full" in response.json["detail"]


def test_the_newest_version_can_be_taken_back(extension: Extension) -> None:
    first = extension.save().json["id"]
    extension.save(html=STORY.replace("ferry", "lamp"), capture_id="c-2")
    path = f"/api/articles/{first}/versions"
    assert extension.client.delete(f"{path}/1", headers=extension.headers).status_code == 404
    assert extension.client.delete(f"{path}/2", headers=extension.headers).status_code == 204
    kept = extension.client.get(f"/api/articles/{first}", headers=extension.headers).json
    assert (kept["versions"], "ferry left" in kept["text"], "lamp left" in kept["text"]) == (1, True, False)
    assert extension.client.delete(f"{path}/1", headers=extension.headers).status_code == 404
    assert extension.client.delete(f"{path}/7", headers=extension.headers).status_code == 404
