"""The zip files for the stores: the same bytes each time, and just what the extension ships."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import package_extension as packing
import pytest

BROWSERS = tuple(packing.LEFT_OUT)


@pytest.mark.parametrize("browser", BROWSERS)
def test_two_builds_are_the_same_byte_for_byte_whenever_the_files_were_written(
    browser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = packing.pack(browser, tmp_path / "first").read_bytes()
    copy = tmp_path / "extension"
    shutil.copytree(packing.EXTENSION, copy, copy_function=shutil.copyfile)
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
    monkeypatch.setattr(packing, "EXTENSION", copy)
    assert packing.pack(browser, tmp_path / "second").read_bytes() == first


@pytest.mark.parametrize("browser", BROWSERS)
def test_the_zip_file_holds_exactly_what_the_extension_ships(browser: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(packing.pack(browser, tmp_path)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == packing.shipped()
        for name in archive.namelist():
            assert name == "manifest.json" or archive.read(name) == (packing.EXTENSION / name).read_bytes()


def test_nothing_lies_in_the_folder_that_is_not_shipped_on_purpose() -> None:
    kinds = {Path(name).suffix for name in packing.shipped()}
    assert kinds == {".js", ".json", ".html", ".css", ".png", ".svg"}


@pytest.mark.parametrize("browser", BROWSERS)
def test_the_manifest_loses_only_what_the_other_browser_reads(browser: str) -> None:
    whole = json.loads((packing.EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    packed = packing.manifest_for(browser)
    background = {"chrome": "service_worker", "firefox": "scripts"}[browser]
    assert set(packed["background"]) == {background, "type"}
    assert "key" not in packed
    for name in ("name", "version", "permissions", "host_permissions", "optional_host_permissions", "commands"):
        assert packed[name] == whole[name]
