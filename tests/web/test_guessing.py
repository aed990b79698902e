"""Guessing: of tokens, one-time links and pairings. What is wrong is soon answered no more; what is right always is."""

from __future__ import annotations

import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quietpage.library.library import Library
from quietpage.web.attempts import MOST_WRONG, WINDOW_SECONDS, Attempts
from quietpage.web.pairing import PairingRefused, Pairings, new_token, proof_key, token_hash

from .conftest import BASE, CHALLENGE, ORIGIN, VERIFIER, Extension, b64url, new_client

OTHER_ORIGIN = "moz-extension://1f6c0a5e-0000-4000-8000-00000000000a"


def ask(client: FlaskClient, origin: str = ORIGIN, challenge: str = CHALLENGE) -> dict:
    body = {"name": "Firefox", "challenge": challenge}
    return client.post("/api/pairings", json=body, headers={"Origin": origin}).json


def exchange(client: FlaskClient, pairing_id: str, verifier: str = VERIFIER, **body: str):
    where, body = f"/api/pairings/{pairing_id}/token", {"verifier": verifier, **body}
    return client.post(where, json=body, headers={"Origin": ORIGIN})


# How often


def test_wrong_tokens_are_answered_a_few_times_a_minute(stranger: FlaskClient) -> None:
    answers = [
        stranger.get("/api/articles", headers={"Authorization": f"Bearer {new_token()}"}) for _ in range(MOST_WRONG + 1)
    ]
    assert [answer.status_code for answer in answers] == [401] * MOST_WRONG + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= WINDOW_SECONDS
    assert answers[-1].json["type"] == "/problems/too-many-attempts"


def guess_a_link(client: FlaskClient) -> int:
    return client.get("/open?code=wrong").status_code


def guess_a_pasted_link(client: FlaskClient) -> int:
    return client.post("/sign-in", data={"link": f"{BASE}/open?code=wrong"}).status_code


def guess_a_pairing(client: FlaskClient) -> int:
    return exchange(client, "wrong").status_code


def guess_a_verifier(client: FlaskClient) -> int:
    return exchange(client, ask(client)["id"], verifier="w" * 43).status_code


@pytest.mark.parametrize("guess", [guess_a_link, guess_a_pasted_link, guess_a_pairing, guess_a_verifier])
def test_nothing_else_can_be_guessed_often(stranger: FlaskClient, guess) -> None:
    statuses = [guess(stranger) for _ in range(MOST_WRONG + 1)]
    assert statuses[-1] == 429
    assert 429 not in statuses[:-1]


def test_whoever_guesses_keeps_nobody_out(app: Flask, library: Library, stranger: FlaskClient) -> None:
    """Neither the extension nor the person: what is right is looked for first."""
    me = new_client(app)
    place = ask(stranger)["id"]
    for _ in range(2 * MOST_WRONG):
        guess_a_link(stranger)
    assert me.get(f"/open?code={library.links.mint()}").status_code == 200
    me.post(f"/connect/{place}", data={"decision": "allow"})
    token = exchange(stranger, place).json["token"]
    assert stranger.get("/api/articles", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert me.get("/").status_code == 200


def test_the_person_is_told_once_that_somebody_guesses(capsys: pytest.CaptureFixture[str]) -> None:
    clock = [0.0]
    attempts = Attempts(now=lambda: clock[0])
    for _ in range(2 * MOST_WRONG):
        attempts.wrong()
    assert capsys.readouterr().err.count("many wrong tokens or links") == 1
    clock[0] += WINDOW_SECONDS
    assert attempts.wrong() == 0  # a minute later a few are answered again


# How long a comparison takes


def test_a_token_is_found_by_its_hash(library: Library) -> None:
    """How long that takes depends on the hash alone, of which nobody who guesses tokens can choose the beginning."""
    token = new_token()
    library.browsers.add(name="x", origin=ORIGIN, token_hash=token_hash(token), proof_key=proof_key(token))
    near = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert library.browsers.by_token_hash(token_hash(near)) is None
    assert library.browsers.by_token_hash(token_hash(token)) is not None


def test_verifiers_and_codes_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, compare = [], hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda *both: compared.append(both) or compare(*both))
    pairings = Pairings()
    asked = pairings.ask(name="x", origin=ORIGIN, challenge=CHALLENGE)
    with pytest.raises(PairingRefused):
        pairings.finish(asked.id, verifier="w" * 43, grant="wrong")
    assert {right for _, right in compared} == {CHALLENGE.encode(), asked.grant.encode()}


# Pairing


def test_the_six_digits_open_nothing(stranger: FlaskClient, me: FlaskClient) -> None:
    """They are for a person to compare, and nothing takes them: there is nothing to try a million times."""
    asked = ask(stranger)
    me.post(f"/connect/{asked['id']}", data={"decision": "allow"})
    assert exchange(stranger, asked["id"], verifier=asked["code"].ljust(43, "0")).status_code == 403
    assert exchange(stranger, asked["id"], code=asked["code"]).status_code == 403
    assert stranger.get(f"/open?code={asked['code']}&next=/").status_code == 200
    assert stranger.get("/").status_code == 401
    assert stranger.get("/api/articles", headers={"Authorization": f"Bearer {asked['code']}"}).status_code == 401


def test_of_two_browsers_that_ask_at_once_the_allowed_one_is_connected(
    stranger: FlaskClient, me: FlaskClient, library: Library
) -> None:
    other_verifier = "o" * 43
    mine = ask(stranger)
    theirs = ask(stranger, OTHER_ORIGIN, b64url(hashlib.sha256(other_verifier.encode()).digest()))
    assert mine["id"] != theirs["id"]
    me.post(f"/connect/{mine['id']}", data={"decision": "allow"})
    assert exchange(stranger, theirs["id"], verifier=other_verifier).status_code == 409  # nobody allowed that one
    assert exchange(stranger, mine["id"], verifier=other_verifier).status_code == 403  # nor did it ask for this one
    assert exchange(stranger, mine["id"]).status_code == 201
    assert library.browsers.origins() == {ORIGIN}


def test_of_many_who_race_for_a_token_one_gets_it(app: Flask, me: FlaskClient, library: Library) -> None:
    place = ask(new_client(app))["id"]
    me.post(f"/connect/{place}", data={"decision": "allow"})
    with ThreadPoolExecutor(8) as racers:
        statuses = list(racers.map(lambda _: exchange(new_client(app), place).status_code, range(8)))
    assert sorted(statuses) == [201] + [404] * 7
    assert len(library.browsers.all()) == 1


def test_of_many_who_race_with_a_link_one_is_let_in(app: Flask, library: Library) -> None:
    link = f"/open?code={library.links.mint()}"

    def is_let_in(_: int) -> bool:
        client = new_client(app)
        client.get(link)
        return client.get("/").status_code == 200

    with ThreadPoolExecutor(8) as racers:
        assert sum(racers.map(is_let_in, range(8))) == 1


def test_a_disconnected_browser_may_not_use_what_it_began(me: FlaskClient, extension: Extension) -> None:
    assert exchange(extension.client, "x").status_code == 404
    me.delete(f"/api/browsers/{extension.id}")
    assert extension.save().status_code == 401
