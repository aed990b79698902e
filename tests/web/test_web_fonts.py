"""The fonts that come with Quietpage: their addresses, weights and licences."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from flask.testing import FlaskClient

STATIC = Path(__file__).resolve().parent.parent.parent / "server" / "quietpage" / "web" / "static"


def test_the_fonts_are_loaded_by_the_addresses_that_name_their_content(me: FlaskClient) -> None:
    for sheet in (STATIC / "fonts").glob("*.css"):
        named = re.findall(r'url\("([a-z-]+\.woff2)\?v=([0-9a-f]{12})"\)', sheet.read_text(encoding="utf-8"))
        assert named
        for name, version in named:
            content = (STATIC / "fonts" / name).read_bytes()
            assert hashlib.sha256(content).hexdigest().startswith(version), name
    answer = me.get(f"/static/fonts/{name}?v={version}")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.mimetype == "font/woff2"


def test_each_font_has_its_licence_beside_it_and_a_plain_page_needs_250_kb_at_most() -> None:
    for font in ("serif", "sans", "mono", "legible"):
        licence = (STATIC / "fonts" / f"{font}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License, Version 1.1" in licence
        files = [STATIC / "fonts" / f"{font}{style}-latin.woff2" for style in ("", "-italic")]
        files.append(STATIC / "fonts" / "mono-latin.woff2")
        assert sum(file.stat().st_size for file in files if file.exists()) <= 250_000, font
