"""Connections that ask nothing, or never to the end: the others are answered meanwhile, and none stays for good."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import pytest

from quietpage.web.server import BODY_SECONDS, HEADER_SECONDS, MOST_CONNECTIONS

from .served import Served, read_answer

MANY = 300
PING = "GET /api/ping HTTP/1.1"


@pytest.fixture(autouse=True)
def enough_files() -> None:
    """Some systems let a process have few files open: here it holds both ends of each connection."""
    with contextlib.suppress(ImportError):  # Windows has no such bound
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 3 * MANY
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@contextlib.contextmanager
def connections(served: Served, count: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    """So many connections, each of which has sent the same."""
    with contextlib.ExitStack() as opened:
        made = []
        for _ in range(count):
            connection = opened.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=30))
            connection.sendall(sent)
            made.append(connection)
        yield made


def is_closed(connection: socket.socket) -> bool:
    """Whether the server closed it; waits for that. Bytes that it had not read make it a reset."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def half(served: Served) -> bytes:
    return served.request(PING)[:-2]


@pytest.mark.parametrize(
    "sent", [b"", b"GET /api/ping HTTP/1.1\r\nHost:", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n1"]
)
def test_hundreds_of_silent_connections_keep_nobody_out(served: Served, sent: bytes) -> None:
    with connections(served, MANY, sent) as silent:
        assert served.send(served.request(PING))[0] == 200
        assert len(served.server.channels()) <= 2 * MOST_CONNECTIONS
        assert all(map(is_closed, silent[: MANY - 2 * MOST_CONNECTIONS]))


def test_a_connection_that_was_used_lately_outlives_the_silent_ones(served: Served) -> None:
    with connections(served, 1) as (mine,), connections(served, MOST_CONNECTIONS - 2), mine.makefile("rb") as answers:
        assert served.send(served.request(PING))[0] == 200  # so all of them have been taken
        mine.sendall(served.request(PING))
        assert read_answer(answers) == (200, False)
        with connections(served, MOST_CONNECTIONS - 2):
            assert served.send(served.request(PING))[0] == 200
            mine.sendall(served.request(PING))
            assert read_answer(answers) == (200, False)


@pytest.mark.parametrize(("finished", "seconds"), [(False, HEADER_SECONDS), (True, BODY_SECONDS)])
def test_a_request_that_drips_in_has_its_time_and_no_more(served: Served, finished: bool, seconds: int) -> None:
    """However lately a byte came."""
    sent = served.request("POST /sign-in HTTP/1.1", "Content-Length: 9") if finished else half(served)
    with connections(served, 1, sent) as (slow,):
        assert served.send(served.request(PING))[0] == 200  # so what came before it has been read
        (channel,) = (one for one in served.server.channels() if one.begun_at is not None)
        for later, overdue in ((seconds - 1, False), (seconds + 1, True)):
            now = time.time() + later
            channel.last_activity = now  # the last byte came just now
            served.server.maintenance(now)
            assert channel.will_close is overdue
        served.server.pull_trigger()
        assert is_closed(slow)


def test_a_connection_between_two_requests_is_not_overdue(served: Served) -> None:
    with connections(served, 1, served.request(PING)) as (mine,), mine.makefile("rb") as answers:
        assert read_answer(answers) == (200, False)
        (channel,) = served.server.channels()
        assert not channel.is_overdue(time.time() + BODY_SECONDS + 1)


def test_a_new_connection_has_a_moment_to_ask_something(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many come behind it: those wait until it had its time."""
    monkeypatch.setattr("quietpage.web.server.MOMENT_SECONDS", 3600)
    with connections(served, 1) as (mine,), mine.makefile("rb") as answers, connections(served, MANY):
        mine.sendall(served.request(PING))
        assert read_answer(answers) == (200, False)
        assert len(served.server.channels()) <= 2 * MOST_CONNECTIONS


def test_an_answer_that_nobody_reads_keeps_no_worker(served: Served) -> None:
    with connections(served, 20, served.request("GET /api/openapi.json HTTP/1.1") * 5):
        assert served.send(served.request(PING))[0] == 200
