"""No test may reach beyond this machine: what is tested opens no connection, and looks up no name, that leads there."""

from __future__ import annotations

import ipaddress
import os
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

# what a socket or a resolver is asked, and where among what it is given the place stands
ASKS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "urllib.Request": 0,
}
# nor does a test read the settings of the person who runs it
os.environ["QUIETPAGE_SETTINGS"] = os.path.join(tempfile.gettempdir(), "quietpage-tests-without", "settings.toml")
reached: list[str] = []  # also where the code under test catches the refusal


def watch(event: str, values: tuple[Any, ...]) -> None:
    """Refuse what leads to another machine. A hook stays for the life of its process, and slows every call a little."""
    if event not in ASKS:
        return
    place = values[ASKS[event]]
    host = place[0] if isinstance(place, tuple) else place
    if event == "urllib.Request" or not is_here(host):
        reached.append(f"{event} {host}")
        raise PermissionError(f"A test reached for {host} ({event}).")


def is_here(host: object) -> bool:
    """Whether a host is this machine; None and paths of sockets in the file system are."""
    text = host.decode("latin-1") if isinstance(host, bytes) else str(host or "localhost")
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text == "localhost" or "/" in text or text.startswith("\0")
    return address.is_loopback or address.is_unspecified


sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[list[str]]:
    """What the test reached for beyond this machine; a test that looks for that empties it."""
    reached.clear()
    yield reached
    assert reached == []
