"""Who may ask. Read from top to bottom: every request passes these checks in this order, every answer these headers.

1. Host: only this machine's own names, so that no foreign name can be pointed here (DNS rebinding).
2. Origin: nothing is changed on behalf of another site; an extension may speak to the API only.
3. Identity: a connected browser's token, or the session of this browser, which a one-time link began.
   Wrong ones are answered a few times a minute; right ones always.
4. Headers on every answer (headers.py): a strict content security policy, no sniffing, no framing, no referrer, no
   caching. One answer alone may be framed, by our own pages: a captured page, which may do nothing at all in there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_cors import cross_origin

from quietpage.library.browsers import Browser
from quietpage.web.headers import set_headers
from quietpage.web.pairing import token_hash
from quietpage.web.problems import Problem
from quietpage.web.state import Config, here, server

SESSION_LIFETIME = timedelta(days=365)  # rolling: each day of use begins it anew
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
EXTENSION_ORIGIN = re.compile(r"(chrome|moz)-extension://[0-9a-z-]{1,64}")
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

# What anyone on this machine may ask for: nothing in it is private.
OPEN_TO_ALL = frozenset(
    {
        "static",
        "api.ping",
        "api.create_pairing",
        "api.create_token",
        "api.openapi",
        "api.docs",
        "pages.open_link",
        "pages.sign_in",
        "pages.sign_in_with_link",
        "pages.problem_type",
        "guide.user",
        "guide.programs",
    }
)
# What checks the token in its own address, and can only be read (feeds.py).
BY_FEED_TOKEN = frozenset({"feeds.atom_feed", "feeds.picture", "feeds.plain_list", "feeds.plain_article"})
# Where any extension may call, connected or not: it is how it gets connected.
OPEN_TO_EXTENSIONS = frozenset({"api.ping", "api.create_pairing", "api.create_token"})
# What only the person at Quietpage's own pages may ask, never an extension's token.
OWN_PAGES_ONLY = frozenset({"api.list_browsers", "api.revoke_browser", "api.pairing_state", "api.progress"})
# What is asked on the machine itself, where an extension is: never by way of a proxy.
THIS_MACHINE_ONLY = frozenset({"api.create_pairing", "api.create_token"})


def register(app: Flask, config: Config, secret: bytes) -> None:
    """Put the guard before and after every request of ``app``."""
    app.secret_key = secret
    app.config.update(
        SESSION_COOKIE_NAME=f"quietpage-{config.port}",  # cookies ignore ports; two servers must not share one
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=SESSION_LIFETIME,
    )
    app.session_interface = Sessions()
    app.before_request(check_host)
    app.before_request(check_origin)
    app.before_request(check_identity)
    app.after_request(set_headers)
    app.after_request(answer_cors)


# 1. Host


def check_host() -> None:
    """Refuse a request that reached this server under a foreign name."""
    host, config = request.headers.get("Host", "").lower(), server().config
    if config.by_proxy(host):
        g.quietpage = replace(server(), config=replace(config, reached_by_proxy=True))
        if request.endpoint in THIS_MACHINE_ONLY:
            raise Problem("foreign-host", f"Browsers are connected on the machine itself, at {config.url}.")
    elif host not in config.own_hosts:
        raise Problem("foreign-host", f"Quietpage answers at {config.front} only.")


class Sessions(SecureCookieSessionInterface):
    """The session's cookie. Before a proxy it travels by TLS alone, and no sister site can set it (``__Host-``)."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return server().config.by_proxy(request.headers.get("Host", ""))

    def get_cookie_name(self, app: Flask) -> str:
        name = super().get_cookie_name(app)
        return f"__Host-{name}" if self.get_cookie_secure(app) else name


# 2. Origin


def check_origin() -> Response | None:
    """Refuse what another site asks to change, and answer the browser's preflight questions."""
    if request.method == "OPTIONS" and request.path.startswith("/api/"):
        return preflight()
    if request.method in CHANGING and not is_welcome_origin():
        raise Problem("foreign-origin", "Only Quietpage's own pages and connected browsers may change anything.")
    return None


def preflight() -> Response:
    """Answer 204 to an extension that may ask (``answer_cors`` says to what), 403 to all others."""
    if not is_welcome_extension(request.headers.get("Origin", "")):
        raise Problem("foreign-origin", "Only connected browser extensions may call from elsewhere.")
    return Response(status=204)


def is_welcome_origin() -> bool:
    """Whether the request was not made on behalf of another site.

    A program (curl, a script) sends neither header. A form of our own pages sends ``Origin: null``, because they
    send no referrer: there Sec-Fetch-Site, which no page can forge, has to say that it is ours.
    """
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if origin and (is_welcome_extension(origin) or is_known_by_token(origin)):
        return True
    if origin is None or (origin == "null" and site == "same-origin"):
        return site in (None, "same-origin", "none")
    return is_own_origin(origin) and site in (None, "same-origin", "none")


def is_own_origin(origin: str) -> bool:
    if here().config.reached_by_proxy:
        return origin == here().config.url
    return origin == f"http://{request.headers.get('Host', '').lower()}"  # the Host was checked before


def is_welcome_extension(origin: str) -> bool:
    """Whether an extension may make this request: a connected one any call, others only those that connect."""
    if not request.path.startswith("/api/") or not EXTENSION_ORIGIN.fullmatch(origin):
        return False
    return request.endpoint in OPEN_TO_EXTENSIONS or origin in here().library.browsers.origins()


def is_known_by_token(origin: str) -> bool:
    """Whether an extension that is not Quietpage's shows a token, and which: of one that was made by hand it may use.

    One that is good no more is let through to hear just that (401). That of a connected browser stays with its origin.
    """
    if not request.path.startswith("/api/") or not EXTENSION_ORIGIN.fullmatch(origin) or bearer_token() is None:
        return False
    browser = asking_browser()
    return browser is None or browser.origin == ""


# 3. Identity


class SessionNeeded(Exception):
    """A page was asked for by a browser that was not let in. ``next`` is the path to go on to afterwards."""

    def __init__(self, next_path: str) -> None:
        super().__init__(next_path)
        self.next = next_path


def check_identity() -> None:
    """Let in whoever shows a connected browser's token (API) or has this browser's session (pages and API)."""
    if request.endpoint is None or request.endpoint in OPEN_TO_ALL | BY_FEED_TOKEN:
        return
    if has_session():
        keep_session()
        return
    if not request.path.startswith("/api/"):
        raise SessionNeeded(own_path(request.full_path.rstrip("?")))
    if request.endpoint in OWN_PAGES_ONLY:
        raise Problem("session-missing", "Only Quietpage's own pages may ask for this.")
    if bearer_token() is None:
        raise Problem("token-missing", "Send the header “Authorization: Bearer …” with this browser's token.")
    if (browser := asking_browser()) is None:
        refuse_guessing()
        raise Problem("token-unknown", "This browser is not connected, or was disconnected. Connect it again.")
    here().library.browsers.seen(browser.id)


def bearer_token() -> str | None:
    """The token of the Authorization header (RFC 6750), or None without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def asking_browser() -> Browser | None:
    """The connected browser whose token the request shows.

    It is found by the token's SHA-256, never by comparing tokens: how long that takes tells nothing about any token.
    """
    if "browser" not in g:
        token = bearer_token()
        g.browser = here().library.browsers.by_token_hash(token_hash(token)) if token else None
    found: Browser | None = g.browser
    return found


def refuse_guessing() -> None:
    """Something wrong was shown. Raises Problem when that was so too often of late."""
    if seconds := here().attempts.wrong():
        raise Problem("too-many-attempts", f"Wait {seconds} seconds, then try again.", retry_after=seconds)


def has_session() -> bool:
    """Whether this browser was let in, and the request comes from our own pages, the address bar or a bookmark.

    The cookie is SameSite=Strict, but a site on another port of this machine counts as the same site. A WebSocket's
    handshake may tell its origin alone.
    """
    if "since" not in session:
        return False
    navigates = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method in ("GET", "HEAD")
    if navigates and request.headers.get("Sec-Fetch-Dest") == "document":
        return True
    origin = request.headers.get("Origin", "null")
    own = request.headers.get("Sec-Fetch-Site") in (None, "same-origin", "none")
    return own and (origin == "null" or is_own_origin(origin))


def keep_session() -> None:
    """Begin the session's year anew, at most once a day: few answers need to set the cookie."""
    if session.get("since") != today().isoformat():
        begin_session()


def begin_session() -> None:
    """Let this browser in, for a year from now."""
    session.clear()
    session.permanent = True
    session["since"] = today().isoformat()


def today() -> date:
    return datetime.now(UTC).date()


def redeem(code: str) -> bool:
    """Begin the session if ``code`` is a good one-time code; it is used up either way."""
    if not code:
        return False
    if not (here().reader_links.redeem(code) or here().library.links.redeem(code)):
        refuse_guessing()
        return False
    begin_session()
    return True


def own_path(target: str | None) -> str:
    """Return ``target`` if it is a path on this server, otherwise ``/``: no link of ours leads elsewhere.

    Browsers read ``//host``, ``/\\host`` and tabs or line breaks in between as another host.
    """
    if not target or not re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f\\]*", target):
        return "/"
    return "/" if target.startswith("/open") else target


def answer_cors(response: Response) -> Response:
    """Let an extension that may ask read the answer: its exact origin, never ``*``, never with credentials."""
    if not request.path.startswith("/api/"):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if not is_welcome_extension(origin):
        return response
    if request.headers.get("Access-Control-Request-Local-Network") == "true":
        response.headers["Access-Control-Allow-Local-Network"] = "true"
    allow = cross_origin(
        origins=[origin],
        methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "X-Quietpage-Extension"],
        allow_private_network=True,
        max_age=600,
        automatic_options=False,
    )
    return allow(lambda: response)()
