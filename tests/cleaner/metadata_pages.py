"""Pages that say facts of themselves, and what is read from them: what the tests of metadata share."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from quietpage.article import Page
from quietpage.cleaner.document import parse
from quietpage.cleaner.metadata import Metadata, read_metadata

MARCH_3 = datetime(2024, 3, 3, tzinfo=UTC)
URL = "https://www.harbor.example/news/ferry"


def facts(head: str = "", body: str = "", url: str = URL, root: str = "", title: str | None = None) -> Metadata:
    html = f"<!DOCTYPE html><html {root}><head>{head}</head><body>{body}</body></html>"
    return read_metadata(parse(html, url), Page(url=url, html=html, title=title))


def json_ld(**data: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **data}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'
