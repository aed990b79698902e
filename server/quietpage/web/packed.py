"""Pictures that came with a page: within it, as ``data:`` addresses, or beside it, in the file that it was packed in.

Each gets an address by its content, under which the library keeps it as it keeps pictures from the web. The captured
page keeps what it has within; an article shows only the addresses. One picture at a time is unpacked.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import unquote, unquote_to_bytes

from quietpage.article import CONTENT_ADDRESS, Article, Page, content_address, is_content_address
from quietpage.library.images import MOST_IMAGE_BYTES, MOST_IMAGES, ImagesFull, ImageTooLarge, NoSuchPicture, NotAnImage
from quietpage.library.incoming import Beside
from quietpage.library.library import Library, NoSuchArticle, Saved
from quietpage.library.pictures import is_web_address, pictures_of

RASTER = tuple(f"data:image/{form}" for form in ("png", "jpeg", "jpg", "gif", "webp", "avif"))
SHORTEST_CHARS = 400  # of a data: address; a shorter one keeps the place of a picture, and is none
HEAD_CHARS = 200  # of one, before its comma
MOST_ADDRESS_CHARS = 8192
NO_PICTURE = "It is no picture."
NOWHERE = (0, 0)
IMG = re.compile(r"<img(?=[\s/])", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>="'][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+""")
END = re.compile(r"[\s/]*+>")
# SingleFile notes where the page is from, and writes a picture that is shown twice once, as a variable of its style
SINGLE_FILE = re.compile(r"page saved with singlefile", re.IGNORECASE)
SINGLE_FILE_CHARS = 64 * 1024  # from the page's begin, where that note stands
VARIABLE = re.compile(r"(--sf-img-\d+)\s*+:\s*+url\(\s*+[\"']?(data:image/[^\"')]*+)")
USED_VARIABLE = re.compile(r"var\(\s*(--sf-img-\d+)")
OF_LOADERS = ("srcset", "sizes")  # and data-…: other addresses of a picture that is here already


@dataclass(frozen=True, slots=True)
class _Tag:
    """An ``img``: where its tag stands, and where in the text the values of its attributes do."""

    begin: int
    end: int
    values: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Brought:
    """How many pictures came with a page, and which were left out, by the reason and how many."""

    kept: int = 0
    left: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        """What was left out, for people; blank where nothing was."""
        reasons = (f"{number} × {reason.rstrip('.')}" for reason, number in self.left)
        return f"pictures left out: {'; '.join(reasons)}" if self.left else ""


def addressed(page: Page) -> Page:
    """A page as it is cleaned: each picture within it stands as its address."""
    text = text_of(page)
    if "data:image/" not in text and "DATA:IMAGE/" not in text:
        return page
    packed = SINGLE_FILE.search(text, 0, SINGLE_FILE_CHARS) is not None
    variables = variables_of(text)

    def changed(tag: _Tag) -> str | None:
        span = within(text, tag, variables)
        return rewritten(text, tag, address_of(text, span), alone=packed) if span else None

    return rewrite(page, text, changed)


def beside_addressed(page: Page, beside: Beside) -> tuple[Page, Beside]:
    """A page as it is kept, and what lies beside it by the addresses there.

    A picture that lies beside the page, by a name that means nothing elsewhere, stands as its content's address.
    """
    text, names = text_of(page), dict[str, str]()

    def changed(tag: _Tag) -> str | None:
        source = value(text, tag, "src").strip()
        if not source or len(source) > MOST_ADDRESS_CHARS or source[:5].lower() == "data:":
            return None
        if (data := beside(source)) is None:
            return None
        address = source
        if not is_web_address(source) or "/_next/image?" in source:  # the cleaner sees through the second
            names[address := content_address(data)] = source
        return rewritten(text, tag, address, alone=True)

    return rewrite(page, text, changed), lambda address: beside(names.get(address, address))


def rewrite(page: Page, text: str, changed: Callable[[_Tag], str | None]) -> Page:
    """A page with some tags written anew."""
    out, at = list[str](), 0
    for tag in images_in(text):
        if (new := changed(tag)) is not None:
            out += (text[at : tag.begin], new)
            at = tag.end
    if not out:
        return page
    whole = "".join((*out, text[at:]))
    return replace(page, html=whole if isinstance(page.html, str) else whole.encode("latin-1"))


def rewritten(text: str, tag: _Tag, address: str, *, alone: bool) -> str:
    """A tag that shows what has this address; ``alone``: and says no other."""
    kept = [f'src="{address.replace("&", "&amp;").replace(chr(34), "&quot;")}"']
    for name, (begin, end) in tag.values.items():
        if name != "src" and not (alone and (name in OF_LOADERS or name.startswith("data-"))):
            said, sign = text[begin:end], '"' if '"' not in text[begin:end] else "'"
            kept.append(f"{name}={sign}{said}{sign}" if said else name)
    return f"<img {' '.join(kept)}>"


def save(library: Library, article: Article, page: Page, entry: int | None = None) -> Saved:
    """Keep an article as ``Library.save`` does, with the pictures that its page came with."""
    saved = library.save(article, page, entry)
    keep_pictures(library, saved.id, article, page)
    return saved


def keep_pictures(library: Library, saved: int, article: Article, page: Page, beside: Beside | None = None) -> Brought:
    """Keep what the article ``saved`` shows and its page came with; ``article`` is that page's. What is there stays."""
    if beside is None and CONTENT_ADDRESS.search(article.html) is None:
        return Brought()
    try:
        wanted = library.images.absent(saved)
    except NoSuchArticle:  # it is in the trash
        return Brought()
    text = text_of(page)
    inside = addresses_within(text) if any(map(is_content_address, wanted)) else {}
    kept, left = 0, Counter[str]()
    for source in wanted:
        try:
            data = unpacked(text, inside[source]) if source in inside else beside(source) if beside else None
            if data is not None:
                library.images.keep(saved, source, data)
                kept += 1
        except (NotAnImage, ImageTooLarge, ImagesFull, NoSuchPicture) as refused:
            left[str(refused)] += 1
    if late := sum(map(is_content_address, pictures_of(article.html)[MOST_IMAGES:])):
        left[f"An article keeps {MOST_IMAGES} pictures."] += late
    return Brought(kept, tuple(sorted(left.items())))


def addresses_within(text: str) -> dict[str, tuple[int, int]]:
    """Where in a page's text the pictures within it stand, by their addresses."""
    variables = variables_of(text)
    spans = (span for tag in images_in(text) if (span := within(text, tag, variables)))
    return {address_of(text, span): span for span in spans}


def address_of(text: str, span: tuple[int, int]) -> str:
    """A picture's address by its content; by how it is written, for what cannot be unpacked."""
    try:
        return content_address(unpacked(text, span))
    except (NotAnImage, ImageTooLarge):
        return content_address(text[slice(*span)].encode("utf-8", "surrogatepass"))


def unpacked(text: str, span: tuple[int, int]) -> bytes:
    """The bytes of a ``data:`` address. Raises NotAnImage and ImageTooLarge."""
    begin, end = span
    comma = text.find(",", begin, begin + HEAD_CHARS)
    head = text[begin:comma].lower()
    if comma < 0 or (end - comma) * 3 // 4 > 2 * MOST_IMAGE_BYTES:  # twice: line breaks may stand in it
        raise ImageTooLarge(f"It may have {MOST_IMAGE_BYTES // 1024:,} KiB.") if comma >= 0 else NotAnImage(NO_PICTURE)
    data = text[comma + 1 : end]
    data = unescape(data) if "&" in data else data
    if not head.rstrip().endswith(";base64"):
        return unquote_to_bytes(data)
    data = "".join((unquote(data) if "%" in data else data).split())
    try:
        return base64.b64decode(data + "=" * (-len(data) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise NotAnImage(NO_PICTURE) from None


def within(text: str, tag: _Tag, variables: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    """Where the picture stands that a tag holds; None where it holds none."""
    used = USED_VARIABLE.search(text, *tag.values.get("style", NOWHERE)) if variables else None
    if used and used[1] in variables:
        return variables[used[1]]
    begin, end = tag.values.get("src", NOWHERE)
    while begin < end and text[begin].isspace():
        begin += 1
    return (begin, end) if end - begin >= SHORTEST_CHARS and is_raster(text, begin) else None


def is_raster(text: str, begin: int) -> bool:
    """Whether a ``data:`` address of a picture that may be kept begins here, by what it says."""
    return text[begin : begin + HEAD_CHARS].lower().startswith(RASTER)


def variables_of(text: str) -> dict[str, tuple[int, int]]:
    """The pictures that stand in variables of the page's style."""
    if "--sf-img-" not in text:
        return {}
    return {found[1]: found.span(2) for found in VARIABLE.finditer(text) if is_raster(text, found.start(2))}


def images_in(text: str) -> Iterator[_Tag]:
    """All ``img`` tags, each read once; what is not whole is none."""
    at = 0
    while begun := IMG.search(text, at):
        at, values = begun.end(), dict[str, tuple[int, int]]()
        while part := ATTRIBUTE.match(text, at):
            at = part.end()
            group = part.lastindex or 1
            values.setdefault(part[1].lower(), part.span(group) if group > 1 else (at, at))
        if end := END.match(text, at):
            at = end.end()
            yield _Tag(begun.start(), at, values)


def value(text: str, tag: _Tag, name: str) -> str:
    """An attribute's value; blank where there is none."""
    return unescape(text[slice(*tag.values.get(name, NOWHERE))])


def text_of(page: Page) -> str:
    """A page's markup: of served bytes each as a character, whatever they are encoded in."""
    return page.html if isinstance(page.html, str) else page.html.decode("latin-1")
