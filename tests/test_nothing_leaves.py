"""Nothing leaves the machine: saving, reading and searching open no connection and look up no name."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

# An audit hook stays for the life of its process: so a process of its own, which reports every socket it was asked for.
WATCHED = """
import json, sys
from pathlib import Path

asked = []
sys.addaudithook(lambda event, values: asked.append([event, str(values)]) if event in
    ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request") else None)

import socket
try:
    socket.create_connection(("192.0.2.1", 9), timeout=0.001)  # the hook must see this one, or it sees nothing
except OSError:
    pass
seen, asked[:] = list(asked), []

from quietpage.web.app import Config, create_app
app = create_app(Config(Path(sys.argv[1])))
library = app.extensions["quietpage"].library
page = (
    '<!DOCTYPE html SYSTEM "http://site.test/dtd"><title>T</title><base href="http://site.test/">'
    '<link rel=stylesheet href="//cdn.site.test/x.css"><script src="/x.js"></script>'
    '<article><h1>Title</h1>' + '<p>A long enough paragraph about the ferry, told twice and then again.</p>' * 9 +
    '<img src="http://site.test/a.png" srcset="b.png 2x"><iframe src="http://site.test/"></iframe></article>'
)
session = app.test_client()
session.get(f"/open?code={library.links.mint()}&next=/", base_url="http://127.0.0.1:8765")
answers = [
    session.post("/api/articles", json={"url": "http://site.test/a", "html": page, "capture_id": "1"},
        base_url="http://127.0.0.1:8765", headers={"Sec-Fetch-Site": "same-origin"}).status_code,
    *(session.get(path, base_url="http://127.0.0.1:8765").status_code
        for path in ("/", "/?q=ferry", "/read/1", "/read/1/removed", "/read/1/repair", "/read/1/captured/page",
            "/read/1/versions", "/settings", "/welcome")),
]
library.close()
print(json.dumps({"seen": seen, "answers": answers, "asked": asked}))
"""


def test_no_connection_is_opened_and_no_name_looked_up(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path / "library.db")], capture_output=True, text=True, check=True
    )
    report = json.loads(done.stdout)
    assert report["seen"], "the watch itself does not work"
    assert report["answers"] == [201] + [200] * 9
    assert report["asked"] == []


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(("192.0.2.1", 9), timeout=0.01),
        lambda: socket.create_connection(("site.test", 80), timeout=0.01),
        lambda: socket.create_connection(("2001:db8::1", 9), timeout=0.01),
        lambda: socket.gethostbyname("site.test"),
        lambda: urllib.request.urlopen("http://site.test/"),
    ],
)
def test_every_test_is_watched(reach: Callable[[], object], nothing_left: list[str]) -> None:
    """See conftest.py: the whole suite runs under a hook that lets nothing beyond this machine be reached."""
    with pytest.raises(OSError, match="A test reached for"):
        reach()
    assert nothing_left
    nothing_left.clear()


def test_a_datagram_is_watched_too(nothing_left: list[str]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sending, pytest.raises(PermissionError):
        sending.sendto(b"x", ("192.0.2.1", 9))
    nothing_left.clear()
