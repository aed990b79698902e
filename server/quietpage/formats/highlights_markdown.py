"""Highlights as Markdown: an article is a heading with its source, a highlight a quotation with its note below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quietpage.library.marks import Mark, Source

# "&" begins an entity, "%%" a comment of Obsidian's
MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>~|]|&(?=[#\w])|%(?=%)|^(?:[#+=-]|\d+[.)](?= |$)))", re.MULTILINE)


def write(marks: Iterable[Mark]) -> Iterator[str]:
    """The marks as one document; those of an article stand together when they come so."""
    before = None
    for mark in marks:
        if mark.source.id != before:
            yield ("" if before is None else "\n") + heading(mark.source)
        before = mark.source.id
        if mark.highlight:
            yield f"\n{quotation(mark.highlight.passage.exact)}\n"
        if mark.note:
            yield "\n" + "\n".join(paragraph(mark.note)) + "\n"


def heading(source: Source) -> str:
    """An article's title, who wrote it, and where it is from."""
    address = re.sub(r"[\s<>]", lambda found: f"%{ord(found[0]):02X}", source.url)
    facts = [escaped(fact) for fact in (source.byline, source.site) if fact]
    return f"# {escaped(one_line(source.title) or source.url)}\n\n{' · '.join([*facts, f'<{address}>'])}\n"


def quotation(words: str) -> str:
    """Words as a quotation."""
    return "> " + escaped(one_line(words))


def one_line(text: str) -> str:
    """A text with all white space as single spaces."""
    return " ".join(text.split())


def escaped(text: str) -> str:
    """A text in which nothing means anything to Markdown."""
    return MEANS_SOMETHING.sub(lambda found: re.sub(r"([^\d])", r"\\\1", found[0]), text)


def paragraph(text: str) -> list[str]:
    """A text as lines that mean nothing to Markdown; a backslash keeps a line break."""
    lines = [escaped(" ".join(line.split())) for line in text.strip().splitlines()]
    return [f"{line}\\" if line and lines[at + 1 : at + 2] not in ([], [""]) else line for at, line in enumerate(lines)]
