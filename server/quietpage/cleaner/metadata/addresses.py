"""The addresses a page names: its canonical URL and its lead image."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from quietpage.cleaner.document import Document
from quietpage.cleaner.metadata.said import Said


def find_canonical(said: Said) -> str | None:
    """The address the page wants to be known by."""
    links = (tag for markup in (said.head, said.body) for tag in markup.tags_with('anonical"'))
    canonical = next((tag.get("href") for tag in links if tag.name == "link" and "canonical" in tag.words("rel")), None)
    return absolute(said.document, canonical or said.meta("og:url"))


def find_lead_image(said: Said) -> str | None:
    """The picture that stands for the page."""
    image = said.meta("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return absolute(said.document, image or said.json_ld("image", "url", "contentUrl"))


def absolute(document: Document, url: str | None) -> str | None:
    """An http(s) URL, resolved against the page; None for anything else."""
    url = (url or "").strip()
    try:
        resolved = url if not url or url.startswith(("http://", "https://")) else urljoin(document.base_url, url)
        return resolved if urlsplit(resolved).scheme in ("http", "https") and urlsplit(resolved).hostname else None
    except ValueError:
        return None
