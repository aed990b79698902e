"""All that a page says of itself, gathered once: its <meta> facts and its JSON-LD, beside the document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from quietpage.article import Page
from quietpage.cleaner.document import Document
from quietpage.cleaner.metadata.json_ld import best_data, text_of
from quietpage.cleaner.metadata.markup import Markup, Tag, resolved

META = re.compile(r"<meta((?: [^\s=>]+=\"[^\"]*+\")*+)>")
MISPLACED_WITHIN = 20_000  # characters of the body, where the rest of a broken head stands
MOST_HEADINGS = 5
CONTENT = re.compile(r" content=\"([^\"]+)\"")
NAMING = re.compile(r" (?:property|name|itemprop|http-equiv)=\"([^\"]+)\"")  # say which fact a <meta> states


@dataclass(frozen=True)
class Said:
    """``metas`` are the page's <meta> facts by lower-case name, ``data`` the JSON-LD object of its article, or {}."""

    document: Document
    page: Page
    head: Markup
    body: Markup
    metas: dict[str, list[str]]
    data: dict[str, Any]

    @staticmethod
    def by(document: Document, page: Page) -> Said:
        """Gather what a page says."""
        head, body = Markup(document.head()), Markup(document.body)
        begun = Markup(document.body[:MISPLACED_WITHIN])
        return Said(document, page, head, body, metas_of(head, begun), best_data(document))

    def meta(self, *names: str) -> str | None:
        """The first of these <meta> facts that is there."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def json_ld(self, name: str, *keys: str) -> str | None:
        """The text of a JSON-LD property: itself, one of its ``keys``, or its name."""
        return text_of(self.data.get(name), *keys)

    @cached_property
    def dates(self) -> list[Tag]:
        """The tags whose microdata say that they are a date."""
        return list(self.body.tags_with('itemprop="date'))

    @cached_property
    def title_tag(self) -> str | None:
        """The text of the page's <title>."""
        return next((self.head.text(tag) for tag in self.head.named("title")), None) or next(
            (self.body.text(tag) for tag in self.body.named("title")), None
        )

    @cached_property
    def headings(self) -> list[str]:
        """The texts of the page's first headings of the first rank."""
        texts = (self.body.text(tag).rstrip(" ¶#§") for tag in islice(self.body.named("h1"), MOST_HEADINGS))
        return [text for text in texts if text]


def metas_of(*markups: Markup) -> dict[str, list[str]]:
    """The page's <meta> facts by lower-case name, property or itemprop, each with all that it says, in page order."""
    facts: dict[str, list[str]] = {}
    for markup in markups:
        commented = "<!--" in markup.html
        for found in META.finditer(markup.html):
            content = CONTENT.search(found[0])
            if content is None or not (text := resolved(content[1]).strip()):
                continue
            if commented and markup.is_comment(found.start()):
                continue
            for name in dict.fromkeys(NAMING.findall(found[0])):
                facts.setdefault(resolved(name).strip().lower(), []).append(text)
    return facts


def one_line(text: str | None) -> str | None:
    """One line of plain text; None where nothing is left. Entities that were escaped twice are resolved."""
    if not text:
        return None
    text = resolved(text)
    return " ".join((re.sub(r"<[^>]{1,200}>", "", text) if "<" in text else text).split()) or None
