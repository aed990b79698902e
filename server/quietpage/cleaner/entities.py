"""Characters in text that a parser has written: entities, by far most one of the five it writes, and controls."""

from __future__ import annotations

import html
import re

CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")  # all (Unicode's Cc) but tab and line feed
BLANK_CONTROLS = "\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"  # of them, those that part words


def unescaped(text: str) -> str:
    """A text with its entities read, as :func:`html.unescape` reads them; that takes three times as long."""
    if "&" not in text:
        return text
    plain = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    if plain.count("&") == plain.count("&amp;"):
        return plain.replace("&amp;", "&")
    return html.unescape(text)


def without_controls(text: str) -> str:
    """A text without control characters, which no reader sees and XML (an EPUB's chapters) may not hold."""
    if not CONTROL.search(text):
        return text
    return CONTROL.sub(lambda found: " " if found[0] in BLANK_CONTROLS else "", text)
