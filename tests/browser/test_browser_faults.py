"""The background is stopped and the server killed while pages are saved: each arrives, once (benchmarks/faults.py)."""

from __future__ import annotations

from pathlib import Path

from benchmarks.faults import run
from browser.chromium import Chromium


def test_every_page_arrives_once_whatever_is_stopped(chromium: Chromium, tmp_path: Path) -> None:
    figures = run(chromium, pages=10, seed=3, folder=tmp_path)
    assert figures.stops and figures.kills
    assert figures.missing == [], figures
    assert figures.versions == {1: 10}, figures
