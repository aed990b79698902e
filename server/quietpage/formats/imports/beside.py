"""Pictures that lie beside pages: as files in the same folder or archive."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import unquote

from quietpage.formats.imports.archives import HURT
from quietpage.formats.imports.source import Skipped, Source
from quietpage.library.image_header import NotAnImage, read_header
from quietpage.library.images import MOST_IMAGE_BYTES
from quietpage.library.incoming import Incoming

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def is_picture(source: Source) -> bool:
    """Whether a file begins as a picture that may be kept."""
    try:
        return bool(read_header(source.head))
    except NotAnImage:
        return False


def shows_pictures(html: str | bytes | None) -> bool:
    """Whether a page shows any, as far as its markup tells at once."""
    return "<img" in html if isinstance(html, str) else b"<img" in html or b"<IMG" in html if html else False


@dataclass(frozen=True)
class Lying:
    """The files of a folder or an archive, by their names in it: no address leads out of it."""

    files: Mapping[str, Source]
    by_base: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        bases = {posixpath.basename(name): name for name in reversed(list(self.files))}
        object.__setattr__(self, "by_base", bases)

    def beside(self, name: str, entry: Incoming | Skipped) -> Incoming | Skipped:
        """An entry of the file of this name, with what lies beside it."""
        if isinstance(entry, Skipped) or entry.pictures is not None or not shows_pictures(entry.html):
            return entry
        return replace(entry, pictures=partial(self.find, posixpath.dirname(name)))

    def find(self, folder: str, address: str) -> bytes | None:
        """What an address names, seen from a folder; else, as note-takers do, the file of that name wherever it is."""
        if SCHEME.match(address):
            return None
        path = unquote(re.split("[?#]", address, maxsplit=1)[0])
        inside = posixpath.normpath(posixpath.join(folder, path))
        name = inside if inside in self.files else self.by_base.get(path)
        if name is None:
            return None
        try:
            with self.files[name].open() as file:
                return file.read(MOST_IMAGE_BYTES + 1)  # one more tells that it is too large
        except HURT:
            return b""
