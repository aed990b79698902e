"""The servers of these tests: the real Quietpage, a small web to save from, and an impostor."""

from __future__ import annotations

import json
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from browser.waiting import LONG

from quietpage.library.library import Library
from quietpage.web.app import Config, create_app
from quietpage.web.serve import KNOWN_PORTS, bind, make_server

PAGES = Path(__file__).parent / "pages"


class Quietpage:
    """The real server on a library of its own. It can be stopped and started again, at the same port."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self.port = free_port()
        self.asked: list[dict[str, str]] = []  # every request's method, path, and the headers that say who asks
        self.gate = threading.Event()  # while it is closed, saving gets no answer
        self.gate.set()
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        listener = bind("127.0.0.1", self.port)
        self.app = create_app(Config(db=self.db, port=self.port))
        self.app.wsgi_app = self.watch(self.app.wsgi_app)  # type: ignore[method-assign]
        self.server = make_server(self.app, listener)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()

    def stop(self) -> None:
        """Close every connection and the port, as the end of the process does."""
        self.gate.set()
        if not self.thread.is_alive():
            return
        self.server.trigger.pull_trigger(lambda: self.server.asyncore.close_all(self.server._map))
        self.thread.join(LONG)
        assert not self.thread.is_alive(), "The server does not stop."
        self.server.task_dispatcher.shutdown()
        self.library.close()

    @property
    def library(self) -> Library:
        return self.app.extensions["quietpage"].library

    def watch(self, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        """Note every request, and hold back those that save while the gate is closed."""

        def watching(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            headers = {name: environ.get(f"HTTP_{name}", "") for name in ("ORIGIN", "SEC_FETCH_SITE", "SEC_FETCH_MODE")}
            self.asked.append({"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], **headers})
            if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", "/api/articles"):
                self.gate.wait()
            return app(environ, start_response)

        return watching

    def saves(self) -> int:
        """How often a page was sent, answered or not."""
        return sum(1 for one in self.asked if (one["method"], one["path"]) == ("POST", "/api/articles"))

    def entrance(self, path: str = "/") -> str:
        """A one-time link that lets a browser in."""
        return f"{self.url}/open?code={self.library.links.mint()}&next={path}"

    def titles(self) -> list[str]:
        return [hit.title for hit in self.library.recent().hits]


def free_port() -> int:
    """The first port where the extension looks; another server on one of them would be found instead of ours."""
    for port in KNOWN_PORTS:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0, (
                f"Something answers on port {port}: stop it first, these tests need the extension's ports."
            )
    return KNOWN_PORTS[0]


class Answering:
    """A plain HTTP server in a thread: ``respond(method, path, body)`` → status, content type, body.

    The body of a redirect is the address that it leads to.
    """

    open_to_all = ""  # the paths that begin so may be read by the scripts of any site

    def __init__(self, respond: Callable[[str, str, bytes], tuple[int, str, bytes]], port: int = 0) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, kind, content = respond(self.command, self.path, body)
                with suppress(ConnectionError):
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(content)))
                    if 300 <= status < 400:
                        self.send_header("Location", content.decode())
                    if outer.open_to_all and self.path.startswith(outer.open_to_all):
                        self.send_header("Access-Control-Allow-Origin", "*")
                    self.end_headers()
                    self.wfile.write(content)

            do_GET = do_POST = answer

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Site(Answering):
    """A small web at http://site.test: the pages of ``pages/``."""

    def __init__(self) -> None:
        super().__init__(self.page)

    @property
    def url(self) -> str:
        return f"http://site.test:{self.port}"

    def page(self, _method: str, path: str, _body: bytes) -> tuple[int, str, bytes]:
        file = PAGES / f"{path.strip('/').removesuffix('.html')}.html"
        if not file.is_file():
            return 404, "text/plain", b"not here"
        return 200, "text/html; charset=utf-8", file.read_bytes()


class Gallery(Answering):
    """A page with pictures at http://site.test, some of them from http://elsewhere.test. ``asked`` holds every path."""

    open_to_all = "/open/"

    def __init__(self, pictures: dict[str, bytes]) -> None:
        self.pictures = pictures
        self.asked: list[str] = []
        super().__init__(self.show)

    @property
    def url(self) -> str:
        return f"http://site.test:{self.port}"

    def show(self, _method: str, path: str, _body: bytes) -> tuple[int, str, bytes]:
        self.asked.append(path)
        if path == "/gallery":
            page = (PAGES / "gallery.html").read_text(encoding="utf-8")
            page = page.replace("WITHIN", f"data:image/png;base64,{b64encode(self.pictures['within']).decode()}")
            return (
                200,
                "text/html; charset=utf-8",
                page.replace("ELSEWHERE", f"http://elsewhere.test:{self.port}").encode(),
            )
        picture = self.pictures.get(path)
        return (404, "text/plain", b"not here") if picture is None else (200, "image/png", picture)


class Impostor(Answering):
    """Calls itself Quietpage, and cannot prove it. ``asked`` holds all that it was asked, and told."""

    def __init__(self, port: int) -> None:
        self.asked: list[tuple[str, str, bytes]] = []
        super().__init__(self.pretend, port)

    def pretend(self, method: str, path: str, body: bytes) -> tuple[int, str, bytes]:
        self.asked.append((method, path, body))
        pong = {"app": "quietpage", "version": "0.1.0", "proof": "A" * 43}
        return 200, "application/json", json.dumps(pong).encode()
