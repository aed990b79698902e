"""What a page says of itself: title, byline, site, dates, language, direction, addresses.

JSON-LD, Open Graph, Twitter cards, Dublin Core, microdata and the visible page, in the order of their reliability
for each fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quietpage.article import Page
from quietpage.cleaner.document import Document
from quietpage.cleaner.metadata.addresses import find_canonical, find_lead_image
from quietpage.cleaner.metadata.byline import find_byline
from quietpage.cleaner.metadata.dates import find_modified, find_published
from quietpage.cleaner.metadata.language import find_direction, find_language
from quietpage.cleaner.metadata.near_headline import Lines
from quietpage.cleaner.metadata.next_page import find_next_page
from quietpage.cleaner.metadata.said import Said, one_line
from quietpage.cleaner.metadata.title import find_site, find_title, site_from_host


@dataclass(frozen=True, slots=True)
class Metadata:
    """The page's facts. ``headline`` and ``article_body`` are JSON-LD's own, witnesses of which text is the article."""

    title: str
    byline: str | None = None
    site: str | None = None
    language: str | None = None
    direction: str = "ltr"
    published_at: datetime | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None
    lead_image: str | None = None
    next_page: str | None = None
    excerpt: str | None = None
    headline: str | None = None
    article_body: str | None = None


def read_metadata(document: Document, page: Page) -> Metadata:
    """Return what the page says of itself. Never raises: broken JSON, dates and URLs count as not said."""
    said = Said.by(document, page)
    title, site = find_title(said, find_site(said))
    near = Lines(document, title)
    language = find_language(said)
    return Metadata(
        title=title,
        byline=find_byline(said, site, near),
        site=site or site_from_host(page.url),
        language=language,
        direction=find_direction(document, language),
        published_at=find_published(said, near, language),
        modified_at=find_modified(said, near, language),
        canonical_url=find_canonical(said),
        lead_image=find_lead_image(said),
        next_page=find_next_page(said),
        excerpt=one_line(said.meta("og:description", "description", "twitter:description")),
        headline=one_line(said.json_ld("headline")),
        article_body=said.json_ld("articleBody"),
    )
