#!/usr/bin/env python3
"""Pack the extension for the stores: ``python3 tests/package_extension.py`` writes two zip files to ``dist/``.

Both hold the files of ``extension/`` as they are, but for the manifest: it loses what only the other browser reads, and
the key that gives an unpacked extension its id, which Chrome's store refuses. The same commit gives the same bytes on
every machine: the order, the times and the modes are fixed, and nothing is compressed, since zlib's versions differ in
what they make of it.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = ROOT / "extension"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
READABLE = 0o100644 << 16  # a plain file that its owner may write and everybody may read
LEFT_OUT = {
    "chrome": ("key", "browser_specific_settings", "background.scripts", "action.theme_icons", "action.default_area"),
    "firefox": ("key", "minimum_chrome_version", "background.service_worker"),
}


def shipped() -> list[str]:
    """The files of the extension, by their names in it, in the order of their bytes."""
    files = (path for path in EXTENSION.rglob("*") if path.is_file())
    names = (path.relative_to(EXTENSION).as_posix() for path in files)
    return sorted(name for name in names if not any(part.startswith(".") for part in name.split("/")))


def manifest_for(browser: str) -> dict[str, Any]:
    """The manifest, without what ``browser`` has no use for."""
    manifest: dict[str, Any] = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    for path in LEFT_OUT[browser]:
        place, name = path.rpartition(".")[::2]
        del (manifest[place] if place else manifest)[name]
    return manifest


def content(name: str, browser: str) -> bytes:
    """What stands in the zip file under ``name``."""
    if name != "manifest.json":
        return (EXTENSION / name).read_bytes()
    return (json.dumps(manifest_for(browser), indent=2, ensure_ascii=False) + "\n").encode()


def target(browser: str, folder: Path) -> Path:
    """Where in ``folder`` the zip file for ``browser`` stands."""
    return folder / f"quietpage-{manifest_for(browser)['version']}-{browser}.zip"


def pack(browser: str, folder: Path) -> Path:
    """Write the zip file for ``browser`` ("chrome" or "firefox") into ``folder``, and answer where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target(browser, folder), "w", zipfile.ZIP_STORED) as archive:
        for name in shipped():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 3, READABLE  # on Windows as on Linux
            archive.writestr(entry, content(name, browser))
    return target(browser, folder)


def main() -> None:
    for browser in LEFT_OUT:
        sys.stdout.write(f"{pack(browser, ROOT / 'dist')}\n")


if __name__ == "__main__":
    main()
