"""The floors of the house: who may import whom, and which outside library is known to which file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "server" / "quietpage"

# room -> the rooms it may know (itself always)
MAY_KNOW = {
    "article": set(),
    "__init__": {"article", "cleaner"},
    "settings": set(),
    "cleaner": {"article"},
    "library": {"article"},
    "formats": {"article", "library"},
    "pdf": set(),
    "web": {"article", "cleaner", "library", "formats", "pdf", "settings", "__init__"},
    "cli": {"article", "cleaner", "library", "formats", "pdf", "web", "settings", "__init__"},
    "__main__": {"cli"},
}
# outside library -> where alone it may be imported
ONLY_IN = {
    "selectolax": {"cleaner/document.py"},
    "nh3": {"cleaner/sanitize.py"},
    "pypdf": {"pdf/reader.py"},
    "pygments": {"web/highlighting.py"},
    "sqlite3": {"library/"},
    "sqlite_utils": {"library/"},
    "flask": {"web/"},
    "flask_cors": {"web/guard.py"},
    "waitress": {"web/server.py", "web/lanes.py"},
    "click": {"cli/"},
    "tomlkit": {"settings.py"},
    "ijson": {"formats/imports/objects.py"},
    "warcio": {"formats/imports/archives.py"},
    "yaml": {"formats/imports/documents.py"},
    "markdown_it": {"formats/imports/documents.py", "web/guide.py"},
}
OUTBOUND = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Dotted names a file imports; ``from quietpage import x`` counts as ``quietpage.x``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_only(path: Path) -> None:
    room = room_of(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "quietpage":
            continue
        other = parts[1] if len(parts) > 1 and parts[1] in MAY_KNOW else "__init__"
        assert other == room or other in MAY_KNOW[room], f"{room} may not know {other}: {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_outside_libraries_are_known_to_one_place(path: Path) -> None:
    here = path.relative_to(PACKAGE).as_posix()
    for name in imported(path):
        allowed = ONLY_IN.get(name.split(".")[0])
        assert allowed is None or any(here.startswith(place) for place in allowed), f"{here} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_in_the_server_can_fetch_from_the_network(path: Path) -> None:
    for name in imported(path):
        assert not any(name == bad or name.startswith(bad + ".") for bad in OUTBOUND), f"{path} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_file_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_top_level_holds_what_it_should() -> None:
    wanted = {
        "pyproject.toml",
        "README.md",
        "server",
        "extension",
        "tests",
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "Makefile",
    }
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert wanted <= found
    assert found <= wanted | {"dist", "build"}
