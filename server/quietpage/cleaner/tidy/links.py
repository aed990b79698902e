"""Links: absolute, followable ones only; those to the page itself stay fragments, and lead to something in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import Tag

from quietpage.cleaner.tidy.content import HEADINGS, Content, attribute, says
from quietpage.cleaner.tidy.tree import inside
from quietpage.cleaner.words.clutter import HEADING_TOOL_CLASS

ANCHOR_MARK = re.compile(r"[¶#§🔗⚓]?|(?:permalink|link|anchor|direct link to .*)", re.IGNORECASE)
TOOL_MAX_CHARS = 30
CONTENTS_LINK_DENSITY = 0.9
SCHEMES = frozenset({"http", "https", "mailto"})
ID_PREFIXES = ("", "user-content-")  # sites that let people write HTML put one before ids, and links are to do without


def resolve_links(content: Content) -> None:
    """Make every link absolute; a link that leads nowhere leaves its words.

    A fragment stays one where its place is still here, as a footnote is, and else leads to the page as it was.
    """
    here = urldefrag(content.url)[0]
    known: dict[str, str] = {}
    links = content.all({"a"})
    places = places_of(content) if any("#" in attribute(link, "href") for link in links) else frozenset()
    for link in links:
        href = attribute(link, "href")
        if href not in known:
            known[href] = led_to(resolve(href, content.url, here), places, here)
        identifier = attribute(link, "id") or attribute(link, "name")
        link.attrs = {"href": known[href]} if known[href] else {}
        if identifier:
            link["id"] = identifier
        if not link.attrs:
            link.unwrap()


def places_of(content: Content) -> Collection[str]:
    """What fragments may lead to: the ids that stand, and the names of old anchors."""
    standing = [tag for tag in content.tags if tag.attrs and content.stands(tag)]
    return {attribute(tag, "id") for tag in standing} | {attribute(tag, "name") for tag in standing if tag.name == "a"}


def led_to(address: str, places: Collection[str], here: str) -> str:
    """A fragment as it must be to lead somewhere: to a place in the content, or to the page it was cut from."""
    if not address.startswith("#"):
        return address
    found = next((prefix for prefix in ID_PREFIXES if prefix + address[1:] in places), None)
    if found is not None:
        return f"#{found}{address[1:]}"
    return here + address if here.startswith(("http://", "https://")) else address


def drop_heading_anchors(content: Content) -> None:
    """Drop the marks beside headings that link to the heading itself, and what edits the part below it."""
    for heading in content.all(HEADINGS):
        for link in list(inside(heading, {"a"})):
            if ANCHOR_MARK.fullmatch(link.get_text().strip()) and "#" in attribute(link, "href"):
                drop_mark(content, heading, link)
    for tag in content.all({"span", "div", "a"}):
        if tag.attrs and says(HEADING_TOOL_CLASS, attribute(tag, "class")) and content.stands(tag):
            weight = content.weight(tag)
            if weight.link_chars and weight.chars <= TOOL_MAX_CHARS:
                content.strike(tag, "links", "edits the part below a heading")


def drop_mark(content: Content, heading: Tag, mark: Tag) -> None:
    """Drop a mark, but not the place that others link to."""
    place = attribute(mark, "id") or attribute(mark, "name")
    if place and attribute(heading, "id") in ("", place):
        heading["id"] = place
    elif place:
        heading.insert_before(content.new("span", id=place))
    content.drop(mark)


def unlink_headings(content: Content) -> None:
    """Leave a heading that is a link to itself as a heading: so sites give out the address of a part."""
    here = urldefrag(content.url)[0]
    for heading in content.all(HEADINGS):
        for link in inside(heading, {"a"}):
            address = resolve(attribute(link, "href"), content.url, here)
            if address.startswith("#") and covers(link, heading) and stands_at(heading, address[1:]):
                del link["href"]


def stands_at(heading: Tag, place: str) -> bool:
    """Whether a fragment leads to a heading; it takes over that of the part which it opens."""
    if any(
        place in (attribute(tag, "id"), attribute(tag, "name")) for tag in (heading, *inside(heading, {"a", "span"}))
    ):
        return True
    part = heading.parent
    if part is None or attribute(part, "id") != place or heading.find_previous_sibling() or heading.get("id"):
        return False
    del part["id"]
    heading["id"] = place
    return True


def covers(link: Tag, heading: Tag) -> bool:
    return link.get_text().strip() == heading.get_text().strip()


def drop_contents_list(content: Content) -> None:
    """Drop the page's table of contents: a list of nothing but links to headings of the content."""
    if 'href="#' not in content.source:
        return
    headed = {attribute(tag, "id") for tag in content.all(HEADINGS)}
    headed |= {attribute(tag, "id") for heading in content.all(HEADINGS) for tag in inside(heading, {"a", "span"})}
    headed -= {""}
    for part in content.all({"ul", "ol"}) if headed else ():
        weight = content.weight(part)
        if not content.stands(part) or weight.link_density < CONTENTS_LINK_DENSITY or weight.pictures:
            continue
        hrefs = (attribute(link, "href") for link in inside(part, {"a"}))
        if all(href[:1] == "#" and href[1:] in headed for href in hrefs):
            content.strike(with_its_heading(content, part), "links", "the page's table of contents")


def with_its_heading(content: Content, part: Tag) -> Tag:
    """A list with the box around it that holds its heading at most."""
    most = content.weight(part).chars + TOOL_MAX_CHARS
    while (above := part.parent) is not None and above.name in ("div", "nav", "section", "details", "aside"):
        if content.weight(above).chars > most or content.weight(above).pictures:
            break
        part = above
    return part


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
