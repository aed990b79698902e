"""Where a person's library is, unless they say otherwise."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path


def default_db() -> Path:
    """The library's file in the folder where this platform keeps a person's data."""
    return user_data_path("quietpage", appauthor=False) / "library.db"
