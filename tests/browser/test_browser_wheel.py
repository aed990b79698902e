"""The wheel, in an environment of its own: the browser saves to it and reads from it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.person import Person

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The program of an empty environment with nothing but the wheel in it, and what that depends on beside it."""
    build = f"from hatchling import build; print(build.build_wheel({str(tmp_path)!r}))"
    done = subprocess.run([sys.executable, "-c", build], cwd=ROOT, capture_output=True, text=True, check=True)
    home = tmp_path / "empty"
    venv.create(home)
    paths = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)})
    site = Path(paths["purelib"])
    zipfile.ZipFile(tmp_path / done.stdout.strip().splitlines()[-1]).extractall(site)
    (site / "dependencies.pth").write_text(
        sysconfig.get_paths()["purelib"]
    )  # without the tree: no link of it is followed
    return Path(paths["scripts"]) / ("python.exe" if os.name == "nt" else "python")


@pytest.fixture
def installed(ready: Person, python: Path, tmp_path: Path) -> Iterator[Person]:
    """Somebody whose server runs from the wheel, on the library that the extension is connected with."""
    ready.server.stop()
    call = [str(python), "-m", "quietpage", "--db", str(ready.server.db), "serve", "--no-browser"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["PYTHONUNBUFFERED"] = "1"
    server = subprocess.Popen(
        [*call, "--port", str(ready.server.port)], stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path
    )
    assert server.stdout and next(line for line in server.stdout if "/open?" in line)
    yield ready
    server.kill()
    server.wait()
    server.stdout.close()


@pytest.mark.in_chromium
def test_what_the_browser_saves_is_read_from_the_installed_wheel(
    installed: Person, python: Path, tmp_path: Path
) -> None:
    where = [str(python), "-c", "import quietpage; print(quietpage.__file__)"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(where, capture_output=True, text=True, check=True, env=environment, cwd=tmp_path).stdout
    assert str(tmp_path / "empty") in told
    installed.save("cluttered")
    assert "lists a stop of nineteen minutes" in installed.reads_title("Night trains return to the old capitals")
