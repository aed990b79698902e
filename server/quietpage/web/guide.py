"""The guides as pages: Markdown files of ours, which read as well where the source is shown, and lie in the wheel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, render_template, url_for
from markupsafe import Markup

from quietpage.library.image_header import read_header
from quietpage.web.language import later

if TYPE_CHECKING:
    from markdown_it.token import Token

GUIDES, STATIC = Path(__file__).parent / "guides", Path(__file__).parent / "static"
NAMES = {"user": later("Guide"), "programs": later("Guide to the API")}  # of the views, in their order
FILES = {"guide.md": "user", "api.md": "programs"}
guide = Blueprint("guide", __name__)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a guide, and the name of its place; ``level`` 2 begins a part, 3 a task."""

    level: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: what comes before its first part, the parts, and its headings, for the list of contents."""

    title: str
    lead: Markup
    parts: Markup
    headings: tuple[Heading, ...]


def register(app: Flask) -> None:
    """Add the guides to ``app``."""
    app.register_blueprint(guide)


@guide.get("/guide")
def user() -> str:
    """How to do what a person may want to do."""
    return shown("guide.md")


@guide.get("/guide/api")
def programs() -> str:
    """How a program of one's own saves, finds, reads and takes out."""
    return shown("api.md")


def shown(file: str) -> str:
    """The page of a guide."""
    return render_template("guide.html", guide=read(file), names=NAMES)


@cache
def read(file: str) -> Guide:
    """A guide, rendered once."""
    from markdown_it import MarkdownIt  # late: the start never needs it

    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = renderer.parse((GUIDES / file).read_text(encoding="utf-8"))
    for token in every(tokens):
        finish(token)
    headings = tuple(name_places(tokens))
    first = next(number for number, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2")
    lead, parts = (
        Markup(renderer.renderer.render(some, renderer.options, {})) for some in (tokens[3:first], tokens[first:])
    )
    return Guide(title=plain(tokens[1]), lead=lead, parts=parts, headings=headings)


def every(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with those inside them."""
    for token in tokens:
        yield token
        yield from every(token.children or [])


def finish(token: Token) -> None:
    """Let links and pictures, which are written as from file to file, lead to our own addresses."""
    if token.type == "image":
        file = str(token.attrs["src"]).removeprefix("../static/")
        header = read_header((STATIC / file).read_bytes())
        token.attrs["src"] = url_for("static", filename=file)
        token.attrs |= {"width": header.width, "height": header.height, "loading": "lazy"}
    elif token.type == "link_open":
        path, _, place = str(token.attrs["href"]).partition("#")
        if path in FILES:
            token.attrs["href"] = url_for(f"guide.{FILES[path]}", _anchor=place or None)
        elif path.startswith("http"):
            token.attrs["rel"] = "noopener noreferrer"


def name_places(tokens: list[Token]) -> Iterator[Heading]:
    """Give each part and each task a place of its own, by the name that code hosts give it too."""
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag in ("h2", "h3"):
            text = plain(content)
            place = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            opening.attrs["id"] = place
            yield Heading(int(opening.tag[1]), text, place)


def plain(content: Token) -> str:
    """A heading's words."""
    return "".join(child.content for child in content.children or [])
