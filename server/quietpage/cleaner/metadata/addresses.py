"""The addresses a page names: its canonical URL and its lead image."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from quietpage.cleaner.document import Document
from quietpage.cleaner.metadata.said import Said


def find_canonical(said: Said) -> str | None:
    """The address the page wants to be known by."""
    canonical = said.document.attribute('link[rel~="canonical"]', "href")
    return absolute(said.document, canonical or said.meta("og:url"))


def find_lead_image(said: Said) -> str | None:
    """The picture that stands for the page."""
    image = said.meta("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return absolute(said.document, image or said.json_ld("image", "url", "contentUrl"))


def absolute(document: Document, url: str | None) -> str | None:
    """An http(s) URL, resolved against the page; None for anything else."""
    try:
        resolved = urljoin(document.base_url, url.strip()) if url else ""
        return resolved if urlsplit(resolved).scheme in ("http", "https") and urlsplit(resolved).hostname else None
    except ValueError:
        return None
