"""Whose page it is: what tells the site, its publisher and its offices from the people who write there."""

from __future__ import annotations

from dataclasses import dataclass

from quietpage.cleaner.metadata.json_ld import as_list, text_of
from quietpage.cleaner.metadata.near_headline import folded
from quietpage.cleaner.metadata.said import Said
from quietpage.cleaner.metadata.title import site_from_host
from quietpage.cleaner.words.bylines import HOUSE

MIN_HOST_CHARS = 3


@dataclass(frozen=True)
class House:
    """The site's name and the longest word of its host; authors that data say to be companies, and to be people.

    All folded.
    """

    site: str
    host: str
    companies: frozenset[str]
    people: frozenset[str]

    @classmethod
    def of(cls, said: Said, site: str | None) -> House:
        """The house of a page."""
        labels = (site_from_host(said.page.url) or "").split(".")[:-1]
        authors = [one for one in as_list(said.data.get("author")) if isinstance(one, dict)]
        companies, people = (
            frozenset(folded(text_of(one) or "") for one in authors if kind in str(one.get("@type")))
            for kind in ("Organization", "Person")
        )
        return cls(folded(site or ""), folded(max(labels, key=len, default="")), companies, people)

    def is_site(self, name: str) -> bool:
        """Whether a name is the site's."""
        return folded(name) == self.site

    def is_person(self, name: str) -> bool:
        """Whether data say that a name is a person's, as on a blog under its writer's name."""
        return folded(name) in self.people

    def may_be(self, name: str) -> bool:
        """Whether a name may be that of the site, of its publisher, or of an office."""
        one = folded(name)
        known = one in self.companies or one in self.site or one in self.host
        return known or self.is_host(one) or bool(HOUSE.search(name))

    def is_host(self, text: str) -> bool:
        """Whether a folded text holds the name of the host."""
        return len(self.host) >= MIN_HOST_CHARS and self.host in text

    def without(self, text: str) -> str:
        """A byline without the house's own name behind its comma."""
        names, comma, last = text.rpartition(", ")
        return names if comma and last and (folded(last) == self.site or self.is_host(folded(last))) else text
