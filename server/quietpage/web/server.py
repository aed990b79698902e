"""The HTTP server, waitress, made stricter: what it takes for a request, and how long it waits for one.

Where two programs disagree about where a request ends, one can be smuggled past the first inside another (request
smuggling). So a request has one reading here: what could be read in two ways is refused, and its connection closed.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import time
from typing import Any, cast

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import Error

from quietpage.web.app import MOST_BODY_BYTES
from quietpage.web.headers import HEADERS
from quietpage.web.lanes import Lanes
from quietpage.web.problems import BY_STATUS, MEDIA_TYPE, TYPES, encode

INPUT_BUFFER_BYTES = 4 * 1024 * 1024  # larger bodies wait in a temporary file until they are complete
MOST_HEARD_BYTES = 512 * 1024 * 1024  # of a refused body; after that the connection is cut
MOST_CONNECTIONS = 100  # and twice as many for a moment: a browser keeps six; macOS gives a program 256 open files
MOMENT_SECONDS = 0.1  # in which a new connection has to say something, when there are too many
HEADER_SECONDS = 20  # for a request's headers, however steadily they drip
BODY_SECONDS = 300  # for a whole request: 48 MiB at 160 KiB a second


class ProblemAnswer(Error):
    """Refusals made before the application is asked, as problem details like all others."""

    def __init__(self, refused: Error) -> None:
        super().__init__(refused.body)
        self.code, self.reason = refused.code, refused.reason

    def to_response(  # type: ignore[override]  # the stubs say str, waitress sends bytes
        self, ident: str | None = None
    ) -> tuple[str, list[tuple[str, str]], bytes]:
        kind = TYPES[BY_STATUS.get(self.code, "bad-request" if self.code < 500 else "internal")]
        headers = [("Content-Type", MEDIA_TYPE), ("Cache-Control", "no-store"), *HEADERS.items()]
        return f"{self.code} {self.reason}", headers, encode(kind.slug, kind.meaning)


class LengthRequired(Error):
    """The body comes in chunks. Only Content-Length says here how long a body is (RFC 9112, section 6.3)."""

    code = 411
    reason = "Length Required"


class EncodedBody(Error):
    """The body is compressed. Nothing is unpacked here: what it would become, nobody could say before (a bomb)."""

    code = 415
    reason = "Unsupported Media Type"


class Parser(HTTPRequestParser):
    """Reads a request; refuses what has two readings, and by its headers alone what is compressed or too large."""

    refusal: Error | None = None

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.error is not None and not isinstance(self.error, ProblemAnswer):
            self.error = ProblemAnswer(self.refusal or self.error)
            self.expect_continue = False  # whoever asks first (RFC 9110, section 10.1.1) is not invited to send
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        lines = header_plus.split(b"\r\n")[1:]
        names = [line.partition(b":")[0].strip().lower() for line in lines]
        if b"transfer-encoding" in names:  # in HTTP/1.0 as well, where it has no meaning at all
            self.refusal = LengthRequired("")
            raise ParsingError("a body in chunks")
        if any(line.startswith((b" ", b"\t")) for line in lines):
            raise ParsingError("a header folded over two lines")
        if names.count(b"host") > 1 or names.count(b"content-length") > 1:
            raise ParsingError("a header that may stand once stands twice")
        super().parse_header(header_plus)
        if self.version not in ("1.0", "1.1"):
            raise ParsingError("neither HTTP/1.0 nor HTTP/1.1")
        if self.headers.get("CONTENT_ENCODING", "identity").lower() != "identity":
            self.refusal = EncodedBody("")
            raise ParsingError("a compressed body")
        named: str = cast(Any, self).proxy_netloc  # of an address like http://host/path, which a proxy is sent
        if named and named.lower() != self.headers.get("HOST", "").lower():
            raise ParsingError("the address names another host than the header")


class Refusal(ErrorTask):
    """Answers a refused request; where a body is still on its way, the connection hears it out before it closes."""

    def execute(self) -> None:
        refused = cast(Parser, self.request).error
        if refused is not None and refused.code in (411, 413, 415):
            cast(Channel, self.channel).bytes_to_hear = MOST_HEARD_BYTES
        super().execute()


class Channel(HTTPChannel):
    """A connection. A client that is still sending when it is closed would see a reset, and never the answer: so the
    rest of a refused body is read and dropped, piece by piece (RFC 9112, section 9.6)."""

    parser_class = Parser
    error_task_class = Refusal
    bytes_to_hear = 0
    hears_out = False
    begun_at: float | None = None  # when the first piece of a request came that is not complete yet

    def received(self, data: bytes) -> bool:
        taken: bool = super().received(data)
        if self.request is None:
            self.begun_at = None
        elif self.begun_at is None:
            self.begun_at = time.time()
        return taken

    def is_overdue(self, now: float) -> bool:
        """Whether the rest of a request takes longer than anybody who means it needs."""
        if self.begun_at is None or self.request is None:
            return False
        return now - self.begun_at > (BODY_SECONDS if self.request.headers_finished else HEADER_SECONDS)

    def handle_close(self) -> None:
        if self.bytes_to_hear > 0 and self.connected and not self.hears_out and self.socket is not None:
            self.hears_out, self.will_close = True, False
            with contextlib.suppress(OSError):  # the client has gone already
                self.socket.shutdown(socket.SHUT_WR)
        else:
            super().handle_close()

    def readable(self) -> bool:
        return self.hears_out or bool(super().readable())

    def writable(self) -> bool:
        return self.will_close if self.hears_out else bool(super().writable())

    def handle_read(self) -> None:
        if not self.hears_out:
            super().handle_read()
        elif data := self.recv(self.adj.recv_bytes):  # at its end, recv closes the connection itself
            self.bytes_to_hear -= len(data)
            self.will_close = self.bytes_to_hear <= 0


class Server(TcpWSGIServer):
    """The listener and its connections. Nobody can hold it up by opening connections and saying nothing, or little:
    of too many, those that were quiet longest give way to new ones, each of which has a moment to ask something."""

    channel_class = Channel
    _map: dict[int, Any]  # what the loop watches; empty once all is closed
    active_channels: dict[int, Channel]  # type: ignore[assignment]  # the stubs say a single one

    def run(self) -> None:
        """Answer until there is nothing left to listen to; looks up often while it is crowded."""
        try:
            while self._map:
                pause = MOMENT_SECONDS if self.is_crowded() else self.adj.asyncore_loop_timeout
                self.asyncore.loop(pause, self.adj.asyncore_use_poll, self._map, count=1)
        except (SystemExit, KeyboardInterrupt):
            self.task_dispatcher.shutdown()

    def is_crowded(self) -> bool:
        """Whether somebody has to give way."""
        return len(self.active_channels) > MOST_CONNECTIONS

    def readable(self) -> bool:
        """Whether new connections are taken now: not while too many have just come."""
        taken = super().readable()
        if self.is_crowded():
            self.make_room()
        return taken and len(self.active_channels) < 2 * MOST_CONNECTIONS

    def make_room(self) -> None:
        """Close the connections that were quiet longest, except those that have just come, and those at work."""
        now = time.time()
        quiet = [channel for channel in self.channels() if not (channel.requests or channel.will_close)]
        quiet.sort(key=lambda channel: channel.last_activity, reverse=True)
        for channel in quiet[MOST_CONNECTIONS:]:
            channel.will_close = now - channel.creation_time > MOMENT_SECONDS

    def handle_accept(self) -> None:
        """Take those who wait, several at once: whoever asks something may stand behind a crowd."""
        for _ in range(2 * MOST_CONNECTIONS - len(self.active_channels)):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                break

    def maintenance(self, now: float) -> None:
        super().maintenance(cast(int, now))
        for channel in self.channels():
            if channel.is_overdue(now):
                channel.will_close = True

    def channels(self) -> list[Channel]:
        """The open connections."""
        return list(self.active_channels.values())


def make_server(app: Flask, listener: socket.socket) -> Server:
    """Return the HTTP server on a bound socket, listening but not yet running."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news for a person
    settings = Adjustments(
        ident=None,
        max_request_body_size=MOST_BODY_BYTES + 1,  # waitress refuses from this size on
        inbuf_overflow=INPUT_BUFFER_BYTES,
        clear_untrusted_proxy_headers=True,
        connection_limit=10 * MOST_CONNECTIONS,  # waitress's own, which would let the silent ones keep others out
        cleanup_interval=5,
    )
    place = (listener.family, listener.type, listener.proto, listener.getsockname())
    return Server(app, _sock=listener, dispatcher=Lanes(), adj=settings, bind_socket=False, sockinfo=cast(Any, place))
