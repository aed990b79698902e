"""Saved articles as an Atom feed: https://www.rfc-editor.org/rfc/rfc4287"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from quietpage.formats.elements import NOT_IN_XML, parse
from quietpage.formats.html_page import inner, web_address
from quietpage.formats.pictures import Picture, place_pictures
from quietpage.formats.taking import Taken, stamp


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed is called, its own address, when something in it changed last, and where its pictures are."""

    title: str
    address: str
    updated: datetime
    picture: Callable[[Taken, Picture], str]


def write(channel: Channel, articles: Iterable[Taken]) -> Iterator[str]:
    """The feed, an entry for each article."""
    address = said(channel.address)
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{uuid5(NAMESPACE_URL, channel.address).urn}</id><title>{said(channel.title)}</title>"
        f"<updated>{stamp(channel.updated)}</updated><generator>Quietpage</generator>"
        f'<link rel="self" type="application/atom+xml" href="{address}"/>\n'
    )
    for taken in articles:
        yield entry(taken, channel)
    yield "</feed>\n"


def entry(taken: Taken, channel: Channel) -> str:
    """An article with its whole text."""
    kept, article = taken.kept, taken.kept.article
    body = parse(article.html)
    place_pictures(body, taken, lambda picture: channel.picture(taken, picture))
    language = f' xml:lang="{said(article.language)}"' if article.language and article.language.isascii() else ""
    tags = "".join(f'<category term="{said(tag)}"/>' for tag in kept.tags)
    author = article.byline or article.site or web_address(article.url)
    return (
        f"<entry{language}><id>{uuid5(NAMESPACE_URL, article.url).urn}</id><title>{said(taken.title)}</title>"
        f'<link rel="alternate" type="text/html" href="{said(web_address(article.url))}"/>'
        f"<published>{stamp(kept.saved_at)}</published><updated>{stamp(kept.updated_at)}</updated>"
        f"<author><name>{said(author)}</name></author>"
        f"{tags}"
        f'<summary>{said(article.excerpt)}</summary><content type="html">{said(inner(body))}</content></entry>\n'
    )


def said(text: str) -> str:
    """A text in XML."""
    return escape(NOT_IN_XML.sub("\ufffd", text))
