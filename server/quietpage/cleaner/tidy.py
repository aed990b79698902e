"""The fine cut: inside the found content, on BeautifulSoup, where rewriting is a pleasure."""

from __future__ import annotations

from quietpage.article import Removed
from quietpage.cleaner.metadata import Metadata


def tidy(html: str, metadata: Metadata, url: str, removed: list[Removed]) -> str:
    """(next)"""
    return html
