"""Run the server: bind the address, say where it is, open the browser there, and stop cleanly."""

from __future__ import annotations

import contextlib
import errno
import gc
import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import cast

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer, create_server
from waitress.task import ErrorTask
from waitress.utilities import Error

from quietpage.library.library import Library
from quietpage.web.api import current_progress
from quietpage.web.app import MOST_BODY_BYTES, create_app
from quietpage.web.assets import command
from quietpage.web.guard import HEADERS
from quietpage.web.instance import AlreadyServed, Instance
from quietpage.web.preparing import Preparing
from quietpage.web.problems import BY_STATUS, MEDIA_TYPE, TYPES, encode
from quietpage.web.state import Config, Quietpage

KNOWN_PORTS = (8765, 8766, 8767, 8768, 8769)  # where the extension looks, in this order
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")  # one of them is set where a browser can be shown
INPUT_BUFFER_BYTES = 4 * 1024 * 1024  # larger bodies wait in a temporary file until they are complete
MOST_HEARD_BYTES = 512 * 1024 * 1024  # of a refused body; after that the connection is cut


class NoPort(Exception):
    """No port is free; the message says what to do."""


def run(library_path: Path, host: str = "127.0.0.1", port: int | None = None, open_browser: bool = True) -> None:
    """Serve the library at ``library_path`` until Ctrl-C.

    ``port`` None takes the first free one of the known ports. When another server already serves this library, its
    address is printed (and opened), and nothing else happens. Raises NoPort, and what ``Library`` raises.
    """
    try:
        instance = Instance(library_path)
    except AlreadyServed as other:
        return greet_again(library_path, other.url, open_browser)
    try:
        listener = bind(host, port)
        config = Config(db=library_path, host=host, port=listener.getsockname()[1])
        app = create_app(config)
        instance.says(config.url)
        greet(app, config, open_browser)
        serve(app, listener)
    finally:
        instance.close()


def bind(host: str, port: int | None) -> socket.socket:
    """Return a bound socket. Raises NoPort."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in KNOWN_PORTS if port is None else (port,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform == "win32":  # there, SO_REUSEADDR would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(128)  # from here on connections wait for us, and the port is ours for certain
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise NoPort(f"Quietpage cannot listen on {host}: {error.strerror}.") from None
        else:
            return listener
    if port is None:
        raise NoPort(f"The ports {KNOWN_PORTS[0]} to {KNOWN_PORTS[-1]} are all taken. Choose another with --port.")
    raise NoPort(f"Port {port} is taken. Leave --port out, and Quietpage finds a free one.")


# What is said


def greet(app: Flask, config: Config, open_browser: bool) -> None:
    """Print where the library is, and open it."""
    quietpage: Quietpage = app.extensions["quietpage"]
    link = entrance(quietpage, config.url, first_path(app))
    say(f"\n  Quietpage is running at {config.url}\n  Your library: {config.db}\n")
    say(f"  Open it with this link (good once, for ten minutes):\n  {link}\n")
    if config.host not in LOOPBACK:
        say(
            f"  Careful: bound to {config.host}, Quietpage can be reached by other machines of your network, and what\n"
            "  they send travels unencrypted. They need a link or a token to get in; do this where you trust all.\n"
        )
    say(f"  Later, `{command(config.db)} open` lets a browser in. Stop with Ctrl-C.")
    if open_browser:
        show(link)


def greet_again(library_path: Path, url: str | None, open_browser: bool) -> None:
    """Another server is already there: say so, and open that one."""
    if url is None:
        return say("Quietpage is just being started for this library by another process.")
    with Library(library_path) as library:
        link = f"{url}/open?code={library.links.mint()}&next=/"
    say(f"\n  Quietpage is already running at {url}\n  Your library: {library_path}\n")
    say(f"  Open it with this link (good once, for ten minutes):\n  {link}\n")
    if open_browser:
        show(link)


def first_path(app: Flask) -> str:
    """The first steps where nothing is connected and nothing saved, otherwise the library."""
    with app.app_context():
        progress = current_progress()
    return "/" if progress.connected or progress.articles else "/welcome"


def entrance(quietpage: Quietpage, url: str, path: str) -> str:
    """A one-time link that lets a browser in."""
    return f"{url}/open?code={quietpage.library.links.mint()}&next={path}"


def say(text: str) -> None:
    """Print for a person. Flushed: a supervisor may read it through a pipe."""
    print(text, flush=True)


def show(link: str) -> None:
    """Open a link in the person's browser, without waiting for it: some browsers start slowly.

    Where there is no screen, a text browser would take the terminal over: the printed link has to do.
    """
    if sys.platform not in ("win32", "darwin") and not any(map(os.environ.get, SCREENS)):
        return
    threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


# The server


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


class Parser(HTTPRequestParser):
    """Reads a request; refuses a body that is too large by its Content-Length alone, before any of it is read."""

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.error is not None and not isinstance(self.error, ProblemAnswer):
            self.error = ProblemAnswer(self.error)
            self.expect_continue = False  # whoever asks first (RFC 9110, section 10.1.1) is not invited to send
        return consumed


class Refusal(ErrorTask):
    """Answers a refused request; where a body is still on its way, the connection hears it out before it closes."""

    def execute(self) -> None:
        refused = cast(Parser, self.request).error
        if refused is not None and refused.code == 413:
            cast(Channel, self.channel).bytes_to_hear = MOST_HEARD_BYTES
        super().execute()


class Channel(HTTPChannel):
    """A connection. A client that is still sending when it is closed would see a reset, and never the answer: so the
    rest of a refused body is read and dropped, piece by piece (RFC 9112, section 9.6)."""

    parser_class = Parser
    error_task_class = Refusal
    bytes_to_hear = 0
    hears_out = False

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


def serve(app: Flask, listener: socket.socket) -> None:
    """Answer requests until Ctrl-C; then close the library, with all that is written in it."""
    server = make_server(app, listener)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # a service manager's way to say Ctrl-C
    library = cast(Quietpage, app.extensions["quietpage"]).library
    preparing = Preparing(library)
    gc.collect()
    gc.freeze()  # a collection that looks through the whole application takes some 30 ms, in the midst of an answer
    try:
        server.run()
    finally:
        server.close()
        preparing.stop()
        library.close()
        say("\n  Quietpage has stopped. Everything you saved is safe.")


def make_server(app: Flask, listener: socket.socket) -> TcpWSGIServer:
    """Return the HTTP server on a bound socket, listening but not yet running."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news for a person
    created = create_server(
        app,
        sockets=[listener],
        ident=None,
        threads=6,
        max_request_body_size=MOST_BODY_BYTES + 1,  # waitress refuses from this size on
        inbuf_overflow=INPUT_BUFFER_BYTES,
        clear_untrusted_proxy_headers=True,
    )
    server = cast(TcpWSGIServer, created)  # one socket, one server
    server.channel_class = Channel
    return server
