"""The pictures of an article that goes out: kept ones go along, and in place of the others stands where they are."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quietpage.formats.elements import places, replace
from quietpage.formats.taking import ENDINGS, Taken
from quietpage.library.pictures import is_decoration, is_web_address


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes along: its bytes, what they are, and a file's name that is the same wherever it is shown."""

    type: str
    data: bytes

    @property
    def name(self) -> str:
        return f"{hashlib.sha256(self.data).hexdigest()[:24]}.{ENDINGS[self.type]}"

    @property
    def address(self) -> str:
        """The picture itself as an address."""
        return f"data:{self.type};base64,{base64.b64encode(self.data).decode()}"


def place_pictures(body: Element, taken: Taken, address: Callable[[Picture], str]) -> None:
    """Let each kept picture be shown from the ``address`` it goes to; where one is not kept, say so, with a link.

    Nothing is left in an article that would be loaded from the web when it is opened.
    """
    linked = {id(inner) for link in body.iter("a") for inner in link.iter("img")}
    for parent, at in places(body):
        image = parent[at]
        if image.tag not in ("img", "source"):
            continue
        picture = found(image, taken) if image.tag == "img" else None
        if picture:
            image.set("src", address(picture))
            image.attrib.setdefault("alt", "")
        else:
            unseen = image.tag == "source" or is_decoration(image.attrib)
            replace(parent, at, [] if unseen else [absent(image, linked=id(image) in linked)])
    if body.find(".//img") is None and (lead := lead_picture(taken)):
        shown = Element("p")
        shown.append(Element("img", {"src": address(lead), "alt": ""}))
        shown.tail, body.text = body.text, None
        body.insert(0, shown)


def lead_picture(taken: Taken) -> Picture | None:
    """The picture by which an article is announced that shows none."""
    kept = taken.images.get(taken.kept.article.lead_image or "")
    read = taken.read_image(kept.sha256) if kept else None
    return Picture(*read) if read and read[0] in ENDINGS else None


def found(image: Element, taken: Taken) -> Picture | None:
    """The picture that an ``img`` shows; None where it is not kept."""
    source = image.get("src", "")
    if source.startswith("data:"):
        return within(source)
    kept = taken.images.get(source)
    read = taken.read_image(kept.sha256) if kept else None
    return Picture(*read) if read and read[0] in ENDINGS else None


def within(source: str) -> Picture | None:
    """The picture that a ``data:`` address is."""
    head, comma, data = source.partition(",")
    media_type, *parameters = head[len("data:") :].lower().split(";")
    if not comma or media_type not in ENDINGS or "base64" not in parameters:
        return None
    try:
        return Picture(media_type, base64.b64decode("".join(data.split()), validate=True))
    except (binascii.Error, ValueError):
        return None


def absent(image: Element, *, linked: bool) -> Element:
    """What stands in the place of a picture that is not kept: its words, and a link to where it is."""
    source, words = image.get("src", ""), " ".join(image.get("alt", "").split())
    told = Element("span" if linked or not is_web_address(source) else "a")
    if told.tag == "a":
        told.attrib = {"href": source, "rel": "noopener noreferrer"}
    told.text = f"[{words or 'Picture'}]"
    return told
