"""What one running server holds: its configuration, its library, and what lives only in memory."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import current_app

from quietpage.library.library import Library
from quietpage.web.pairing import Pairings

EVERYWHERE = ("0.0.0.0", "::", "")  # bound to every address of the machine, 127.0.0.1 among them
READER_LINK_SECONDS = 120  # the extension opens it at once


@dataclass(frozen=True, slots=True)
class Config:
    """Where the library is, and the address the server is really bound to."""

    db: Path
    host: str = "127.0.0.1"
    port: int = 8765

    @property
    def url(self) -> str:
        """The address people and extensions use, without a slash at the end."""
        host = "127.0.0.1" if self.host in EVERYWHERE or self.host == "localhost" else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


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


def here() -> Quietpage:
    """The server that answers the present request."""
    return cast(Quietpage, current_app.extensions["quietpage"])
