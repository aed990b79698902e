"""Run the server: bind the address, say where it is, open the browser there, and stop cleanly."""

from __future__ import annotations

import errno
import gc
import os
import re
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from flask import Flask

from quietpage.library.library import Library
from quietpage.settings import Set
from quietpage.web.app import create_app
from quietpage.web.assets import command
from quietpage.web.backups import DailyBackups
from quietpage.web.connecting_calls import current_progress
from quietpage.web.instance import AlreadyServed, Instance
from quietpage.web.preparing import Preparing
from quietpage.web.server import make_server
from quietpage.web.state import Config, Quietpage, is_loopback

KNOWN_PORTS = (8765, 8766, 8767, 8768, 8769)  # where the extension looks, in this order
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")  # one of them is set where a browser can be shown


class NoPort(Exception):
    """No port is free; the message says what to do."""


class NotPrivate(Exception):
    """Other machines would reach the server without encryption; the message says what to do."""


def run(
    library_path: Path,
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = True,
    behind_proxy: str | None = None,
    background: bool = False,
    found: Mapping[str, Set] | None = None,
) -> None:
    """Serve the library at ``library_path`` until Ctrl-C.

    ``port`` None takes the first free one of the known ports. ``behind_proxy`` is the https address of a reverse proxy,
    without which nothing but this machine is listened to. When another server already serves this library, its address
    is printed (and opened), and nothing else happens. In the ``background`` no link is made: a log would keep it.
    ``found`` is what all settings were found to be, for the page of settings.
    Raises NoPort, NotPrivate, and what ``Library`` raises.
    """
    public = public_address(behind_proxy) if behind_proxy is not None else None
    if public is None and not is_loopback(host):
        raise NotPrivate(
            f"Listening on {host}, Quietpage could be reached by other machines, and what they read would travel "
            "unencrypted. Put a reverse proxy with TLS before it, and name its address: --behind-proxy "
            "https://read.example.org (the guide says how). Nothing was started."
        )
    try:
        instance = Instance(library_path)
    except AlreadyServed as other:
        return say(str(other)) if background else greet_again(library_path, other.url, open_browser)
    try:
        listener = bind(host, port)
        where = listener.getsockname()[1]
        config = Config(db=library_path, host=host, port=where, public=public, settings=found or {})
        app = create_app(config)
        instance.says(config.front)
        if background:
            say(f"Quietpage is running at {config.front}")
        else:
            greet(app, config, open_browser)
        serve(app, listener)
    finally:
        instance.close()


def public_address(address: str) -> str:
    """A reverse proxy's address as ``Config`` holds it. Raises NotPrivate for any but a bare https one."""
    found = re.fullmatch(r"https://([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?/?", address.strip().lower())
    if found is None:
        raise NotPrivate(f"“{address}” is not a proxy's address: that is https:// with a name, and no path.")
    port = "" if found[2] in (None, ":443") else found[2]
    return f"https://{found[1]}{port}"


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
    link = entrance(quietpage, config.front, first_path(app))
    say(f"\n  Quietpage is running at {config.front}\n  Your library: {config.db}\n")
    say(f"  Open it with this link (good once, for ten minutes):\n  {link}\n")
    if config.public:
        say(
            f"  Your proxy passes requests on to {bound_address(config)}, with the Host it was asked by.\n"
            "  Whoever has a link or a token gets in from anywhere: keep what lies between the two to yourself.\n"
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


def bound_address(config: Config) -> str:
    """Where the server really listens."""
    return f"http://[{config.host}]:{config.port}" if ":" in config.host else f"http://{config.host}:{config.port}"


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


# The life of the server


def serve(app: Flask, listener: socket.socket) -> None:
    """Answer requests until Ctrl-C; then close the library, with all that is written in it."""
    server = make_server(app, listener)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # a service manager's way to say Ctrl-C
    quietpage = cast(Quietpage, app.extensions["quietpage"])
    preparing = Preparing(quietpage.library)
    backups = DailyBackups(quietpage.config.db, wanted=quietpage.config.wants_backups)
    gc.collect()
    gc.freeze()  # a collection that looks through the whole application takes some 30 ms, in the midst of an answer
    try:
        server.run()
    finally:
        server.close()
        preparing.stop()
        backups.stop()
        quietpage.library.close()
        say("\n  Quietpage has stopped. Everything you saved is safe.")
