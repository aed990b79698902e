"""All that a page says of itself, gathered once: its <meta> facts and its JSON-LD, beside the document."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from typing import Any

from quietpage.article import Page
from quietpage.cleaner.document import Document
from quietpage.cleaner.metadata.json_ld import best_data, text_of


@dataclass(frozen=True, slots=True)
class Said:
    """``metas`` are the page's <meta> facts by lower-case name, ``data`` the JSON-LD object of its article, or {}."""

    document: Document
    page: Page
    metas: dict[str, str]
    data: dict[str, Any]

    @staticmethod
    def by(document: Document, page: Page) -> Said:
        """Gather what a page says."""
        return Said(document, page, document.metas(), best_data(document))

    def meta(self, *names: str) -> str | None:
        """The first of these <meta> facts that is there."""
        return next((self.metas[name] for name in names if self.metas.get(name)), None)

    def json_ld(self, name: str, *keys: str) -> str | None:
        """The text of a JSON-LD property: itself, one of its ``keys``, or its name."""
        return text_of(self.data.get(name), *keys)


def one_line(text: str | None) -> str | None:
    """One line of plain text; None where nothing is left. Entities that were escaped twice are resolved."""
    if not text:
        return None
    text = entities.unescape(text) if "&" in text else text
    return " ".join(re.sub(r"<[^>]{1,200}>", "", text).split()) or None
