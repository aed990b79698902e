"""The API's calls by which a browser finds the server, is connected to it, and is disconnected."""

from __future__ import annotations

from flask import Response, request

from quietpage import __version__
from quietpage.library.browsers import Browser
from quietpage.web.api import WRONG_BODY, answer, api
from quietpage.web.connecting_schemas import (
    BrowserAnswer,
    BrowsersAnswer,
    ConnectedBrowser,
    ConnectLinks,
    PairingAnswer,
    PairingRequest,
    PairingState,
    Ping,
    Pong,
    Progress,
    TokenAnswer,
    TokenRequest,
)
from quietpage.web.decode import read_body, read_query
from quietpage.web.guard import refuse_guessing
from quietpage.web.openapi import Operation, operation
from quietpage.web.pairing import (
    NoSuchPairing,
    PairingPending,
    PairingRefused,
    new_token,
    proof,
    proof_key,
    token_hash,
)
from quietpage.web.problems import Problem
from quietpage.web.problems import answer as answer_problem
from quietpage.web.state import here


@api.get("/ping")
@operation(Operation(query=Ping, answers={200: Pong}, problems=("validation",), access="anyone"))
def ping() -> Response:
    """Is this Quietpage? With a challenge: prove that it is the one this browser is connected to."""
    asked = read_query(Ping)
    if asked.browser is None or asked.challenge is None:
        return answer(Pong(app="quietpage", version=__version__))
    browser = here().library.browsers.get(asked.browser)
    return answer(Pong(app="quietpage", version=__version__, proof=proof_for(browser, asked.challenge)))


def proof_for(browser: Browser | None, challenge: str) -> str | None:
    """The proof for a connected browser, None for an unknown or disconnected one."""
    if browser is None or browser.revoked_at is not None:
        return None
    return proof(browser.proof_key, port=here().config.port, challenge=challenge)


@api.post("/pairings")
@operation(
    Operation(body=PairingRequest, answers={201: PairingAnswer}, problems=WRONG_BODY, access="anyone"),
)
def create_pairing() -> Response:
    """A browser extension asks to be connected; the person allows it on the page ``links.connect``."""
    asked = read_body(PairingRequest)
    origin = request.headers.get("Origin", "")
    if not origin.startswith(("chrome-extension://", "moz-extension://")):
        raise Problem("foreign-origin", "Only a browser extension can be connected.")
    pairing = here().pairings.ask(name=asked.name, origin=origin, challenge=asked.challenge)
    links = ConnectLinks(connect=f"{here().config.url}/connect/{pairing.id}")
    return answer(PairingAnswer(id=pairing.id, code=pairing.code, expires_at=pairing.expires_at, links=links), 201)


@api.get("/pairings/<pairing_id>")
@operation(Operation(answers={200: PairingState}, problems=("not-found",), access="own pages"))
def pairing_state(pairing_id: str) -> Response:
    """Where a pairing stands; the connect page watches it."""
    return answer(PairingState(here().pairings.get(pairing_id).state.value))


@api.post("/pairings/<pairing_id>/token")
@operation(
    Operation(
        body=TokenRequest,
        answers={201: TokenAnswer},
        problems=(*WRONG_BODY, "not-found", "pairing-refused", "pairing-pending", "too-many-attempts"),
        access="anyone",
    )
)
def create_token(pairing_id: str) -> Response:
    """Exchange an allowed pairing for this browser's token, once."""
    asked = read_body(TokenRequest)
    try:
        pairing = here().pairings.finish(pairing_id, verifier=asked.verifier, grant=asked.code)
    except (NoSuchPairing, PairingRefused):
        refuse_guessing()
        raise
    token = new_token()
    browser = here().library.browsers.add(
        name=pairing.name, origin=pairing.origin, token_hash=token_hash(token), proof_key=proof_key(token)
    )
    return answer(TokenAnswer(token, ConnectedBrowser(browser.id, browser.name)), 201)


# For Quietpage's own pages


@api.get("/browsers")
@operation(Operation(answers={200: BrowsersAnswer}, access="own pages"))
def list_browsers() -> Response:
    """The browsers that are, or were, connected."""
    return answer(BrowsersAnswer(tuple(browser_answer(browser) for browser in here().library.browsers.all())))


@api.delete("/browsers/<browser_id>")
@operation(Operation(answers={204: None}, problems=("not-found", "foreign-origin"), access="own pages"))
def revoke_browser(browser_id: str) -> Response:
    """Disconnect a browser: its token is worthless from now on."""
    if here().library.browsers.get(browser_id) is None:
        raise Problem("not-found", "There is no such browser.")
    here().library.browsers.revoke(browser_id)
    return Response(status=204)


def browser_answer(browser: Browser) -> BrowserAnswer:
    """What the API says of a browser: never its keys."""
    return BrowserAnswer(
        id=browser.id,
        name=browser.name,
        created_at=browser.created_at,
        last_seen_at=browser.last_seen_at,
        revoked_at=browser.revoked_at,
    )


@api.get("/progress")
@operation(Operation(answers={200: Progress}, access="own pages"))
def progress() -> Response:
    """How far the first steps are; the welcome page watches it."""
    return answer(current_progress())


def current_progress() -> Progress:
    """Whether an extension is loaded, whether a browser is connected, and how many articles there are."""
    library = here().library
    connected = bool(library.browsers.origins())
    loaded = connected or here().pairings.under_way()
    return Progress(loaded=loaded, connected=connected, articles=library.recent(limit=1).total)


# Errors of pairing, as problems


@api.app_errorhandler(NoSuchPairing)
def answer_no_such_pairing(_: NoSuchPairing) -> Response:
    detail = "This request to connect is too old, or was used already. Start again from the extension."
    return answer_problem(Problem("not-found", detail))


@api.app_errorhandler(PairingPending)
def answer_pairing_pending(_: PairingPending) -> Response:
    return answer_problem(Problem("pairing-pending", "Press Allow on the connect page first."))


@api.app_errorhandler(PairingRefused)
def answer_pairing_refused(_: PairingRefused) -> Response:
    return answer_problem(Problem("pairing-refused", "The connection was refused."))
