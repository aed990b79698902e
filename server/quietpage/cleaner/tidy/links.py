"""Links: absolute, followable ones only; those to the page itself stay fragments."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from quietpage.cleaner.tidy.content import HEADINGS, Content, attribute
from quietpage.cleaner.tidy.tree import inside

ANCHOR_MARK = re.compile(r"[¶#§🔗⚓]?|(?:permalink|link|anchor|direct link to .*)", re.IGNORECASE)
SCHEMES = frozenset({"http", "https", "mailto"})


def resolve_links(content: Content) -> None:
    """Make every link absolute; a link that leads nowhere leaves its words."""
    here = urldefrag(content.url)[0]
    known: dict[str, str] = {}
    for link in content.all({"a"}):
        href = attribute(link, "href")
        if href not in known:
            known[href] = resolve(href, content.url, here)
        identifier = attribute(link, "id") or attribute(link, "name")
        link.attrs = {"href": known[href]} if known[href] else {}
        if identifier:
            link["id"] = identifier
        if not link.attrs:
            link.unwrap()


def drop_heading_anchors(content: Content) -> None:
    """Drop the marks beside headings that link to the heading itself."""
    for heading in content.all(HEADINGS):
        for link in list(inside(heading, {"a"})):
            if ANCHOR_MARK.fullmatch(link.get_text().strip()) and "#" in attribute(link, "href"):
                content.drop(link)


def resolve(href: str, base: str, here: str) -> str:
    """An absolute address, a fragment of this page, or ""."""
    if href.startswith("#"):
        return href if len(href) > 1 else ""
    try:
        resolved = urljoin(base, href) if href else ""
        scheme = urlsplit(resolved).scheme
    except ValueError:
        return ""
    if scheme not in SCHEMES:
        return ""
    address, fragment = urldefrag(resolved)
    return f"#{fragment}" if fragment and address == here else resolved
