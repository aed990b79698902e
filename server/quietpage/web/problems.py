"""What can go wrong, each with a name, a status and plain words: problem details (RFC 9457), and their answers."""

from __future__ import annotations

import errno
import sys
import traceback
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from quietpage.library.database import DatabaseError
from quietpage.library.trouble import Trouble, trouble_of
from quietpage.web.state import here


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem. ``meaning`` tells a developer what happened and what to do about it."""

    slug: str
    status: int
    title: str
    meaning: str


TYPES: dict[str, ProblemType] = {
    kind.slug: kind
    for kind in (
        ProblemType("bad-request", 400, "The request cannot be understood", "The HTTP request itself is malformed."),
        ProblemType(
            "foreign-host",
            400,
            "Wrong host name",
            "The Host header names neither 127.0.0.1 nor localhost with this server's port. Other names are refused, "
            "because a hostile site could point its own name at your machine (DNS rebinding).",
        ),
        ProblemType("invalid-json", 400, "The body is not JSON", "The request body must be one JSON object in UTF-8."),
        ProblemType(
            "validation",
            400,
            "Something in the request is not as expected",
            "The member “errors” names each field and what was expected there. Correct it and send again.",
        ),
        ProblemType(
            "token-missing",
            401,
            "No token",
            "This call needs the header “Authorization: Bearer …” with the token the browser got when it connected.",
        ),
        ProblemType(
            "token-unknown",
            401,
            "Unknown token",
            "The token belongs to no connected browser. It may have been disconnected in the settings: connect again.",
        ),
        ProblemType(
            "session-missing",
            401,
            "Not signed in",
            "This call is made by Quietpage's own pages. The command “quietpage open” lets a browser in.",
        ),
        ProblemType(
            "foreign-origin",
            403,
            "Not from here",
            "Another site, or an extension that is not connected, made the request. Only Quietpage's own pages and "
            "connected extensions may change anything.",
        ),
        ProblemType(
            "pairing-refused",
            403,
            "The connection was refused",
            "The person pressed Refuse, or the verifier or the code is not the one of this pairing.",
        ),
        ProblemType("not-found", 404, "Not found", "There is nothing at this address."),
        ProblemType("method-not-allowed", 405, "Method not allowed", "The address exists, and takes other methods."),
        ProblemType(
            "pairing-pending",
            409,
            "Not allowed yet",
            "The person has not pressed Allow on the connect page yet. Ask again after they did.",
        ),
        ProblemType(
            "images-full",
            409,
            "The article has images enough",
            "All images of one article may have 40 MiB together. The others stay where they are, on the web.",
        ),
        ProblemType(
            "length-required",
            411,
            "No Content-Length",
            "A body in chunks (Transfer-Encoding) is not read: the header Content-Length has to say how long it is.",
        ),
        ProblemType(
            "body-too-large",
            413,
            "Too large",
            "A request may hold at most 48 MiB, a page's HTML or a PDF at most 20 MiB, an image 8 MiB.",
        ),
        ProblemType(
            "unsupported-media-type", 415, "Not JSON", "Send “Content-Type: application/json”, and not compressed."
        ),
        ProblemType(
            "not-an-article",
            422,
            "No article on this page",
            "The page holds no article that could be cleaned. Its text is kept all the same; “kept” says where.",
        ),
        ProblemType(
            "not-the-page",
            422,
            "Not the page that was meant",
            "What the entry's address led to is another page: one to sign in, the front page. Nothing was kept of it.",
        ),
        ProblemType(
            "extension-too-old",
            426,
            "The extension is too old",
            "The header X-Quietpage-Extension names a version that this Quietpage no longer understands. Load the "
            "folder “extension” again, from the Quietpage that is running.",
        ),
        ProblemType(
            "not-an-image",
            422,
            "No image that can be kept",
            "The bytes are judged, not their name: JPEG, PNG, GIF, WebP and AVIF of up to 100 million pixels are kept.",
        ),
        ProblemType(
            "unreadable-pdf",
            422,
            "No text in this PDF",
            "The document is encrypted, damaged, or a scan without text; “detail” says which, and what to do about it. "
            "Nothing of it was kept.",
        ),
        ProblemType(
            "too-many-attempts",
            429,
            "Too many wrong attempts",
            "Too many wrong tokens or links were shown of late. Wait as long as the header Retry-After says; a right "
            "one is always taken.",
        ),
        ProblemType("header-too-large", 431, "The headers are too large", "The request's headers exceed 256 KiB."),
        ProblemType(
            "internal",
            500,
            "Something went wrong in Quietpage",
            "This is a defect. What was asked for may not have happened; the terminal that runs Quietpage says more.",
        ),
        ProblemType(
            "library-unavailable",
            503,
            "The library cannot be written or read just now",
            "Another program holds the file, it may only be read, it is away, or it is damaged; “detail” says which. "
            "Nothing of this request was kept; an extension keeps the page and sends it again.",
        ),
        ProblemType(
            "disk-full",
            507,
            "The disk is full",
            "There is no room left where the library is. Nothing of this request was kept; make room, and send it "
            "again: an extension keeps the page and does so by itself.",
        ),
        ProblemType("not-implemented", 501, "Not implemented", "The transfer encoding is not supported."),
    )
}
BY_STATUS = {  # the problem that stands for a bare HTTP error
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    411: "length-required",
    413: "body-too-large",
    415: "unsupported-media-type",
    431: "header-too-large",
    501: "not-implemented",
}
WHAT_IS_THE_MATTER: dict[Trouble, str] = {
    "full": "The disk that holds the library is full. Make room there, and try again.",
    "locked": "Another program holds the library's file. Close it, or wait for it",
    "read-only": "The library's file may only be read: no one may write to it, or to its folder. Give that right back",
    "damaged": "The library's file is damaged. Stop the server, run `quietpage doctor`, and restore a backup",
    "away": "The library's file is away",
    "unknown": "The library's file cannot be used just now",
}
RETRY_AFTER_SECONDS: dict[Trouble, int] = {
    "full": 60,
    "locked": 5,
    "read-only": 60,
    "damaged": 300,
    "away": 30,
    "unknown": 30,
}
FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows knows no quota by that name
MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """Raise it anywhere under a request; the answer tells ``detail`` to a person and ``members`` to programs."""

    def __init__(self, slug: str, detail: str, **members: object) -> None:
        super().__init__(detail)
        self.kind = TYPES[slug]
        self.detail = detail
        self.members = members


def encode(slug: str, detail: str, members: dict[str, Any] | None = None) -> bytes:
    """Return the problem-details document (RFC 9457, section 3) of a problem."""
    kind = TYPES[slug]
    document = {"type": f"/problems/{slug}", "title": kind.title, "status": kind.status, "detail": detail}
    return msgspec.json.encode(document | (members or {}))


def answer(problem: Problem) -> Response:
    """Answer with problem details under ``/api``, with a quiet page elsewhere."""
    kind = problem.kind
    if request.path.startswith("/api"):
        response = Response(encode(kind.slug, problem.detail, problem.members), kind.status, mimetype=MEDIA_TYPE)
    else:
        response = Response(render_template("problem.html", problem=problem, kind=kind), kind.status)
    if seconds := problem.members.get("retry_after"):
        response.headers["Retry-After"] = str(seconds)
    if kind.slug.startswith("token-"):
        error = ', error="invalid_token"' if kind.slug == "token-unknown" else ""  # RFC 6750, section 3
        response.headers["WWW-Authenticate"] = f'Bearer realm="Quietpage"{error}'
    return response


def answer_http_error(error: HTTPException) -> Response:
    """Flask's own refusals (no such route, wrong method, too large …) in the same clothes."""
    if error.response is not None or (error.code or 500) < 400:  # a redirect is no problem
        return Response(response=b"", status=error.code, headers=error.get_response(request.environ).headers)
    slug = BY_STATUS.get(error.code or 500, "internal" if (error.code or 500) >= 500 else "bad-request")
    response = answer(Problem(slug, TYPES[slug].meaning))
    if slug == "method-not-allowed":
        response.headers["Allow"] = dict(error.get_headers(request.environ)).get("Allow", "")
    return response


def answer_defect(error: Exception) -> Response:
    """A defect of ours: the place goes to the terminal; no page content, token or trace leaves in any direction.

    The exception's message is left out as well, since messages quote what they choke on.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    print(f"{request.method} {printable(request.path)}: {type(error).__name__}\n{frames}", file=sys.stderr, flush=True)
    return answer(Problem("internal", TYPES["internal"].meaning))


def printable(path: str) -> str:
    """An address for the terminal, which would obey control characters."""
    return ascii(path)[1:-1]


def answer_database_error(error: DatabaseError) -> Response:
    """The library's file fails: a person may be able to help, so SQLite's own words are said; they quote no content."""
    print(f"{request.method} {printable(request.path)}: {error}", file=sys.stderr, flush=True)
    trouble = trouble_of(error, here().config.db)
    slug = "disk-full" if trouble == "full" else "library-unavailable"
    return answer(Problem(slug, what_is_the_matter(error, trouble), retry_after=RETRY_AFTER_SECONDS[trouble]))


def what_is_the_matter(error: DatabaseError, trouble: Trouble) -> str:
    """The same in a sentence, and what to do."""
    said = WHAT_IS_THE_MATTER[trouble]
    return said if trouble == "full" else f"{said}: {error}."


def answer_system_error(error: OSError) -> Response:
    """A file beside the library fails, say one that a long upload waits in: a full disk is no defect of ours."""
    if error.errno not in FULL:
        return answer_defect(error)
    print(f"{request.method} {printable(request.path)}: {error.strerror}", file=sys.stderr, flush=True)
    return answer(Problem("disk-full", WHAT_IS_THE_MATTER["full"], retry_after=RETRY_AFTER_SECONDS["full"]))


def register(app: Flask) -> None:
    """Answer every problem of ``app`` here."""
    app.register_error_handler(DatabaseError, answer_database_error)
    app.register_error_handler(OSError, answer_system_error)
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_defect)
