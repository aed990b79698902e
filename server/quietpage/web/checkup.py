"""Look over what surrounds a library: the Python that runs, the server and its port, the connected browsers."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from quietpage import __version__
from quietpage.library.checkup import Finding, look_over
from quietpage.library.database import DatabaseError
from quietpage.library.library import Library, LibraryUnreadable
from quietpage.web.instance import running_at, running_version
from quietpage.web.serve import KNOWN_PORTS, NoPort, bind

OLDEST_PYTHON = (3, 11)


def examine(db: Path, now: datetime) -> Iterator[Finding]:
    """Everything `quietpage doctor` looks at, in its order."""
    yield python()
    yield server(db)
    broken = False
    for finding in look_over(db, now):
        broken |= finding.name in ("library", "structure") and finding.level != "ok"
        yield finding
    if db.exists() and not broken:  # it is opened as ever, and so brought up to date: not what a doctor does
        yield browsers(db)


def python() -> Finding:
    """Whether Python is new enough."""
    said = f"Quietpage {__version__} on Python {platform.python_version()}, {platform.system()}."
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", "bad", said, "Quietpage needs Python 3.11 or newer.")
    return Finding("python", "ok", said)


def server(db: Path) -> Finding:
    """Whether a server runs for this library, and which; otherwise, whether one could."""
    url = running_at(db) if db.exists() else None
    if url is not None:
        version = running_version(db)
        if version not in (None, __version__):
            said = f"It is running at {url}, version {version}; this is {__version__}."
            return Finding("server", "note", said, "Stop it and start it again: `quietpage serve`.")
        return Finding("server", "ok", f"It is running at {url}.")
    try:
        listener = bind("127.0.0.1", None)
    except NoPort as error:
        return Finding("server", "bad", str(error), "`quietpage serve --port 0` takes any other.")
    port = listener.getsockname()[1]
    listener.close()
    said = f"It is not running; port {port} is free."
    if port != KNOWN_PORTS[0]:
        said = f"{said} Another program has port {KNOWN_PORTS[0]}."
    return Finding("server", "ok", said)


def browsers(db: Path) -> Finding:
    """Which browsers are connected, and when they were last here."""
    try:
        with Library(db) as library:
            connected = [one for one in library.browsers.all() if one.revoked_at is None]
    except (LibraryUnreadable, DatabaseError) as error:
        return Finding("browsers", "bad", str(error))
    if not connected:
        return Finding("browsers", "note", "No browser is connected.", "Click the extension's button, then Allow.")
    said = (f"{one.name} (last here {one.last_seen_at or one.created_at:%Y-%m-%d})" for one in connected)
    return Finding("browsers", "ok", f"{len(connected)} connected: {', '.join(said)}.")
