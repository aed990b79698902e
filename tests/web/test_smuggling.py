"""Request smuggling: what could be read in two ways is refused, and what is read is one request, never two.

Raw bytes on a real connection. Each of them holds a second request, to ``/smuggled``, where another reading would end
the first; no application ever sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from .served import Served

SMUGGLED = "GET /smuggled HTTP/1.1\r\nX: "
CHUNKED = f"0\r\n\r\n{SMUGGLED}"
POST = "POST /sign-in HTTP/1.1"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all of them: none may hurt it."""
    served = Served(tmp_path_factory.mktemp("smuggling") / "library.db")
    yield served
    served.stop()


@pytest.fixture
def asked(served: Served, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The address and the body's length of each request that reaches the application."""
    inner, asked = served.app.wsgi_app, []

    def watching(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ.get('CONTENT_LENGTH', '0')}")
        return inner(environ, start_response)

    monkeypatch.setattr(served.app, "wsgi_app", watching)
    return asked


def length(body: str) -> str:
    return f"Content-Length: {len(body)}"


TWO_READINGS = {
    "CL.TE": ([length(CHUNKED), "Transfer-Encoding: chunked"], CHUNKED),
    "TE.CL": (["Transfer-Encoding: chunked", "Content-Length: 4"], f"{len(SMUGGLED):x}\r\n{SMUGGLED}\r\n0\r\n\r\n"),
    "TE with another beside": (["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], CHUNKED),
    "TE twice in one": (["Transfer-Encoding: chunked, chunked"], CHUNKED),
    "TE misspelt": (["Transfer-Encoding: xchunked", length(CHUNKED)], CHUNKED),
    "TE in quotes": (['Transfer-Encoding: "chunked"', length(CHUNKED)], CHUNKED),
    "TE behind a tab": (["Transfer-Encoding:\tchunked", length(CHUNKED)], CHUNKED),
    "TE behind a vertical tab": (["Transfer-Encoding:\x0bchunked", length(CHUNKED)], CHUNKED),
    "TE with a space before the colon": (["Transfer-Encoding : chunked", length(CHUNKED)], CHUNKED),
    "TE on a folded line": (["Transfer-Encoding:", " chunked", length(CHUNKED)], CHUNKED),
    "TE folded into another header": (["X: y", " Transfer-Encoding: chunked", length(CHUNKED)], CHUNKED),
    "TE behind a bare LF": (["X: y\nTransfer-Encoding: chunked", length(CHUNKED)], CHUNKED),
    "TE behind a bare CR": (["X: y\rTransfer-Encoding: chunked", length(CHUNKED)], CHUNKED),
    "TE behind a NUL": (["Transfer-Encoding: \0chunked", length(CHUNKED)], CHUNKED),
    "a chunk's extension ended by a bare LF": (["Transfer-Encoding: chunked"], f"2;a\n\r\nxx\r\n{CHUNKED}"),
    "CL twice, the same": ([length(SMUGGLED), length(SMUGGLED)], SMUGGLED),
    "CL twice, different": (["Content-Length: 0", length(SMUGGLED)], SMUGGLED),
    "CL as a list": (["Content-Length: 0, 0"], SMUGGLED),
    "CL with a sign": (["Content-Length: +0"], SMUGGLED),
    "CL below zero": (["Content-Length: -1"], SMUGGLED),
    "CL in hexadecimal": (["Content-Length: 0x5"], SMUGGLED),
    "CL with a space in it": (["Content-Length: 1 0"], SMUGGLED),
    "CL folded": (["Content-Length: 1", " 0"], SMUGGLED),
    "CL with a space before the colon": (["Content-Length : 0"], SMUGGLED),
    "CL of other digits": (["Content-Length: ٣"], SMUGGLED),
    "CL empty": (["Content-Length:"], SMUGGLED),
    "a header without a colon": (["Content-Length"], SMUGGLED),
    "a name with a space": (["Content Length: 0"], SMUGGLED),
    "two hosts": (["Host: evil.example"], SMUGGLED),
}


@pytest.mark.parametrize("attack", TWO_READINGS)
def test_what_has_two_readings_is_refused_and_reaches_nobody(served: Served, asked: list[str], attack: str) -> None:
    headers, body = TWO_READINGS[attack]
    statuses = served.exchange(served.request(POST, *headers) + body.encode())
    assert statuses in ([400], [411])
    assert asked == []


@pytest.mark.parametrize(
    "line",
    [
        "GET /smuggled",
        "GET /smuggled HTTP/0.9",
        "GET /smuggled HTTP/1.2",
        "GET /smuggled HTTP/2.0",
        "PRI * HTTP/2.0",
        "get /smuggled HTTP/1.1",
        "GET  /smuggled HTTP/1.1",
        "GET /smuggled\tHTTP/1.1",
        "GET /smug gled HTTP/1.1",
        "GET /smuggled HTTP/1.1\nX: y",
        "GET /smuggled HTTP/1.1\rX: y",
        "GET http://evil.example/smuggled HTTP/1.1",
    ],
)
def test_a_first_line_with_two_readings_is_refused(served: Served, asked: list[str], line: str) -> None:
    assert (served.exchange(served.request(line)), asked) == ([400], [])


def test_line_feeds_alone_end_no_headers(served: Served, asked: list[str]) -> None:
    bare = served.request("GET /smuggled HTTP/1.1").replace(b"\r\n", b"\n")
    assert (served.exchange(bare + served.request("GET /api/ping HTTP/1.1")), asked) == ([400], [])


def test_chunks_have_no_meaning_in_the_older_protocol_and_are_refused_there(served: Served, asked: list[str]) -> None:
    request = served.request("POST /sign-in HTTP/1.0", "Connection: keep-alive", "Transfer-Encoding: chunked")
    assert (served.exchange(request + CHUNKED.encode()), asked) == ([411], [])


@pytest.mark.parametrize(
    "headers",
    [
        [],
        ["Transfer_Encoding: chunked"],
        ["Content_Length: 0"],
        ["X-Transfer-Encoding: chunked"],
        ["Connection: content-length"],
        ["Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABk"],
        ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: x"],
        ["X-Forwarded-Host: evil.example", "Forwarded: host=evil.example"],
        ["X-HTTP-Method-Override: GET", "X-Original-URL: /smuggled"],
    ],
)
def test_a_request_in_a_body_stays_a_body(served: Served, asked: list[str], headers: list[str]) -> None:
    """In a GET as well, whose body most programs forget; and no header makes another protocol of the connection."""
    for method in ("POST", "GET"):
        request = served.request(f"{method} /sign-in HTTP/1.1", *headers, length(SMUGGLED))
        assert served.exchange(request + SMUGGLED.encode())[1:] == [200]
    assert asked == [
        f"POST /sign-in {len(SMUGGLED)}",
        "GET /api/ping 0",
        f"GET /sign-in {len(SMUGGLED)}",
        "GET /api/ping 0",
    ]


def test_what_follows_a_refused_request_is_not_read(served: Served, asked: list[str]) -> None:
    refused = served.request("POST /api/articles HTTP/1.1", "Content-Length: 62914560")
    smuggled = served.request("GET /smuggled HTTP/1.1")
    assert (served.exchange(served.request("get / HTTP/1.1") + smuggled), asked) == ([400], [])
    status, _, _ = served.send(refused + smuggled)
    assert (status, asked) == (413, [])


def test_requests_in_a_row_are_answered_in_their_order(served: Served, asked: list[str]) -> None:
    row = served.request("GET /api/ping HTTP/1.1") + served.request("GET /nothing HTTP/1.1")
    assert served.exchange(row) == [200, 404, 200]
    assert asked == ["GET /api/ping 0", "GET /nothing 0", "GET /api/ping 0"]


def test_a_body_in_chunks_is_refused_with_what_to_do(served: Served) -> None:
    request = served.request("POST /api/articles HTTP/1.1", "Transfer-Encoding: chunked", "Expect: 100-continue")
    status, headers, body = served.send(request)
    assert (status, headers["Content-Type"]) == (411, "application/problem+json")
    assert b"/problems/length-required" in body
