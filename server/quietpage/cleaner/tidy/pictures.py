"""Pictures: one address each, the best; tracking pixels, placeholders and doubles go, emoji become text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import Content, attribute, names_of
from quietpage.cleaner.tidy.picture_addresses import PICTURE_FILE, SETS, address, best_address
from quietpage.cleaner.tidy.tree import first_inside, holder_of

EMOJI_CLASS = re.compile(r"\b(?:emoji|wp-smiley|smiley|emoticon)\b", re.I)
STAND_IN_CLASS = re.compile(r"placeholder|lqip|low-?res|blurry|preview-?image|progressiveMedia-thumb|thumb-?blur", re.I)
BACKGROUND = re.compile(r"url\(\s*['\"]?([^'\")]+)")
BACKGROUND_DATA = ("data-bg", "data-background", "data-background-image", "data-bg-src", "data-bgset")
WIDTH_ASKED = re.compile(r"(?:^|&)(?:w|width)=(\d{1,5})(?:&|$)")
NOTICE_MAX_CHARS = 300  # what a page says to browsers without scripts; more is the page itself
TRACKING_PIXELS = 2  # on either side, and smaller
NEAR = 3  # elements up within which a picture and its double meet


def resolve_pictures(content: Content) -> None:
    """Give every picture the address it was to show, however it was to be loaded.

    One address each, the best one: the reader keeps a single copy of a picture.
    """
    for amp in content.all({"amp-img", "amp-anim"}):
        for fallback in amp.find_all(True, recursive=False):
            content.drop(fallback)
        content.rename(amp, "img")
    for noscript in content.all({"noscript"}):
        if content.stands(noscript):  # one may stand in another
            use_fallback(content, noscript)
    for source in content.all({"source"}):
        use_source(source)
        content.drop(source)
    show_backgrounds(content)
    images = content.all({"img"})
    stand_ins = {id(image) for image in images if image.attrs and is_stand_in(image)}
    for image in images:
        resolve(content, image)
    drop_doubles(content, images, stand_ins)


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
    if isinstance(image, Tag) and not address(values_of(image)) and not attribute(image, "srcset"):
        image["srcset"] = next((value for name in SETS if (value := attribute(source, name))), "")


def values_of(image: Tag) -> dict[str, str]:
    """A picture's attributes, stripped."""
    return {name: value.strip() for name, value in image.attrs.items() if isinstance(value, str)}


def show_backgrounds(content: Content) -> None:
    """A figure without a picture shows one as the background of an element in it."""
    if "url(" not in content.source and "data-b" not in content.source:
        return
    for tag in content.all({"div", "span", "a"}):
        found = BACKGROUND.search(attribute(tag, "style"))
        said = found[1] if found else next((value for name in BACKGROUND_DATA if (value := attribute(tag, name))), "")
        figure = holder_of(tag, {"figure"}) if said and not content.weight(tag).chars else None
        if figure is not None and not content.weight(figure).pictures:
            tag.append(content.new("img", src=said.split(" ")[0], alt=attribute(tag, "aria-label")))
            for above in (tag, *tag.parents):
                content.weight(above).pictures += 1


def resolve(content: Content, image: Tag) -> None:
    alt, sizes = attribute(image, "alt"), (attribute(image, "width"), attribute(image, "height"))
    if EMOJI_CLASS.search(attribute(image, "class")):
        image.replace_with(NavigableString(alt))
        return
    is_logo = bool(alt) and alt == content.metadata.site
    is_pixel = any(size.isdecimal() and int(size) <= TRACKING_PIXELS for size in sizes)
    source = "" if is_logo or is_pixel else best_address(values_of(image), content.url)
    if not source:
        content.drop(image)
        return
    kept = {"src": source, "alt": alt, "width": sizes[0], "height": sizes[1]}
    image.attrs = {name: value for name, value in kept.items() if name in ("src", "alt") or value.isdecimal()}


def is_stand_in(image: Tag) -> bool:
    """Whether a picture says that it is only there until the real one has come."""
    around = image.parent
    return (
        attribute(image, "aria-hidden") == "true"
        or bool(STAND_IN_CLASS.search(names_of(image)))
        or (around is not None and around.name in ("div", "span") and bool(STAND_IN_CLASS.search(names_of(around))))
    )


def drop_doubles(content: Content, images: list[Tag], stand_ins: set[int]) -> None:
    """Of two pictures side by side that are one, drop the one that stands in for the other, or was said first."""
    for first, second in pairwise(images):
        if not content.stands(first) or not content.stands(second) or not are_close(content, first, second):
            continue
        if (id(first) in stand_ins) != (id(second) in stand_ins):
            content.drop(first if id(first) in stand_ins else second)
        elif same_file(first, second):
            content.drop(first)


def are_close(content: Content, first: Tag, second: Tag) -> bool:
    """Whether two pictures meet a few elements up, where hardly anything else is."""
    around = {id(above) for above in nearest(first)}
    common = next((above for above in nearest(second) if id(above) in around), None)
    return common is not None and content.weight(common).pictures <= 4 and common.name not in ("p", "[document]")


def nearest(image: Tag) -> Iterator[Tag]:
    above = image.parent
    for _ in range(NEAR):
        if above is not None:
            yield above
            above = above.parent


def same_file(first: Tag, second: Tag) -> bool:
    """Whether two addresses name one file, the second in no smaller size."""
    one, other = (urlsplit(attribute(image, "src")) for image in (first, second))
    if one.path != other.path or one.netloc != other.netloc or not PICTURE_FILE.match(one.path):
        return False
    widths = [int(found[1]) for parts in (one, other) if (found := WIDTH_ASKED.search(parts.query))]
    return len(widths) < 2 or widths[0] <= widths[1]
