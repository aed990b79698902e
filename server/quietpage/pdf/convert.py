"""From a PDF's bytes to a page of HTML, by a process that is bounded in time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from quietpage.pdf.lines import Line
from quietpage.pdf.paragraphs import BULLET, Block, blocks_of

READ_SECONDS = 15  # the extension waits 25 for its answer; what was read by then is kept
FEW_CHARS_PER_PAGE = 20  # less, and the pages are pictures
TITLE_MAX_CHARS = 200
# What programs write as a title when nobody gave one: a file's name, or none.
NO_TITLE = "untitled", "microsoft word", "microsoft powerpoint", "powerpoint presentation", "slide 1", "document"

_readers = threading.BoundedSemaphore(2)  # a machine's memory holds two of the largest


class UnreadablePdf(ValueError):
    """There is no text to be had from a PDF. The message says why, and what a person can do."""


REASONS = {
    "encrypted": "This PDF opens with a password only. Save a copy without the password and keep that.",
    "broken": "This PDF is damaged: it could not be read. Download it again, or print it to a new PDF.",
    "scan": "This PDF holds pictures of pages and no text. Run it through text recognition (OCR) and keep the result.",
}


def page_from_pdf(data: bytes) -> str:
    """Return a PDF as a page of HTML whose whole body is content. Raises UnreadablePdf."""
    if b"%PDF-" not in data[:1024]:
        raise UnreadablePdf("This is no PDF document.")
    facts, pages, error = read(data)
    if error and not any(pages):
        raise UnreadablePdf(REASONS[error])
    if sum(len(line.text) for page in pages for line in page) < FEW_CHARS_PER_PAGE * min(len(pages), 5) or not pages:
        raise UnreadablePdf(REASONS["scan"])
    return written(facts, blocks_of(pages), pages_read=len(pages))


def read(data: bytes) -> tuple[dict[str, Any], list[list[Line]], str]:
    """What a PDF says of itself, its pages as lines, and what went wrong ("" if nothing)."""
    facts: dict[str, Any] = {}
    pages: list[list[Line]] = []
    for told in told_by_reader(data):
        if isinstance(told, list):
            pages.append([Line(**line) for line in told])
        elif "error" in told:
            return facts, pages, str(told["error"])
        else:
            facts = told
    return facts, pages, "" if facts else "broken"


def told_by_reader(data: bytes) -> Iterator[Any]:
    """What the reader wrote before it ended, or before its time was up."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "quietpage.pdf.reader"]
    with _readers:
        try:
            ended = subprocess.run(
                command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
                timeout=READ_SECONDS, check=False,
            )  # fmt: skip
            output = ended.stdout
        except subprocess.TimeoutExpired as late:
            output = late.stdout or b""
    for line in output.decode("utf-8", "replace").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return  # it was ended in the middle of a page


def written(facts: dict[str, Any], blocks: list[Block], *, pages_read: int) -> str:
    """The document as HTML. What it says of itself goes into the head, where it is looked for in every page."""
    title, blocks = title_of(facts, blocks)
    head = [
        f"<title>{escape(title)}</title>",
        f'<meta name="author" content="{escape(facts.get("author", ""))}">' if facts.get("author") else "",
        f'<meta property="article:published_time" content="{escape(facts["created"])}">'
        if facts.get("created")
        else "",
    ]
    more = facts.get("pages", pages_read) - pages_read
    note = f"<p>{more} more pages of the document are not kept here: it is too long, or took too long to read.</p>"
    language = f' lang="{escape(facts["language"])}"' if facts.get("language") else ""
    body = "".join(html_of(blocks)) + (note if more > 0 else "")
    return f"<!DOCTYPE html><html{language}><head>{''.join(head)}</head><body data-qp-selection>{body}</body></html>"


def title_of(facts: dict[str, Any], blocks: list[Block]) -> tuple[str, list[Block]]:
    """The document's title, and its blocks without it: what it says of itself, or its first, largest heading."""
    said = " ".join(str(facts.get("title", "")).split())
    first = next((block for block in blocks[:5] if block.kind == "h1"), None)
    if said and not said.lower().startswith(NO_TITLE) and not said.lower().endswith((".doc", ".docx", ".tex", ".indd")):
        is_shown = first is not None and first.text.casefold() == said.casefold()
        return said, [block for block in blocks if block is not first] if is_shown else blocks
    if first is None:
        return (blocks[0].text if blocks else "")[:TITLE_MAX_CHARS], blocks
    return first.text[:TITLE_MAX_CHARS], [block for block in blocks if block is not first]


def html_of(blocks: list[Block]) -> Iterator[str]:
    """Blocks as HTML; items that follow each other are one list."""
    for is_list, group in groupby(blocks, key=lambda block: block.kind == "li"):
        if is_list:
            items = "".join(f"<li>{escape(BULLET.sub('', block.text, count=1))}</li>" for block in group)
            yield f"<ul>{items}</ul>"
            continue
        for block in group:
            tag = {"h1": "h2", "h2": "h3", "h3": "h4"}.get(block.kind, "p")  # the title is the article's only h1
            yield f"<{tag}>{escape(block.text)}</{tag}>"
