"""A folder of Markdown that is brought up to date: what has not changed since is not touched, and neither is what the
person changed there.

A file beside the articles (``.quietpage.json``) says which article each file is, and what was written into it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from quietpage.formats.names import Names
from quietpage.formats.taking import Selection, stamp
from quietpage.formats.vault import PICTURES, Document, document

RECORD = ".quietpage.json"
VERSION = 1


class NotOurFolder(ValueError):
    """What says which files are whose cannot be read; the message says where it is."""


@dataclass(slots=True)
class Written:
    """What became of a folder: how many articles are new there, changed, and as they were; which files were left."""

    counts: Counter[str] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)  # the person changed them


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the folder: its file, and hashes of its text without the date and of the whole file."""

    name: str
    content: str
    whole: str


def update(
    selection: Selection, folder: Path, *, overwrite: bool = False, progress: Callable[[], None] = lambda: None
) -> Written:
    """Write articles into a folder, each in the file it had there. Raises NotOurFolder and OSError.

    A file that is missing is written again, one that the person changed only to ``overwrite`` it. Files of articles
    that are not among these stay.
    """
    (folder / PICTURES).mkdir(parents=True, exist_ok=True)
    entries = read_record(folder)
    taken_names = {number: entry.name for number, entry in entries.items()}
    for number, stranger in enumerate(strangers(folder, set(taken_names.values())), start=1):
        taken_names[-number] = stranger
    names, done = Names({0: PICTURES} | taken_names), Written()
    try:
        for taken in selection.articles():
            made = document(taken, selection)
            write_pictures(folder, made)
            known = entries.get(taken.kept.id)
            name = names.of(taken.kept.id, taken.title)
            outcome, entry = write_article(folder / f"{name}.md", made, known, overwrite=overwrite)
            if entry:
                entries[taken.kept.id] = Entry(name, *entry)
            done.counts[outcome] += 1
            if outcome == "left":
                done.left.append(f"{name}.md")
            progress()
    finally:
        write_record(folder, entries, selection)
    return done


def strangers(folder: Path, ours: set[str]) -> list[str]:
    """The names of the person's own notes, which no article may take."""
    return sorted(path.stem for path in folder.glob("*.md") if path.stem not in ours)


def write_article(
    path: Path, made: Document, known: Entry | None, *, overwrite: bool
) -> tuple[str, tuple[str, str] | None]:
    """What became of an article's file, and the hashes of what was written."""
    content, data = hashed(made.text.encode("utf-8", "replace")), made.dated.encode("utf-8", "replace")
    there = path.read_bytes() if known and path.exists() else None
    if known and there is not None:
        if hashed(there) != known.whole and not overwrite:
            return "left", None
        if known.content == content and hashed(there) == known.whole:
            return "unchanged", None
    put(path, data)
    return "changed" if there is not None else "new", (content, hashed(data))


def write_pictures(folder: Path, made: Document) -> None:
    """Write the pictures that are not there yet; a name says what is in it."""
    for name, picture in made.pictures.items():
        path = folder / PICTURES / name
        if not path.exists():
            put(path, picture.data)


def put(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees a part of it."""
    beside = path.with_name(f".{hashed(path.name.encode())[:16]}.part")
    beside.write_bytes(data)
    os.replace(beside, path)


def hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def read_record(folder: Path) -> dict[int, Entry]:
    """What the folder's record says. Raises NotOurFolder."""
    path = folder / RECORD
    if not path.exists():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        entries = {int(number): Entry(*map(str, entry)) for number, entry in told["articles"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotOurFolder(f"{path} cannot be read. Move it away, or choose another folder.") from None
    if told.get("version") != VERSION or any(not is_plain(entry.name) for entry in entries.values()):
        raise NotOurFolder(f"{path} was written by another version of Quietpage. Choose another folder.")
    return entries


def is_plain(name: str) -> bool:
    """Whether a name is one of a file in the folder itself."""
    return bool(name) and Path(name).name == name and "/" not in name and "\\" not in name and name not in (".", "..")


def write_record(folder: Path, entries: dict[int, Entry], selection: Selection) -> None:
    """Note which file is which article, where that changed."""
    articles = {str(number): [one.name, one.content, one.whole] for number, one in entries.items()}
    path = folder / RECORD
    if path.exists() and json.loads(path.read_text(encoding="utf-8"))["articles"] == articles:
        return
    told = {"version": VERSION, "exported": stamp(selection.at), "articles": articles}
    put(path, json.dumps(told, ensure_ascii=False, indent=0).encode("utf-8", "replace"))
