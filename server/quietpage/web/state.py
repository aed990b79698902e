"""What one running server holds: its configuration, its library, and what lives only in memory."""

from __future__ import annotations

import ipaddress
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, g

from quietpage import settings as settings_file
from quietpage.library.library import Library
from quietpage.settings import BadSetting, Set
from quietpage.web.attempts import Attempts
from quietpage.web.pairing import Pairings

EVERYWHERE = ("0.0.0.0", "::", "")  # bound to every address of the machine, 127.0.0.1 among them
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
READER_LINK_SECONDS = 120  # the extension opens it at once


@dataclass(frozen=True, slots=True)
class Config:
    """Where the library is, and the address the server is really bound to.

    ``public`` is the address of a reverse proxy before it, https and without a slash at the end; None without one.
    ``reached_by_proxy`` is so for a request that came by that address.
    """

    db: Path
    host: str = "127.0.0.1"
    port: int = 8765
    public: str | None = None
    reached_by_proxy: bool = False
    settings: Mapping[str, Set] = field(default_factory=dict)  # those it was started with

    def settings_now(self) -> dict[str, Set]:
        """The settings as they are now: what flags said at the start goes before all. Raises BadSetting."""
        flags = {name: one for name, one in self.settings.items() if one.source == "command line"}
        return settings_file.read() | flags

    def wants_backups(self) -> bool:
        """Whether the library is to be backed up today; as at the start, while the settings cannot be read."""
        try:
            return settings_file.settled(self.settings_now()).backups
        except BadSetting:
            return bool(self.settings["backups"].value) if "backups" in self.settings else True

    @property
    def is_private(self) -> bool:
        """Whether nobody but this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def url(self) -> str:
        """The address people and extensions use, without a slash at the end; in a request, the one it came by."""
        if self.public and (self.reached_by_proxy or not (self.is_private or self.host in EVERYWHERE)):
            return self.public
        host = "127.0.0.1" if self.host in EVERYWHERE or self.host == "localhost" else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def front(self) -> str:
        """The address a person is sent to: the proxy's where there is one."""
        return self.public or self.url

    @property
    def own_hosts(self) -> frozenset[str]:
        """What a request's Host may be that did not come by a proxy: this machine's own names alone."""
        bound = (f"[{self.host}]" if ":" in self.host else self.host,) if self.is_private else ()
        return frozenset(f"{name}:{self.port}" for name in LOOPBACK_NAMES + bound)

    def by_proxy(self, host: str) -> bool:
        """Whether a request with this Host came by the proxy, which passes on the one it was asked by."""
        return self.public is not None and host.lower() == urlsplit(self.public).netloc


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is this machine's own, which no other one can reach."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class ReaderLinks:
    """One-time links that need not outlive the server: cheaper than the library's, which are written to disk."""

    def __init__(self) -> None:
        self._expiry: dict[str, float] = {}
        self._lock = threading.Lock()

    def mint(self, *, seconds: float = READER_LINK_SECONDS) -> str:
        """Return a new code, good once within ``seconds``."""
        now = time.monotonic()
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._expiry = {old: expiry for old, expiry in self._expiry.items() if expiry > now}
            self._expiry[code] = now + seconds
        return code

    def redeem(self, code: str) -> bool:
        """Use a code up; answers whether it was good."""
        with self._lock:
            expiry = self._expiry.pop(code, 0.0)
        return time.monotonic() < expiry


@dataclass(frozen=True, slots=True)
class Quietpage:
    """One running server."""

    config: Config
    library: Library
    pairings: Pairings = field(default_factory=Pairings)
    reader_links: ReaderLinks = field(default_factory=ReaderLinks)
    attempts: Attempts = field(default_factory=Attempts)


def server() -> Quietpage:
    """The running server."""
    return cast(Quietpage, current_app.extensions["quietpage"])


def here() -> Quietpage:
    """The same as the present request sees it: by the address that it came by."""
    return cast(Quietpage, g.get("quietpage")) or server()
