"""What a browser would do with HTML of ours: whether anything in it runs, loads from elsewhere or takes a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

RUNS = {"script", "iframe", "frame", "object", "embed", "applet", "portal", "base", "style", "svg", "template", "meta"}
LOADS = {"src", "srcset", "poster", "background", "data", "ping", "action", "formaction", "longdesc", "xlink:href"}
# "data-…" is the pages' own; of an address, what a browser's parser leaves out before it reads the scheme
IGNORED = re.compile(r"[\x00-\x20]+")
HARMLESS_SCHEMES = ("http:", "https:", "mailto:")
RASTER = re.compile(r"data:image/(png|jpeg|gif|webp|avif)[;,]")


def harms(html: str, *, page: bool = False) -> list[str]:
    """What in it would do harm, in a few words. In a whole ``page`` our own scripts, styles and forms may stand."""
    tree = LexborHTMLParser(html)
    assert tree.root is not None
    return [harm for node in tree.root.traverse() for harm in harms_of(node, page=page)]


def harms_of(node: LexborNode, *, page: bool) -> Iterator[str]:
    """The same of one element."""
    tag = node.tag or ""
    if tag in RUNS and not (page and is_own(node)):
        yield f"<{tag}>"
    for name, given in node.attributes.items():
        value = IGNORED.sub("", given or "").lower()
        if (
            name.startswith("on")
            or name == "style"
            or (name == "href" and tag != "link" and is_active(value))
            or (name in LOADS and is_loaded(value) and (page or tag != "img"))  # pictures are replaced in the reader
            or (name in ("id", "name") and not page and not value.startswith("qp-"))
        ):
            yield f"{tag} {name}={given}"


def is_loaded(value: str) -> bool:
    """Whether the address of something that is loaded leads elsewhere, or holds more than a picture."""
    return not (is_own_address(value) or RASTER.match(value))


def is_own(node: LexborNode) -> bool:
    """Whether an element of a page is one of those that our templates have."""
    attributes = node.attributes
    if node.tag == "script":
        return str(attributes.get("src")).startswith("/static/") and not node.text(deep=True).strip()
    if node.tag == "iframe":
        return "allow" not in str(attributes.get("sandbox", "allow")) and is_own_address(str(attributes.get("src")))
    if node.tag == "meta":
        return "http-equiv" not in attributes
    return node.tag == "svg"  # what is in it is looked at by itself


def is_own_address(value: str) -> bool:
    """Whether an address leads to our own server."""
    return value.startswith("/") and not value.startswith(("//", "/\\"))


def is_active(value: str) -> bool:
    """Whether an address has a scheme that may do something."""
    return re.match(r"[a-z][a-z0-9+.-]*:", value) is not None and not value.startswith(HARMLESS_SCHEMES)
