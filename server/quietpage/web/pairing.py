"""Connecting a browser: OAuth's device grant (RFC 8628) with a proof key (RFC 7636), in memory, for ten minutes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LIFETIME = timedelta(minutes=10)
MOST_PENDING = 20  # more at once is no person; the oldest gives way


class State(StrEnum):
    """Where a pairing stands: asked → allowed → connected, or asked → refused."""

    ASKED = "asked"
    ALLOWED = "allowed"
    CONNECTED = "connected"
    REFUSED = "refused"


@dataclass(slots=True)
class Pairing:
    """One browser asking to be connected. ``code`` is the six digits a person compares; it is no secret.

    ``challenge`` is base64url(SHA-256(verifier)); whoever shows the verifier is the one who asked.
    ``grant`` is the one-time code that the connect page hands over, once, after Allow.
    """

    id: str
    name: str
    origin: str
    challenge: str
    code: str
    expires_at: datetime
    state: State = State.ASKED
    grant: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    grant_shown: bool = False


class NoSuchPairing(LookupError):
    """No pairing of this id: never made, too old, or used."""


class PairingPending(Exception):
    """The person has not allowed it yet."""


class PairingRefused(Exception):
    """The person refused, or whoever asks is not who asked."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Pairings:
    """The pairings under way. Safe to use from many threads."""

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._pairings: dict[str, Pairing] = {}
        self._lock = threading.Lock()

    def ask(self, *, name: str, origin: str, challenge: str) -> Pairing:
        """Start a pairing for the extension at ``origin``."""
        code = f"{secrets.randbelow(1_000_000):06}"
        pairing = Pairing(secrets.token_urlsafe(16), name, origin, challenge, code, self._now() + LIFETIME)
        with self._lock:
            self._forget_old()
            while len(self._pairings) >= MOST_PENDING:
                del self._pairings[next(iter(self._pairings))]
            self._pairings[pairing.id] = pairing
        return pairing

    def get(self, pairing_id: str) -> Pairing:
        """Return a pairing. Raises NoSuchPairing."""
        with self._lock:
            self._forget_old()
            if (pairing := self._pairings.get(pairing_id)) is None:
                raise NoSuchPairing(pairing_id)
            return pairing

    def under_way(self) -> bool:
        """Whether any browser has asked lately: its extension is loaded."""
        with self._lock:
            self._forget_old()
            return bool(self._pairings)

    def decide(self, pairing_id: str, *, allow: bool) -> None:
        """What the person pressed. The first decision stands. Raises NoSuchPairing."""
        pairing = self.get(pairing_id)
        with self._lock:
            if pairing.state is State.ASKED:
                pairing.state = State.ALLOWED if allow else State.REFUSED

    def show_grant(self, pairing_id: str) -> str | None:
        """Return the one-time code, once after Allow; None at any other time. Raises NoSuchPairing."""
        pairing = self.get(pairing_id)
        with self._lock:
            if pairing.state is not State.ALLOWED or pairing.grant_shown:
                return None
            pairing.grant_shown = True
            return pairing.grant

    def finish(self, pairing_id: str, *, verifier: str, grant: str | None) -> Pairing:
        """Close a pairing for the one who asked; the caller makes the token. Only one call succeeds.

        The verifier alone proves who asked, so the grant may be missing; when given, it must be right.
        Raises NoSuchPairing, PairingPending or PairingRefused.
        """
        pairing = self.get(pairing_id)
        with self._lock:
            if pairing.state is State.CONNECTED:
                raise NoSuchPairing(pairing_id)
            if pairing.state is State.REFUSED or not _proves(pairing, verifier, grant):
                raise PairingRefused(pairing_id)
            if pairing.state is State.ASKED:
                raise PairingPending(pairing_id)
            pairing.state = State.CONNECTED
        return pairing

    def _forget_old(self) -> None:
        now = self._now()
        for pairing in [p for p in self._pairings.values() if p.expires_at <= now]:
            del self._pairings[pairing.id]


def _proves(pairing: Pairing, verifier: str, grant: str | None) -> bool:
    challenge = b64url(hashlib.sha256(verifier.encode()).digest())
    right_grant = grant is None or hmac.compare_digest(grant.encode(), pairing.grant.encode())
    return hmac.compare_digest(challenge.encode(), pairing.challenge.encode()) and right_grant


def b64url(data: bytes) -> str:
    """Base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def new_token() -> str:
    """A token for one browser: 256 random bits, 43 characters."""
    return b64url(secrets.token_bytes(32))


def token_hash(token: str) -> bytes:
    """What the server keeps of a token. A plain hash is enough: 256 random bits cannot be guessed."""
    return hashlib.sha256(b"quietpage-token-v1:" + token.encode()).digest()


def proof_key(token: str) -> bytes:
    """The key both sides derive from the token, with which the server proves itself; it cannot be turned back."""
    return hashlib.sha256(b"quietpage-proof-key-v1:" + token.encode()).digest()


def proof(key: bytes, *, port: int, challenge: str) -> str:
    """The server's answer to a challenge, bound to the port it really listens on, so that it cannot be relayed."""
    message = f"quietpage-proof-v1\n127.0.0.1:{port}\n{challenge}".encode()
    return b64url(hmac.digest(key, message, "sha256"))
