"""Names for files that Windows, macOS and Linux all take, from titles that anybody may have written."""

from __future__ import annotations

import re
import unicodedata

# What no file name on Windows may hold, with the controls; "#", "^", "[" and "]" part a link of an Obsidian vault
FORBIDDEN = re.compile(r'[<>:"/\\|?*#^\[\]\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]+')
# What turns around or hides what a name looks like: directional controls, zero-width characters, byte order marks
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
# Devices of Windows, with any ending and in any case; the superscript digits count as digits there
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
MOST_BYTES = 150  # of 255 a name may have: room for an ending, a number, and what a synchronizing program appends


def file_name(title: str, otherwise: str = "Untitled") -> str:
    """A title as a file's name, without an ending: NFC, without what a system forbids, at most 150 bytes of UTF-8.

    It neither begins nor ends with a dot or a space, and is no device of Windows.
    """
    text = unicodedata.normalize("NFC", UNSEEN.sub("", title))
    text = " ".join(FORBIDDEN.sub(" ", text).split()).strip(". ")
    text = shortened(text, MOST_BYTES).strip(". ")
    if RESERVED.match(text):
        text = f"_{text}"
    return text or otherwise


def shortened(text: str, most: int) -> str:
    """The beginning of a text, at most so many bytes of UTF-8; no character is parted from its marks."""
    data = text.encode()
    if len(data) <= most:
        return text
    whole = data[:most].decode(errors="ignore")
    end = len(whole)
    while end and (unicodedata.category(text[end])[0] == "M" or "\u200d" in text[end - 1 : end + 1]):
        end -= 1
    return text[:end] or whole


class Names:
    """Names that are given out once each, where capitals and accents written otherwise make no difference."""

    def __init__(self, taken: dict[int, str] | None = None) -> None:
        self._mine = dict(taken or {})
        self._taken = {alike(name) for name in self._mine.values()}

    def of(self, number: int, title: str) -> str:
        """The name of an article: the one it has, or its title; with its number where another one is called so."""
        if number in self._mine:
            return self._mine[number]
        name = file_name(title)
        if alike(name) in self._taken:
            name = f"{name} ({number})"
            while alike(name) in self._taken:  # another one has this very title
                name += "_"
        self._mine[number] = name
        self._taken.add(alike(name))
        return name


def alike(name: str) -> str:
    """What a name is compared by, so that two that some file system takes for one are one."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFC", name).casefold())
