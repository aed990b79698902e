"""Single pages as files: HTML as a browser or SingleFile saves it, MHTML, and Markdown with front matter."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage, Message
from typing import Any

import yaml
from markdown_it import MarkdownIt

from quietpage.formats.imports import values
from quietpage.formats.imports.source import BadFile, Skipped, Source
from quietpage.library.incoming import Incoming

MOST_BYTES = 64 * 1024 * 1024  # of one page with its pictures inside
HTML = re.compile(r"<(!doctype html|html|head|body|article|\?xml)\b", re.IGNORECASE)
SINGLE_FILE = re.compile(r"page saved with singlefile\s+url:\s*(\S+)\s+saved date:\s*([^\n]*)", re.IGNORECASE)
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
CANONICAL = re.compile(
    r"""<link\b[^>]*\brel=["']?canonical["']?[^>]*\bhref=["']?([^"'\s>]+)|"""
    r"""<link\b[^>]*\bhref=["']?([^"'\s>]+)["']?[^>]*\brel=["']?canonical\b|"""
    r"""<meta\b[^>]*\bproperty=["']og:url["'][^>]*\bcontent=["']([^"']+)""",
    re.IGNORECASE,
)
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
# Names that Obsidian's clipper, MarkDownload, Omnivore's plugin and others give to the same things
URLS = ("source", "url", "link", "original", "canonical_url", "baseuri")
SAVED = ("saved", "saved_at", "created", "date_saved", "date", "clipped")
PUBLISHED = ("published", "published_at", "date_published")
EMBEDDED = re.compile(r"!\[\[([^\]|#<>\n]+\.(?:png|jpe?g|gif|webp|avif))(?:[|#][^\]\n]*)?\]\]", re.I)  # Obsidian's
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
TAGS, BYLINES = ("tags", "tag", "keywords", "labels"), ("author", "byline", "authors")


class Html:
    """A page of HTML. Its address is what SingleFile or the browser noted, or what the page says of itself."""

    name = "HTML"

    def recognises(self, source: Source) -> bool:
        """Whether it begins as a page does."""
        return HTML.search(source.beginning[:4096]) is not None

    def read(self, source: Source) -> Iterator[Incoming | Skipped]:
        """The one page."""
        html = source.read(MOST_BYTES)
        begin = html[: 512 * 1024].decode("utf-8", "replace")
        noted, saved = SINGLE_FILE.search(begin), SAVED_FROM.search(begin)
        said = CANONICAL.search(begin)
        url = noted[1] if noted else saved[1] if saved else next(filter(None, said.groups()), "") if said else ""
        if not values.is_web(url):
            yield Skipped(source.name, "the page does not say which address it is from")
            return
        yield Incoming(source.name, url, html=html, saved_at=script_time(noted[2]) if noted else None)


class Mhtml:
    """A page with its pictures as a browser saves it into one file (RFC 2557)."""

    name = "MHTML"

    def recognises(self, source: Source) -> bool:
        """Whether it begins with the headers of such a message."""
        begin = source.beginning[:8192].lower()
        return "mime-version:" in begin and "multipart/related" in begin

    def read(self, source: Source) -> Iterator[Incoming | Skipped]:
        """The one page."""
        message = email.message_from_bytes(source.read(MOST_BYTES), policy=email.policy.default)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        if not isinstance(page, EmailMessage):
            raise BadFile(f"{source.name} holds no page of HTML.")
        url = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
        if not values.is_web(url):
            yield Skipped(source.name, "the page does not say which address it is from")
            return
        html = page.get_payload(decode=True)
        parts = {name: part for part in message.walk() if part is not page for name in names_of(part)}

        def find(address: str) -> bytes | None:
            data = parts[address].get_payload(decode=True) if address in parts else None
            return data if isinstance(data, bytes) else None

        sent = getattr(message.get("Date"), "datetime", None)
        yield Incoming(
            source.name,
            url,
            title=values.line(message.get("Subject")),
            html=html if isinstance(html, bytes) else b"",
            saved_at=values.time(sent.isoformat()) if sent else None,
            pictures=find if parts else None,
        )


def names_of(part: Message) -> Iterator[str]:
    """The addresses by which a page shows a part that lies beside it (RFC 2557, sections 4 and 8)."""
    if part.get_content_maintype() == "image":
        if place := str(part.get("Content-Location") or "").strip():
            yield place
        if number := str(part.get("Content-ID") or "").strip(" <>"):
            yield f"cid:{number}"


class Markdown:
    """A note of Markdown whose front matter says where it is from: Obsidian's clipper, MarkDownload and their like."""

    name = "Markdown"

    def recognises(self, source: Source) -> bool:
        """Whether it has front matter with an address."""
        found = FRONT_MATTER.match(source.beginning)
        return found is not None and re.search(rf"^(?:{'|'.join(URLS)})\s*:", found[1], re.M | re.I) is not None

    def read(self, source: Source) -> Iterator[Incoming | Skipped]:
        """The one note."""
        text = source.read(MOST_BYTES).decode(source.encoding, "replace").lstrip("\ufeff \t\r\n")
        found = FRONT_MATTER.match(text)
        if found is None:
            yield Skipped(source.name, "it has no front matter")
            return
        said = front_matter(source, found[1])
        url = values.line(first(said, URLS))
        if not values.is_web(url):
            yield Skipped(source.name, f"“{url[:200]}” is no address of a page")
            return
        authors = first(said, BYLINES)
        yield Incoming(
            source.name,
            url,
            title=values.line(said.get("title")) or source.name.removesuffix(".md"),
            html=MARKDOWN.render(EMBEDDED.sub(r"![](<\1>)", text[found.end() :])),
            is_body=True,
            byline=", ".join(map(str, authors)) if isinstance(authors, list) else values.line(authors) or None,
            saved_at=values.time(first(said, SAVED)),
            published_at=values.time(first(said, PUBLISHED)),
            tags=values.tags(first(said, TAGS) or ()),
            more=values.beside(said, ("title", *URLS, *SAVED, *PUBLISHED, *TAGS, *BYLINES)),
        )


def front_matter(source: Source, text: str) -> dict[str, Any]:
    """YAML as a mapping, its names in lower case. Raises BadFile."""
    try:
        said = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        raise BadFile(f"The front matter of {source.name} is not YAML.") from None
    return {str(name).lower(): value for name, value in said.items()} if isinstance(said, dict) else {}


def first(said: dict[str, Any], names: tuple[str, ...]) -> Any:
    """The first of these fields that says anything."""
    return next((said[name] for name in names if said.get(name)), None)


def script_time(text: str) -> datetime | None:
    """A time as JavaScript writes it: ``Tue Nov 03 2026 10:04:05 GMT+0100 (CET)``."""
    found = re.match(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})", text.strip())
    if not found:
        return values.time(text)
    try:
        return datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z")
    except ValueError:
        return None
