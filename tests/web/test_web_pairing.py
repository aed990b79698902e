"""Connecting a browser: the codes, the decision, the one-time code, the token, the server's proof."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quietpage.library.library import Library
from quietpage.web.pairing import LIFETIME, MOST_PENDING, NoSuchPairing, Pairings

from .conftest import BASE, CHALLENGE, ORIGIN, VERIFIER, Extension, b64url

FROM_EXTENSION = {"Origin": ORIGIN}


def ask(client: FlaskClient) -> dict:
    answer = client.post(
        "/api/pairings", json={"name": "Firefox on Linux", "challenge": CHALLENGE}, headers=FROM_EXTENSION
    )
    assert answer.status_code == 201
    return answer.json


def exchange(client: FlaskClient, pairing_id: str, **body: str):
    return client.post(f"/api/pairings/{pairing_id}/token", json={"verifier": VERIFIER, **body}, headers=FROM_EXTENSION)


def grant_on(page: str) -> str | None:
    found = re.search(r'<meta name="quietpage-pairing-code" content="([^"]+)">', page)
    return found[1] if found else None


def test_a_browser_is_connected_by_one_click(stranger: FlaskClient, me: FlaskClient, library: Library) -> None:
    asked = ask(stranger)
    assert re.fullmatch(r"\d{6}", asked["code"])
    assert asked["links"]["connect"] == f"{BASE}/connect/{asked['id']}"
    page = me.get(f"/connect/{asked['id']}").text
    assert "Firefox on Linux" in page
    assert f'id="page-code">{asked["code"][:3]} {asked["code"][3:]}<' in page
    assert f'<output id="extension-code" data-pairing="{asked["id"]}">' in page
    assert grant_on(page) is None
    allowed = me.post(f"/connect/{asked['id']}", data={"decision": "allow"})
    assert (allowed.status_code, allowed.headers["Location"]) == (303, f"/connect/{asked['id']}")
    grant = grant_on(me.get(f"/connect/{asked['id']}").text)
    assert grant
    token = exchange(stranger, asked["id"], code=grant)
    assert token.status_code == 201
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token.json["token"])
    assert token.json["browser"]["name"] == "Firefox on Linux"
    assert library.browsers.origins() == {ORIGIN}
    assert stranger.get("/api/articles", headers={"Authorization": f"Bearer {token.json['token']}"}).status_code == 200


def test_the_one_time_code_is_shown_once(stranger: FlaskClient, me: FlaskClient) -> None:
    place = f"/connect/{ask(stranger)['id']}"
    me.post(place, data={"decision": "allow"})
    assert grant_on(me.get(place).text)
    assert grant_on(me.get(place).text) is None


def test_neither_token_nor_verifier_is_kept(extension: Extension, library: Library) -> None:
    library.close()
    kept = library.path.read_bytes()
    assert extension.token.encode() not in kept
    assert VERIFIER.encode() not in kept


def test_before_allow_there_is_no_token(stranger: FlaskClient) -> None:
    answer = exchange(stranger, ask(stranger)["id"])
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/pairing-pending")


def test_after_allow_the_verifier_alone_is_enough_once(stranger: FlaskClient, me: FlaskClient) -> None:
    place = ask(stranger)["id"]
    me.post(f"/connect/{place}", data={"decision": "allow"})
    assert exchange(stranger, place).status_code == 201
    assert exchange(stranger, place).status_code == 404


@pytest.mark.parametrize("body", [{"verifier": "w" * 43}, {"code": "wrong"}])
def test_a_wrong_verifier_or_code_gets_nothing(stranger: FlaskClient, me: FlaskClient, body: dict[str, str]) -> None:
    place = ask(stranger)["id"]
    me.post(f"/connect/{place}", data={"decision": "allow"})
    answer = exchange(stranger, place, **body)
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/pairing-refused")


def test_refused_is_refused(stranger: FlaskClient, me: FlaskClient) -> None:
    place = ask(stranger)["id"]
    me.post(f"/connect/{place}", data={"decision": "refuse"})
    me.post(f"/connect/{place}", data={"decision": "allow"})
    assert "Refused" in me.get(f"/connect/{place}").text
    assert exchange(stranger, place).status_code == 403


def test_only_an_extension_may_ask(stranger: FlaskClient) -> None:
    body = {"name": "x", "challenge": CHALLENGE}
    assert stranger.post("/api/pairings", json=body).status_code == 403
    assert stranger.post("/api/pairings", json=body, headers={"Origin": "https://evil.example"}).status_code == 403
    assert stranger.post("/api/pairings", json=body, headers={"Origin": BASE}).status_code == 403


def test_an_unknown_pairing_is_a_calm_page(me: FlaskClient, stranger: FlaskClient) -> None:
    page = me.get("/connect/unknown")
    assert page.status_code == 404
    assert "ask again" in page.text
    assert exchange(stranger, "unknown").status_code == 404


def test_an_unclear_decision_is_refused(me: FlaskClient, stranger: FlaskClient) -> None:
    place = ask(stranger)["id"]
    assert me.post(f"/connect/{place}", data={}).status_code == 400
    assert me.get(f"/api/pairings/{place}").json == {"state": "asked"}


def test_a_name_is_shown_as_text(stranger: FlaskClient, me: FlaskClient) -> None:
    body = {"name": "<script>x</script>", "challenge": CHALLENGE}
    place = stranger.post("/api/pairings", json=body, headers=FROM_EXTENSION).json["id"]
    assert "<script>x" not in me.get(f"/connect/{place}").text


def test_pairings_end_after_ten_minutes() -> None:
    clock = [datetime(2026, 1, 1, tzinfo=UTC)]
    pairings = Pairings(now=lambda: clock[0])
    pairing = pairings.ask(name="x", origin=ORIGIN, challenge=CHALLENGE)
    clock[0] += LIFETIME - timedelta(seconds=1)
    assert pairings.get(pairing.id) is pairing
    clock[0] += timedelta(seconds=1)
    with pytest.raises(NoSuchPairing):
        pairings.get(pairing.id)


def test_the_oldest_of_too_many_gives_way() -> None:
    pairings = Pairings()
    asked = [pairings.ask(name="x", origin=ORIGIN, challenge=CHALLENGE) for _ in range(MOST_PENDING + 1)]
    with pytest.raises(NoSuchPairing):
        pairings.get(asked[0].id)
    assert pairings.get(asked[1].id)


# The server proves itself


def expected_proof(token: str, port: int, challenge: str) -> str:
    key = hashlib.sha256(b"quietpage-proof-key-v1:" + token.encode()).digest()
    return b64url(hmac.digest(key, f"quietpage-proof-v1\n127.0.0.1:{port}\n{challenge}".encode(), "sha256"))


def test_the_server_proves_that_it_knows_the_browser(extension: Extension) -> None:
    challenge = b64url(bytes(32))
    answer = extension.client.get(
        f"/api/ping?browser={extension.id}&challenge={challenge}", headers={"Host": "localhost:8765"}
    )
    assert answer.json["proof"] == expected_proof(extension.token, 8765, challenge)


def test_there_is_no_proof_for_an_unknown_or_disconnected_browser(me: FlaskClient, extension: Extension) -> None:
    challenge = b64url(bytes(32))
    assert me.get(f"/api/ping?browser=unknown&challenge={challenge}").json["proof"] is None
    me.delete(f"/api/browsers/{extension.id}")
    assert me.get(f"/api/ping?browser={extension.id}&challenge={challenge}").json["proof"] is None


def test_a_plain_ping_tells_nothing_private(stranger: FlaskClient) -> None:
    assert set(stranger.get("/api/ping").json) == {"app", "version"}
    assert stranger.get("/api/ping?browser=x&challenge=short").status_code == 400


# Afterwards


def test_the_settings_list_browsers_and_disconnect_them(app: Flask, me: FlaskClient, extension: Extension) -> None:
    assert "Firefox" in me.get("/settings").text
    assert me.get("/api/browsers").json["browsers"][0]["revoked_at"] is None
    assert me.post(f"/settings/browsers/{extension.id}/revoke").status_code == 303
    assert "No browser is connected" in me.get("/settings").text
    assert me.get("/api/browsers").json["browsers"][0]["revoked_at"].endswith("Z")
    assert me.post("/settings/browsers/unknown/revoke").status_code == 404


def test_the_first_steps_tick_themselves_off(me: FlaskClient, stranger: FlaskClient) -> None:
    assert me.get("/api/progress").json == {"loaded": False, "connected": False, "articles": 0}
    ask(stranger)
    assert me.get("/api/progress").json == {"loaded": True, "connected": False, "articles": 0}
    assert 'id="step-1" data-done="yes"' in me.get("/welcome").text
