"""Pictures: their real address and size variants, absolute; tracking pixels and placeholders go, emoji become text."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import Content, attribute
from quietpage.cleaner.tidy.tree import first_inside

LAZY = (
    "data-src", "data-lazy-src", "data-original", "data-orig-src", "data-lazy", "data-hi-res-src", "data-image-src",
    "data-img-src", "data-img", "data-full-src", "data-large-src", "data-src-medium", "data-src-large", "data-url",
    "data-echo", "data-image", "data-image-url", "data-fallback-src", "data-native-src", "data-medium-file",
)  # fmt: skip
LAZY_SET = ("data-srcset", "data-lazy-srcset", "data-src-set", "data-original-set", "srcset")
PLACEHOLDER = re.compile(
    r"(?:^data:|\b(?:blank|spacer|placeholder|transparent|pixel|1x1|lazy-?load|loading|grey|gray)\b[^/]*$)", re.I
)
PICTURE_URL = re.compile(r"(?:https?:)?//|/|[\w.%-]+/|[^\s]+\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?|$)", re.I)
CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s+([\d.]+[wx]))?\s*(?:,|$)")
EMOJI_CLASS = re.compile(r"\b(?:emoji|wp-smiley|smiley|emoticon)\b", re.I)
NOTICE_MAX_CHARS = 300  # what a page says to browsers without scripts; more is the page itself
TRACKING_PIXELS = 2  # on either side, and smaller


def resolve_pictures(content: Content) -> None:
    """Give every picture the address it was to show, however it was to be loaded."""
    for noscript in content.all({"noscript"}):
        if content.stands(noscript):  # one may stand in another
            use_fallback(content, noscript)
    for amp in content.all({"amp-img", "amp-anim"}):
        content.rename(amp, "img")
    for source in content.all({"source"}):
        use_source(source)
        content.drop(source)
    for image in content.all({"img"}):
        resolve(content, image)


def use_fallback(content: Content, noscript: Tag) -> None:
    """In <noscript> stands the picture that a lazy loader was to fetch, or a notice."""
    image = first_inside(noscript, {"img"})
    if content.weight(noscript).chars > NOTICE_MAX_CHARS:
        return  # a page for readers without scripts: its wrapper goes when the content is written
    if image is None:
        content.strike(noscript, "pictures", "notice for browsers without scripts")
        return
    lazy = neighbor_picture(noscript)
    if lazy is None:
        noscript.insert_before(image.extract())
    else:
        lazy.attrs = {**lazy.attrs, **image.attrs}
    content.drop(noscript)


def neighbor_picture(noscript: Tag) -> Tag | None:
    """The picture just before or after that the fallback stands for."""
    for beside in (noscript.find_previous_sibling(), noscript.find_next_sibling()):
        if beside is not None:
            image = beside if beside.name == "img" else first_inside(beside, {"img"})
            if isinstance(image, Tag):
                return image
    return None


def use_source(source: Tag) -> None:
    """Where a <picture>'s own image has no address, its sources have."""
    picture = source.parent
    image = first_inside(picture, {"img"}) if picture is not None and picture.name == "picture" else None
    if isinstance(image, Tag) and not address(image) and not attribute(image, "srcset"):
        image["srcset"] = next((value for name in LAZY_SET if (value := attribute(source, name))), "")


def resolve(content: Content, image: Tag) -> None:
    alt, sizes = attribute(image, "alt"), (attribute(image, "width"), attribute(image, "height"))
    if EMOJI_CLASS.search(attribute(image, "class")):
        image.replace_with(NavigableString(alt))
        return
    is_logo = bool(alt) and alt == content.metadata.site
    if is_logo or any(size.isdecimal() and int(size) <= TRACKING_PIXELS for size in sizes):
        content.drop(image)
        return
    srcset = next((s for name in LAZY_SET if (s := absolute_set(attribute(image, name), content.url))), "")
    said = address(image)
    source = (largest(srcset) if srcset and PLACEHOLDER.search(said) else "") or absolute(said, content.url)
    source = source or largest(srcset)
    if not source:
        content.drop(image)
        return
    kept = {"src": source, "srcset": srcset, "alt": alt, "width": sizes[0], "height": sizes[1]}
    image.attrs = {name: value for name, value in kept.items() if value or name == "alt"}
    for name in ("width", "height"):
        if name in image.attrs and not kept[name].isdecimal():
            del image.attrs[name]


def address(image: Tag) -> str:
    """Where the picture lies: a lazy loader's attribute where ``src`` is a placeholder, and else ``src``."""
    source = attribute(image, "src")
    lazy = next((v for name in LAZY if (v := attribute(image, name)) and PICTURE_URL.match(v)), "")
    if lazy and (not source or PLACEHOLDER.search(source) or "data-src" in image.attrs):
        return lazy
    return "" if source.startswith("data:image/svg") or (len(source) < 400 and source.startswith("data:")) else source


def absolute(url: str, base: str) -> str:
    """An http(s) address, or raster ``data:``; "" for anything else."""
    if url.startswith("data:image/"):
        return url
    try:
        resolved = urljoin(base, url) if url else ""
        return resolved if urlsplit(resolved).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def absolute_set(srcset: str, base: str) -> str:
    """A srcset with absolute addresses; candidates without any are left out."""
    found = [(absolute(url, base), size) for url, size in CANDIDATE.findall(srcset) if not url.startswith("data:")]
    return ", ".join(f"{url} {size}".strip() for url, size in found if url)


def largest(srcset: str) -> str:
    """The address of a srcset's largest picture."""
    best, most = "", -1.0
    for candidate in srcset.split(", ") if srcset else ():
        url, _, size = candidate.partition(" ")
        value = float(size[:-1]) if re.fullmatch(r"[\d.]+[wx]", size) and size[:-1].count(".") < 2 else 0.0
        if value > most:
            best, most = url, value
    return best
