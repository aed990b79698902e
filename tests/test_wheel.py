"""The wheel: it holds all that is in the tree, and Quietpage runs from it alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the installed hatchling, in a process of its own: no network, and no other environment."""
    to = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling import build; print(build.build_wheel({str(to)!r}))"
    done = subprocess.run([sys.executable, "-c", build], cwd=ROOT, capture_output=True, text=True, check=True)
    return to / done.stdout.strip().splitlines()[-1]


def test_the_wheel_holds_the_package_and_the_extension_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package, extension = ROOT / "server" / "quietpage", ROOT / "extension"
    wanted = {f"quietpage/{path.relative_to(package).as_posix()}" for path in files(package)}
    wanted |= {f"quietpage/extension/{path.relative_to(extension).as_posix()}" for path in files(extension)}
    held = {name for name in names if ".dist-info/" not in name}
    assert held == wanted
    kinds = {Path(name).suffix for name in held}
    assert {".html", ".css", ".js", ".woff2", ".po", ".svg", ".json", ".typed"} <= kinds
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_quietpage_runs_from_the_unpacked_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """The page it shows has its template, its style and its words in another language; the extension is found."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    call = [sys.executable, "-m", "quietpage"]
    where = subprocess.run([*call, "extension", "--path"], capture_output=True, text=True, env=environment, check=True)
    assert Path(where.stdout.strip()) == site / "quietpage" / "extension"
    serve = [*call, "--db", str(tmp_path / "library.db"), "serve", "--port", "0", "--no-browser"]
    server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path)
    try:
        assert server.stdout
        link = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+/open\S+", line)))
        address, _, path = link.removeprefix("http://").partition("/")
        asked = HTTPConnection(address, timeout=20)
        page = got(asked, f"/{path}")
        assert 'lang="de"' in page
        sheet = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page)
        assert sheet
        assert "{" in got(asked, sheet[1].replace("&amp;", "&"))
        asked.close()
    finally:
        server.terminate()
        server.communicate(timeout=20)


def got(asked: HTTPConnection, path: str) -> str:
    asked.request("GET", path, headers={"Accept-Language": "de"})
    answer = asked.getresponse()
    assert answer.status == 200
    return answer.read().decode()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
