"""Own scripts, styles and pictures: each address names the file's content, so that browsers keep them for good."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask

from quietpage.library.location import default_db

PACKAGE = Path(__file__).resolve().parent.parent


def register(app: Flask) -> None:
    """Add the version to every ``url_for("static", …)`` of ``app``."""

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and app.static_folder and "filename" in values:
            path = os.path.join(app.static_folder, values["filename"])
            values["v"] = version(path, os.stat(path).st_mtime_ns)


@lru_cache(maxsize=256)
def version(path: str, changed: int) -> str:
    """Return a short hash of a file's content; ``changed`` (its mtime) only tells when to look again."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def extension_folder() -> Path | None:
    """Where the browser extension lies on this machine: beside the package's source, or packed within it."""
    for folder in (PACKAGE.parent.parent / "extension", PACKAGE / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    return None


def command(db: Path) -> str:
    """How a person calls the command line on this machine for the library at ``db``.

    By name where the shell finds it, else by its path; the library is named where it is not the usual one.
    """
    beside = Path(sys.executable).with_name("quietpage")
    words = ["quietpage"] if shutil.which("quietpage") else [str(beside)]
    if words == [str(beside)] and not (beside.exists() or beside.with_suffix(".exe").exists()):
        words = [sys.executable, "-m", "quietpage"]
    if db != default_db():
        words += ["--db", str(db.absolute())]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def home_shortened(path: Path) -> str:
    """The path as a person writes it, with ``~`` for the home folder where a shell knows that."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if sys.platform != "win32" and path.is_relative_to(home) else str(path)
