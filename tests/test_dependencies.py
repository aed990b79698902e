"""No dependency is accepted in a version with a known hole."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = {one.name: one for one in map(Requirement, PROJECT["dependencies"])}

# package: the first version in which all that was known by November 2026 is mended, and what that was
SOUND = {
    "flask": ("3.1.1", "CVE-2025-47278: of several keys the oldest signs"),
    "werkzeug": ("3.1.6", "CVE-2025-66221, CVE-2026-21860, GHSA-29vq-49wr-vm6x: devices of Windows as files"),
    "jinja2": ("3.1.6", "CVE-2025-27516: a template gets out of its sandbox"),
    "flask-cors": ("6.0.0", "CVE-2024-6221, -6839, -6844, -6866: too wide an origin or a path"),
    "waitress": ("3.0.1", "CVE-2024-49768: a request behind a refused one is read; CVE-2024-49769: a busy loop"),
    "pygments": ("2.20.0", "CVE-2026-4539: a pattern without end"),
    "pypdf": ("7.0.0", "CVE-2026-119203 to -119209, what 7.0 bounds, and older: documents without end"),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_version_with_a_known_hole_is_not_accepted(name: str) -> None:
    sound, why = SOUND[name]
    floors = [Version(one.version) for one in NEEDED[name].specifier if one.operator == ">="]
    assert floors and floors[0] >= Version(sound), why
    assert Version(version(name)) >= floors[0]


def test_every_dependency_has_a_floor_and_none_a_ceiling() -> None:
    """A ceiling would keep a mended version out."""
    for name, one in NEEDED.items():
        assert [part.operator for part in one.specifier] == [">="], name
