"""Who may ask: hosts, origins, tokens, sessions, one-time links, and the headers of every answer."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quietpage.library.library import Library
from quietpage.web.app import Config
from quietpage.web.guard import own_path

from .conftest import BASE, ORIGIN, Extension, new_client

OTHER_EXTENSION = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba"


# Host


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_this_machine_may_be_called_by_its_own_names(stranger: FlaskClient, host: str) -> None:
    assert stranger.get("/api/ping", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example:8765",
        "127.0.0.1.nip.io:8765",
        "localhost.evil.example:8765",
        "evil.localhost:8765",
        "localhost.:8765",  # the root's dot
        "127.0.0.1.:8765",
        "LOCALHOST.LOCALDOMAIN:8765",
        "127.0.0.1:9999",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:08765",
        "127.0.0.1:8765:8765",
        "127.0.0.1:8765@evil.example",
        "evil.example@127.0.0.1:8765",
        "user:pass@127.0.0.1:8765",
        "127.0.0.1:8765, evil.example",
        "127.0.0.1:8765/",
        "127.0.0.1 :8765",
        "127.1:8765",  # short, decimal, octal, hexadecimal: the same machine, by names that nobody types
        "2130706433:8765",
        "017700000001:8765",
        "0177.0.0.1:8765",
        "0x7f.0.0.1:8765",
        "0x7f000001:8765",
        "0:8765",
        "0.0.0.0:8765",
        "127.0.0.2:8765",
        "[::]:8765",
        "::1:8765",
        "[0:0:0:0:0:0:0:1]:8765",
        "[::ffff:127.0.0.1]:8765",
        "[::1%25lo]:8765",
        "１２７.0.0.1:8765".encode().decode("latin-1"),
        "192.168.1.7:8765",
        "",
    ],
)
def test_a_foreign_host_is_refused_everywhere(stranger: FlaskClient, host: str) -> None:
    """DNS rebinding: a name of somebody else's that leads here, or one that a name could be mistaken for."""
    for path in ("/", "/api/ping", "/static/base.css", "/open?code=x"):
        assert stranger.get(path, headers={"Host": host}).status_code == 400
    assert stranger.get("/api/ping", headers={"Host": host}).json["type"] == "/problems/foreign-host"


def test_no_other_header_names_the_host(stranger: FlaskClient) -> None:
    """A proxy's headers are believed from nobody."""
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    answer = stranger.get("/", headers={**headers, "X-Original-Host": "evil.example", "X-Host": "evil.example"})
    assert answer.status_code == 401
    assert "evil" not in answer.text
    assert stranger.get("/", headers={"Host": "evil.example", "X-Forwarded-Host": "127.0.0.1:8765"}).status_code == 400


# Origin


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:3000", "http://localhost:8765", "null"])
def test_another_site_changes_nothing_even_with_the_session(me: FlaskClient, extension: Extension, origin: str) -> None:
    article = extension.save().json["id"]
    for path in (f"/read/{article}/tags", f"/settings/browsers/{extension.id}/revoke"):
        assert me.post(path, headers={"Origin": origin}).status_code == 403
    refused = me.delete(f"/api/articles/{article}", headers={"Origin": origin})
    assert (refused.status_code, refused.json["type"]) == (403, "/problems/foreign-origin")
    assert me.get(f"/read/{article}").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_the_browser_calls_foreign_changes_nothing(me: FlaskClient, extension: Extension, site: str) -> None:
    article = extension.save().json["id"]
    assert me.post(f"/read/{article}/tags", headers={"Sec-Fetch-Site": site}).status_code == 403
    own = {"Origin": BASE, "Sec-Fetch-Site": site}
    assert me.post(f"/read/{article}/tags", headers=own).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Origin": BASE, "Sec-Fetch-Site": "same-origin"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}]
)
def test_own_forms_work_with_and_without_an_origin(
    me: FlaskClient, extension: Extension, headers: dict[str, str]
) -> None:
    article = extension.save().json["id"]
    assert me.post(f"/read/{article}/tags", headers=headers).status_code == 303


def test_an_extension_may_not_post_to_pages(me: FlaskClient, extension: Extension) -> None:
    article = extension.save().json["id"]
    assert me.post(f"/read/{article}/tags", headers={"Origin": ORIGIN}).status_code == 403


def test_the_session_does_not_serve_another_port_of_this_machine(me: FlaskClient) -> None:
    neighbor = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    assert me.get("/api/articles", headers=neighbor).status_code == 401
    followed_link = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert me.get("/", headers=followed_link).status_code == 200
    framed = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    assert me.get("/", headers=framed).status_code == 401


# CORS


def preflight(client: FlaskClient, path: str, origin: str, **extra: str):
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type"}
    return client.options(path, headers={"Origin": origin, **asks, **extra})


def test_a_connected_extension_gets_its_preflight(extension: Extension) -> None:
    answer = preflight(extension.client, "/api/articles", ORIGIN)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Allow-Headers"].lower() == "authorization, content-type"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("network", ["Private", "Local"])
def test_a_preflight_for_this_network_is_answered(extension: Extension, network: str) -> None:
    answer = preflight(
        extension.client, "/api/articles", ORIGIN, **{f"Access-Control-Request-{network}-Network": "true"}
    )
    assert answer.headers[f"Access-Control-Allow-{network}-Network"] == "true"


@pytest.mark.parametrize("origin", ["https://evil.example", OTHER_EXTENSION, "null", f"{ORIGIN}.evil.example"])
def test_nobody_else_gets_a_preflight_to_articles(extension: Extension, origin: str) -> None:
    answer = preflight(extension.client, "/api/articles", origin)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_any_extension_may_ping_and_ask_to_be_connected(stranger: FlaskClient) -> None:
    for path in ("/api/ping", "/api/pairings", "/api/pairings/some/token"):
        answer = preflight(stranger, path, "moz-extension://1f6c0a5e-0000-4000-8000-00000000000a")
        assert answer.status_code == 204
        assert answer.headers["Access-Control-Allow-Origin"].startswith("moz-extension://")
    assert preflight(stranger, "/api/pairings", "https://evil.example").status_code == 403


def test_no_site_may_read_an_answer(extension: Extension) -> None:
    for path in ("/api/ping", "/api/articles", "/"):
        answer = extension.client.get(path, headers={**extension.headers, "Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_disconnected_extension_loses_its_origin(me: FlaskClient, extension: Extension) -> None:
    me.delete(f"/api/browsers/{extension.id}")
    assert preflight(extension.client, "/api/articles", ORIGIN).status_code == 403


# Token


def test_without_a_token_the_api_says_which_is_needed(stranger: FlaskClient) -> None:
    answer = stranger.get("/api/articles")
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/token-missing")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Quietpage"'


@pytest.mark.parametrize("token", ["wrong", "", "é", "x" * 5000])
def test_a_wrong_token_is_refused(stranger: FlaskClient, token: str) -> None:
    assert stranger.get("/api/articles", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_disconnected_extension_is_told_so(me: FlaskClient, extension: Extension) -> None:
    assert extension.save().status_code == 201
    me.delete(f"/api/browsers/{extension.id}")
    answer = extension.save(capture_id="c-2")
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/token-unknown")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_another_extension_cannot_use_a_token(extension: Extension) -> None:
    answer = extension.client.post("/api/articles", json={}, headers={**extension.headers, "Origin": OTHER_EXTENSION})
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/foreign-origin")


def test_a_token_opens_neither_pages_nor_browsers(extension: Extension) -> None:
    assert extension.client.get("/", headers=extension.headers).status_code == 401
    answer = extension.client.get("/api/browsers", headers=extension.headers)
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/session-missing")


# Session and one-time links


@pytest.mark.parametrize("path", ["/", "/settings", "/welcome", "/read/1", "/read/1/removed", "/connect/x"])
def test_pages_need_the_session_and_say_how_to_get_in(stranger: FlaskClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 401
    assert re.search(r"quietpage( --db \S+)? open</code>", answer.text)


def test_every_route_but_the_open_ones_needs_someone(app: Flask, stranger: FlaskClient) -> None:
    from quietpage.web.guard import BY_FEED_TOKEN, OPEN_TO_ALL, OWN_PAGES_ONLY

    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints >= OPEN_TO_ALL | OWN_PAGES_ONLY | BY_FEED_TOKEN
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in OPEN_TO_ALL | BY_FEED_TOKEN:  # test_web_feeds.py asks those
            path = re.sub("<int:[a-z_]+>", "1", re.sub(r"<any\((\w+).*?>", r"\1", rule.rule))
            path = path.replace("<pairing_id>", "x").replace("<browser_id>", "x")
            for method in rule.methods - {"OPTIONS"}:
                assert stranger.open(path, method=method).status_code == 401, rule


def test_a_one_time_link_lets_in_once(app: Flask, library: Library) -> None:
    link = f"/open?code={library.links.mint()}&next=/settings"
    first, second = new_client(app), new_client(app)
    assert 'content="/settings"' in first.get(link).text
    assert first.get("/settings").status_code == 200
    second.get(link)
    assert second.get("/settings").status_code == 401


def test_localhost_leads_to_where_the_cookie_is(stranger: FlaskClient) -> None:
    answer = stranger.get("/read/1?x=1", headers={"Host": "localhost:8765"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{BASE}/read/1?x=1")


def test_a_link_the_person_opened_redirects_at_once(library: Library, stranger: FlaskClient) -> None:
    answer = stranger.get(f"/open?code={library.links.mint()}&next=/settings", headers={"Sec-Fetch-Site": "none"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings")
    assert stranger.get("/settings").status_code == 200


def test_asking_only_for_the_headers_of_a_link_does_not_use_it_up(app: Flask, library: Library) -> None:
    link = f"/open?code={library.links.mint()}"
    new_client(app).head(link)
    client = new_client(app)
    client.get(link)
    assert client.get("/").status_code == 200


def test_the_session_cookie_is_strict_and_named_by_the_port(
    app: Flask, library: Library, stranger: FlaskClient
) -> None:
    cookie = stranger.get(f"/open?code={library.links.mint()}").headers["Set-Cookie"]
    assert cookie.startswith("quietpage-8765=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_forged_cookie_is_worth_nothing(stranger: FlaskClient) -> None:
    stranger.set_cookie(
        "quietpage-8765", "eyJzaW5jZSI6IjIwMjYtMDEtMDEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", domain="127.0.0.1"
    )
    assert stranger.get("/").status_code == 401


def test_the_session_outlives_a_restart(app: Flask, library: Library, me: FlaskClient) -> None:
    from quietpage.web.app import create_app

    again = create_app(Config(library.path))
    client = new_client(again)
    cookie = me.get_cookie("quietpage-8765", domain="127.0.0.1")
    client.set_cookie("quietpage-8765", cookie.value, domain="127.0.0.1")
    assert client.get("/").status_code == 200
    again.extensions["quietpage"].library.close()


def test_a_pasted_link_lets_in(library: Library, stranger: FlaskClient) -> None:
    link = f"  {BASE}/open?code={library.links.mint()}&next=/ "
    answer = stranger.post("/sign-in", data={"link": link, "next": "/settings"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings")
    assert stranger.get("/settings").status_code == 200


def test_a_pasted_wrong_link_says_so(stranger: FlaskClient) -> None:
    answer = stranger.post("/sign-in", data={"link": "http://[bad", "next": "/settings"})
    assert answer.status_code == 403
    assert "used already" in answer.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "",
        None,
        "/open?code=x",
        "/\n/evil.example",
        "evil",
        "/a\\b",
    ],
)
def test_a_link_leads_to_own_paths_only(target: str | None) -> None:
    assert own_path(target) == "/"


def test_a_link_leads_to_the_page_asked_for(stranger: FlaskClient) -> None:
    assert own_path("/read/12?q=ä&x=1") == "/read/12?q=ä&x=1"
    assert 'value="/?q=fish&amp;cursor=a"' in stranger.get("/?q=fish&cursor=a").text


def test_a_visitor_from_another_site_is_one_click_from_the_page(stranger: FlaskClient) -> None:
    answer = stranger.get("/read/12", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    assert answer.status_code == 401
    assert 'href="/read/12">Continue' in answer.text


# Headers


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nope", "/api/ping", "/api/nope", "/static/base.css", "/open"])
def test_every_answer_carries_the_headers(stranger: FlaskClient, path: str) -> None:
    headers = stranger.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_private_answers_are_kept_by_no_cache(me: FlaskClient) -> None:
    for path in ("/", "/settings", "/api/articles", "/nope", "/open"):
        assert me.get(path).headers["Cache-Control"] == "no-store"


def test_styles_are_kept_for_good_under_an_address_that_names_their_content(stranger: FlaskClient) -> None:
    sheets = re.findall(r'href="(/static/[^"]+\.css\?v=[0-9a-f]{12})"', stranger.get("/sign-in").text)
    assert sheets
    assert "immutable" in stranger.get(sheets[0]).headers["Cache-Control"]
    assert "immutable" not in stranger.get("/static/base.css").headers.get("Cache-Control", "")


def test_no_page_of_ours_holds_inline_script_or_style_or_a_foreign_address(
    me: FlaskClient, extension: Extension
) -> None:
    article = extension.save().json["id"]
    for path in (
        "/",
        "/?q=ferry",
        "/welcome",
        "/settings",
        f"/read/{article}/removed",
        "/sign-in",
        "/api/docs",
        "/nope",
    ):
        page = me.get(path).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page), path
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!harbor\.example)""", page), path
