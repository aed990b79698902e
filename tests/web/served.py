"""A real server on a port of its own, asked by raw bytes."""

from __future__ import annotations

import contextlib
import socket
import threading
from io import BufferedReader
from pathlib import Path

from quietpage.web import serve
from quietpage.web.app import Config, create_app


class Served:
    """A real server on a port of its own, in a thread."""

    def __init__(self, db: Path) -> None:
        listener = serve.bind("127.0.0.1", 0)
        self.port = listener.getsockname()[1]
        self.app = create_app(Config(db, port=self.port))
        self.server = serve.make_server(self.app, listener)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()

    def send(self, *pieces: bytes) -> tuple[int, dict[str, str], bytes]:
        """Send raw bytes; return status, headers and body of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            for piece in pieces:
                connection.sendall(piece)
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += connection.recv(65536)
            head, _, body = answer.partition(b"\r\n\r\n")
            lines = head.decode().split("\r\n")
            headers = dict(line.split(": ", 1) for line in lines[1:])
            while len(body) < int(headers.get("Content-Length", 0)):
                body += connection.recv(65536)
            return int(lines[0].split()[1]), headers, body

    def exchange(self, sent: bytes) -> list[int]:
        """Send raw bytes and then, where the connection stays open, one honest request; the statuses of all answers.

        An answer that was not asked for would stand before the honest one's.
        """
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(sent)
            answers = connection.makefile("rb")
            status, closes = read_answer(answers)
            if closes:
                assert answers.read() == b""
                return [status]
            connection.sendall(self.request("GET /api/ping HTTP/1.1", "Connection: close"))
            statuses = [status]
            while not closes:
                status, closes = read_answer(answers)
                statuses.append(status)
            return statuses

    def request(self, line: str, *headers: str) -> bytes:
        return "\r\n".join([line, f"Host: 127.0.0.1:{self.port}", *headers, "", ""]).encode()

    def stop(self) -> None:
        # run by the server's own loop, which ends when nothing is left to listen to
        with contextlib.suppress(OSError):  # a worker may have woken the loop: then it has closed its trigger already
            self.server.trigger.pull_trigger(lambda: self.server.asyncore.close_all(self.server._map))
        self.thread.join(10)
        self.server.task_dispatcher.shutdown()
        self.app.extensions["quietpage"].library.close()


def read_answer(answers: BufferedReader) -> tuple[int, bool]:
    """Read one answer; its status, and whether it is the connection's last."""
    status = int(answers.readline().split()[1])
    lines = iter(answers.readline, b"\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
    answers.read(int(headers.get(b"content-length", 0)))
    return status, headers.get(b"connection", b"").lower() == b"close"
