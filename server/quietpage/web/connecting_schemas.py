"""What the API takes and gives where browsers find the server and are connected, as msgspec structs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Key = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$", description="32 bytes as base64url without padding.")]


class Ping(Struct, kw_only=True):
    """``browser`` and ``challenge`` together ask the server to prove that it knows this browser."""

    browser: Annotated[str, Meta(max_length=200)] | None = None
    challenge: Key | None = None


class Pong(Struct, kw_only=True):
    """``proof`` answers a challenge, and is left out without one.

    It is base64url of HMAC-SHA256 under the pairing's proof key, or null for a browser not connected.
    """

    app: Literal["quietpage"]
    version: str
    proof: str | UnsetType | None = UNSET


class PairingRequest(Struct, kw_only=True):
    """A browser asks to be connected. ``challenge`` is base64url of the SHA-256 of its verifier."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    challenge: Key


class ConnectLinks(Struct):
    """``connect`` is the page where the person allows it."""

    connect: str


class PairingAnswer(Struct, kw_only=True):
    """A pairing under way; show ``code`` to the person."""

    id: str
    code: str
    expires_at: datetime
    links: ConnectLinks


class PairingState(Struct):
    """Where a pairing stands."""

    state: Literal["asked", "allowed", "connected", "refused"]


class TokenRequest(Struct, kw_only=True):
    """``verifier`` proves who asked; ``code`` is the one-time code of the connect page, if it was handed over."""

    verifier: Key
    code: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class ConnectedBrowser(Struct):
    """Which browser this is, on the settings page and in challenges."""

    id: str
    name: str


class TokenAnswer(Struct):
    """The token is shown this once."""

    token: str
    browser: ConnectedBrowser


class BrowserAnswer(Struct, kw_only=True):
    """A connected browser, as the settings page lists it."""

    id: str
    name: str
    created_at: datetime
    last_seen_at: datetime | None
    revoked_at: datetime | None


class BrowsersAnswer(Struct):
    """All browsers that were ever connected."""

    browsers: tuple[BrowserAnswer, ...]


class Progress(Struct):
    """How far the first steps are: is an extension loaded, is a browser connected, is anything saved?"""

    loaded: bool
    connected: bool
    articles: int
