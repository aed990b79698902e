"""Videos, sounds, maps and other embeds: each becomes a figure with a link to what it shows, under its title."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.captions import following_caption, gather, lift
from quietpage.cleaner.tidy.content import Content, attribute, names_of, says
from quietpage.cleaner.tidy.embed_addresses import (
    ELEMENTS,
    INSTEAD_OF_PLAYER,
    MAX_ADDRESS_CHARS,
    NUMBERS,
    of_element,
    of_stand_in,
    seen_at,
)
from quietpage.cleaner.tidy.tree import first_inside, holder_of
from quietpage.cleaner.words.clutter import (
    BOX_CLASSES,
    EMBED_CLUTTER,
    LISTEN_CLASS,
    PLAYER_CLASS,
    PROMOTION,
    PROMOTION_MAX_CHARS,
    RELATED_CLASS,
)
from quietpage.cleaner.words.content import CAPTION_MAX_CHARS, EMBED_UNTITLED, PLAYS_MARK

SOUNDS = frozenset({"audio", "amp-audio"})
MEDIA = SOUNDS | {"video", "amp-video"}
FRAMES = frozenset({"iframe", "amp-iframe", "embed"})
EMBEDS = MEDIA | FRAMES | ELEMENTS.keys()
STANDS_IN = frozenset([*INSTEAD_OF_PLAYER, *NUMBERS])
LAZY = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data-cmp-src", "data-original", "data-url")
HOLDERS = frozenset("div section p span figure center noscript picture a".split())
LEAST_PIXELS = 50  # a smaller frame shows nothing
IS_EMBED = re.compile(
    r"/(?:embed\w*|e|player|video|maps?|viewer|preview|interactive|chart|d)\b|\bembed\b|\.pdf\b", re.I
)
PLAYS = re.compile(
    r"video|youtu|vimeo|watch|audio|sound|podcast|spotify|music|listen|player|\.(?:mp[34]|m4[av]|webm|ogg)\b", re.I
)
POST_OF_BLOG = re.compile(r"/embed/?(?:\?[^#]*)?#\?secret=")
OPENING_CHARS = 120  # a player before so much text reads the article out
TITLE_MAX_CHARS = 200
FEW = 3  # embeds in a figure or a player's box


def link_embeds(content: Content) -> None:
    """Put a link in the place of each embed. It stands in a caption, for its words are not the page's own.

    Left for the steps that drop players: what is not seen, advertises, counts, or reads the article out.
    """
    embeds = [tag for tag in content.tags if tag.name in EMBEDS or (tag.attrs and not STANDS_IN.isdisjoint(tag.attrs))]
    if not embeds:
        return
    opening = opening_of(content)
    linked: set[str] = set()
    for embed in embeds:
        if not content.stands(embed) or not is_shown(embed):
            continue
        outer, address = outermost(content, embed), address_of(content, embed)
        if outer.parent is not None and reads_out(content, outer):
            content.strike(outer.parent if outer.parent.name == "figure" else outer, "embeds", "reads the article out")
        elif not address or is_clutter(content, embed, outer, address) or is_loose_sound(embed, opening):
            continue
        elif (page := seen_at(address)) in linked:  # the same again, for browsers without scripts
            content.drop(outer)
        else:
            linked.add(page)
            link(content, embed, outer, page)


def opening_of(content: Content) -> set[int]:
    """The ids of the elements that stand before the text has begun."""
    found: set[int] = set()
    chars = 0
    for node in content.root.descendants:
        if isinstance(node, Tag):
            found.add(id(node))
        elif isinstance(node, NavigableString):
            chars += len(node.strip())
            if chars > OPENING_CHARS:
                break
    return found


def is_shown(embed: Tag) -> bool:
    """Whether an embed has a size to be seen at, and nothing says that it is hidden."""
    if any(name in embed.attrs for name in ("hidden", "data-qp-hidden")) or attribute(embed, "aria-hidden") == "true":
        return False
    sizes = (attribute(embed, "width").removesuffix("px"), attribute(embed, "height").removesuffix("px"))
    return embed.name in SOUNDS or not any(size.isdecimal() and int(size) < LEAST_PIXELS for size in sizes)


def address_of(content: Content, embed: Tag) -> str:
    """Where an embed loads from, absolute; "" where that is no address of the web."""
    if embed.name in ELEMENTS:
        said = of_element(embed.name, partial(attribute, embed))
    elif embed.name in EMBEDS:
        source = first_inside(embed, {"source"}) if embed.name in MEDIA else None
        places = [embed] if source is None else [embed, source]
        values = (value for place in places for name in LAZY if (value := attribute(place, name)))
        said = next(
            (value for value in values if not value.startswith(("about:", "data:", "blob:", "javascript:"))), ""
        )
    else:
        said = of_stand_in(partial(attribute, embed))
    try:
        address = urljoin(content.url, said) if 0 < len(said) < MAX_ADDRESS_CHARS else ""
        return address if urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname else ""
    except ValueError:
        return ""


def outermost(content: Content, embed: Tag) -> Tag:
    """The largest element that holds nothing but the embed."""
    outer, pictures = embed, content.weight(embed).pictures + 1
    while (above := outer.parent) is not None and (above.name in HOLDERS or "-" in above.name):
        weight = content.weight(above)
        if weight.chars > content.weight(embed).chars or weight.pictures > pictures:
            break
        outer = above
    return outer


def is_clutter(content: Content, embed: Tag, outer: Tag, address: str) -> bool:
    """Whether an embed advertises, asks, counts, reads the article out, or says nothing of what it shows."""
    if EMBED_CLUTTER.search(address) or PROMOTION.fullmatch(title_of(embed)):
        return True
    if POST_OF_BLOG.search(address) and urlsplit(address).hostname == urlsplit(content.url).hostname:
        return True  # another story of the site
    node: Tag | None = embed
    while node is not None and node is not outer.parent:
        names = names_of(node)
        if says(RELATED_CLASS, names) or says(LISTEN_CLASS, names) or any(says(box, names) for box, _ in BOX_CLASSES):
            return True
        node = node.parent
    return embed.name in FRAMES and not says_what_it_is(embed, address)


def reads_out(content: Content, outer: Tag) -> bool:
    """Whether the few words around a player say that it reads the article out."""
    box = outer.parent
    if box is None or not 0 < content.weight(box).chars <= PROMOTION_MAX_CHARS or content.weight(box).pictures > FEW:
        return False
    return says(LISTEN_CLASS, names_of(box)) or any(map(PROMOTION.fullmatch, box.stripped_strings))


def says_what_it_is(frame: Tag, address: str) -> bool:
    return bool(title_of(frame) or "allowfullscreen" in frame.attrs or IS_EMBED.search(address))


def is_loose_sound(embed: Tag, opening: set[int]) -> bool:
    """Whether a sound is no part of the story: set before it, or in a box of its own without a title."""
    if embed.name not in SOUNDS:
        return False
    box = embed.parent
    told = bool(title_of(embed)) or box is None or box.name in ("figure", "[document]", "p") or not box.attrs
    return id(embed) in opening or not told


def title_of(embed: Tag) -> str:
    """What an embed is called; "" where that says only that it is one."""
    for name in ("title", "data-title", "aria-label", "playlabel", "alt"):
        title = " ".join(attribute(embed, name).split())
        if title and not EMBED_UNTITLED.fullmatch(title):
            return title[:TITLE_MAX_CHARS]
    return ""


def link(content: Content, embed: Tag, outer: Tag, page: str) -> None:
    """Put the link where the embed stood, before the caption it had."""
    anchor = content.new("a", href=page)
    anchor.string = label(embed, page)
    figure = holder_of(embed, {"figure"}) if outer.name != "figure" else None
    weight = content.weight(figure or outer)
    small = weight.chars <= CAPTION_MAX_CHARS and weight.pictures <= FEW
    caption = first_inside(figure, {"figcaption"}) if figure is not None and small else None
    if figure is None or caption is None:
        figure, caption = content.new("figure"), content.new("figcaption")
        outer.insert_before(figure)
        told = following_caption(content, outer)
        caption = gather(content, told) or caption
        figure.append(caption)
    caption.insert(0, anchor)
    if caption.contents[1:]:
        anchor.insert_after(" ")
    if poster := attribute(embed, "poster"):
        figure.insert(0, content.new("img", src=poster, alt=""))
    content.drop(outer)
    for tag in (figure, caption):
        weight = content.weight(tag)
        weight.chars += len(anchor.get_text())
        weight.link_chars += len(anchor.get_text())
    keep_boxes(content, figure)
    lift(figure)


def keep_boxes(content: Content, figure: Tag) -> None:
    """Let no later step take a linked embed for the player it was, by what the boxes around it are called."""
    for above in (figure, *figure.parents):
        weight = content.weight(above)
        weight.pictures += 1
        if weight.chars <= CAPTION_MAX_CHARS and above.name in HOLDERS and says(PLAYER_CLASS, names_of(above)):
            above.attrs = {name: above.attrs[name] for name in ("lang", "dir") if name in above.attrs}


def label(embed: Tag, page: str) -> str:
    """What a link to an embed says: its title, and where it leads; a triangle before what is played."""
    host = (urlsplit(page).hostname or "").removeprefix("www.")
    title = title_of(embed)
    plays = embed.name in MEDIA or embed.name in ELEMENTS or PLAYS.search(page)
    return (f"{PLAYS_MARK} " if plays else "") + (f"{title} ({host})" if title else host)
