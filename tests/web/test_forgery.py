"""What another site has this browser ask (CSRF), read (CORS) or show (clickjacking): nothing comes of it."""

from __future__ import annotations

import re
import sqlite3

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quietpage.library.library import Library
from quietpage.web.guard import BY_FEED_TOKEN, OPEN_TO_ALL

from .conftest import BASE, CHALLENGE, ORIGIN, Extension, new_client

ARTICLE = '{"url": "https://evil.example/", "html": "<p>x</p>", "capture_id": "1"}'
WAYS = {  # how a page of another site asks, and what the browser says about it
    "form": {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    "form in a frame": {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    "fetch": {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    "fetch without an answer": {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"},
    "beacon": {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"},
}
BODIES = {
    "form": {"content_type": "application/x-www-form-urlencoded", "data": "do=delete&id=1&decision=allow"},
    "upload": {"content_type": "multipart/form-data; boundary=x", "data": "--x--"},
    "JSON": {"content_type": "application/json", "data": ARTICLE},
    "JSON as text": {"content_type": "text/plain", "data": ARTICLE},  # needs no preflight
    "JSON as nothing": {"data": ARTICLE},
}
ORIGINS = {
    "https://evil.example": "cross-site",
    "null": "cross-site",  # a sandboxed frame, a file, a data: address
    "http://127.0.0.1:3000": "same-site",  # another server of this machine
    "http://localhost:8765": "cross-site",
    "http://127.0.0.1": "same-site",
    "https://127.0.0.1:8765": "cross-site",
    "http://127.0.0.1:8765.evil.example": "cross-site",
    "http://evil.example#http://127.0.0.1:8765": "cross-site",
    "http://127.0.0.1:87650": "same-site",
}


def routes(app: Flask, method: str) -> list[tuple[str, str]]:
    """Each address that takes this method, with its endpoint."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in rule.methods:
            path = re.sub("<int:[a-z_]+>", "1", re.sub(r"<any\((\w+).*?>", r"\1", rule.rule))
            found.append((re.sub("<[^>]*>", "x", path), rule.endpoint))
    return found


def content(library: Library) -> list[str]:
    """All that is in the library."""
    connection = sqlite3.connect(library.path)
    dump = list(connection.iterdump())
    connection.close()
    return dump


@pytest.mark.parametrize("origin", ORIGINS)
def test_another_site_changes_nothing_whatever_it_sends(
    app: Flask, me: FlaskClient, extension: Extension, library: Library, origin: str
) -> None:
    """At every address that changes something, in every way and with every body, with this browser's session."""
    extension.save()
    before = content(library)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path, _ in routes(app, method):
            for way, body in zip(list(WAYS) * 2, list(BODIES) * 2, strict=True):
                headers = {"Origin": origin, "Sec-Fetch-Site": ORIGINS[origin], **WAYS[way]}
                answer = me.open(path, method=method, headers=headers, **BODIES[body])
                assert answer.status_code == 403, (method, path, way)
                assert "Access-Control-Allow-Origin" not in answer.headers
    assert content(library) == before


def test_another_site_s_elements_find_no_session(
    app: Flask, me: FlaskClient, extension: Extension, library: Library
) -> None:
    """An image, a script, a frame or a WebSocket of another port of this machine, which is sent the cookie."""
    extension.save()
    before = content(library)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    foreign = {"Origin": "http://127.0.0.1:3000"}
    ways = {
        "image": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        "script": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        "frame": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        "fetch": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", **foreign},
        "WebSocket": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "websocket", **upgrade, **foreign},
        "WebSocket of old": {**upgrade, **foreign},  # which says nothing but its origin
    }
    private = [path for path, endpoint in routes(app, "GET") if endpoint not in OPEN_TO_ALL | BY_FEED_TOKEN]
    for way, headers in ways.items():
        for path in private:
            assert me.get(path, headers=headers).status_code in (400, 401, 405), (path, way)  # no WebSockets here
        assert me.get("/api/ping", headers=headers).status_code in (200, 400)
    assert content(library) == before


def test_our_own_pages_and_the_address_bar_do_find_it(me: FlaskClient, extension: Extension) -> None:
    extension.save()
    for headers in (
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Site": "same-origin", "Origin": BASE},
        {},
    ):
        assert me.get("/read/1", headers=headers).status_code == 200


def test_json_is_taken_as_json_alone(extension: Extension) -> None:
    """Also from whoever may ask: a text/plain body is what a form can send without being asked first."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/json-seq", "text/json"):
        answer = extension.client.post("/api/articles", data=ARTICLE, content_type=kind, headers=extension.headers)
        assert answer.status_code == 415, kind


# Who may read an answer


LOOK_ALIKES = [
    "null",
    "https://evil.example",
    f"{ORIGIN}.evil.example",
    f"{ORIGIN}x",
    ORIGIN[:-1],
    f"x{ORIGIN}",
    f" {ORIGIN}",
    f"{ORIGIN}/",
    f"{ORIGIN}:80",
    f"{ORIGIN}, https://evil.example",
    ORIGIN.upper(),
    ORIGIN.replace("chrome", "moz"),
    ORIGIN.replace("chrome-extension", "https"),
    ORIGIN.replace("chrome-extension", "safari-web-extension"),
    ORIGIN.replace("://", "://user@"),
    "chrome-extension://",
    "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba",  # an extension that is not connected
    "moz-extension://1f6c0a5e-0000-4000-8000-00000000000a",
    "*",
]


def test_no_origin_but_the_connected_one_may_read_or_change(extension: Extension) -> None:
    """Not even with its token: neither a look-alike nor an extension that is not connected."""
    for origin in LOOK_ALIKES:
        refuses(extension, origin)


def refuses(extension: Extension, origin: str) -> None:
    headers = {**extension.headers, "Origin": origin}
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    answers = [
        extension.client.get("/api/articles", headers=headers),
        extension.client.options("/api/articles", headers={"Origin": origin, **asks}),
        extension.client.post("/api/articles", json={}, headers=headers),
    ]
    assert [answer.status_code for answer in answers[1:]] == [403, 403], origin
    for answer in answers:
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")], origin


def test_no_answer_is_for_every_origin_or_with_credentials(app: Flask, extension: Extension) -> None:
    for path, _ in routes(app, "GET"):
        headers = extension.client.get(path, headers=extension.headers).headers
        assert headers.get("Access-Control-Allow-Origin") in (None, ORIGIN), path
        assert "Access-Control-Allow-Credentials" not in headers, path


# Clickjacking


def test_the_page_where_a_person_allows_a_browser_cannot_be_framed(me: FlaskClient, stranger: FlaskClient) -> None:
    """Nor be pressed from elsewhere; and it is not shown in a frame in the first place."""
    asked = stranger.post("/api/pairings", json={"name": "x", "challenge": CHALLENGE}, headers={"Origin": ORIGIN}).json
    place = f"/connect/{asked['id']}"
    page = me.get(place)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    framed = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    assert "Allow" not in me.get(place, headers=framed).text
    for headers in ({"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:3000"}, {"Origin": ORIGIN}):
        assert me.post(place, data={"decision": "allow"}, headers=headers).status_code == 403
    assert me.get(place, query_string={"decision": "allow"}).status_code == 200
    assert me.get(f"/api/pairings/{asked['id']}").json == {"state": "asked"}


def test_no_page_may_be_framed_but_the_captured_one(app: Flask, me: FlaskClient, extension: Extension) -> None:
    extension.save()
    for path, endpoint in routes(app, "GET"):
        policy = me.get(path).headers["Content-Security-Policy"]
        framed = "frame-ancestors 'self'" if endpoint == "versions.captured_page" else "frame-ancestors 'none'"
        assert framed in policy, path


# Session fixation


def test_a_session_that_somebody_else_chose_is_not_taken_over(app: Flask, library: Library) -> None:
    """Another server of this machine may set our cookie, as cookies know no ports."""
    client = new_client(app)
    client.set_cookie("quietpage-8765", chosen := "eyJzaW5jZSI6MX0.aaaaaa.bbbbbbbbbbb", domain="127.0.0.1")
    assert client.get("/").status_code == 401
    client.get(f"/open?code={library.links.mint()}")
    given = client.get_cookie("quietpage-8765", domain="127.0.0.1")
    assert given and given.value != chosen
    other = new_client(app)
    other.set_cookie("quietpage-8765", chosen, domain="127.0.0.1")
    assert other.get("/").status_code == 401


def test_nobody_has_a_session_before_they_are_let_in(stranger: FlaskClient) -> None:
    for path in ("/", "/sign-in", "/open?code=wrong", "/api/ping", "/nothing"):
        assert "Set-Cookie" not in stranger.get(path).headers


def test_a_session_stands_in_no_address(me: FlaskClient, stranger: FlaskClient) -> None:
    value = me.get_cookie("quietpage-8765", domain="127.0.0.1").value
    for query in ({"session": value}, {"quietpage-8765": value}, {"token": value}):
        assert stranger.get("/", query_string=query).status_code == 401


# Where links lead


def test_no_address_of_ours_redirects_elsewhere(me: FlaskClient) -> None:
    for path in ("//evil.example/", "//evil.example//", "/%2f%2fevil.example/", "/\\evil.example", "/.//evil.example"):
        where = me.get(path).headers.get("Location", "/")
        assert where.startswith((f"{BASE}/", "/")) and not where.startswith("//"), where
