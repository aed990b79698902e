"""Read a page's body, in one pass, into elements and blocks of text."""

from __future__ import annotations

from quietpage.cleaner.elements import AFTER_TAG, OUTSIDE, Block, Element, Picture, add_up
from quietpage.cleaner.unread import end_of_chrome
from quietpage.cleaner.written_tags import (
    CLOSES,
    LINE_BREAK,
    NOTHING,
    OPENS_BLOCK,
    OPENS_LINK,
    OPENS_WITHIN,
    PARTS_BLOCKS,
    PICTURE,
    UNREAD_OPENS,
    VOID,
    Tag,
    end_of_tag,
    is_whole,
    understand,
)


def read_blocks(body: str, *, all_of_it: bool = False) -> Reading:
    """Read the body's HTML into its elements, its blocks and its pictures, all in page order.

    What calls itself the site's chrome and holds little but links gives an element without blocks, unless ``all_of_it``
    is asked for.
    """
    reading = Reading(body, all_of_it)
    reading.run()
    add_up(reading.elements, reading.blocks)
    return reading


class Reading:
    """One pass over the body, without recursion: text gathers into a block until a break ends it.

    ``chrome`` has the elements that were not read.
    """

    def __init__(self, body: str, all_of_it: bool) -> None:
        self.body = body
        self.all_of_it = all_of_it
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self.chrome: list[Element] = []

    def run(self) -> None:
        """Fill elements, blocks and pictures: piece by piece, each a tag and the text behind it.

        One long loop, for it runs some 2,000 times a page, and every call in it would cost as much as itself.
        """
        body, known = self.body, dict[str, Tag]()
        stack: list[tuple[Element, int]] = []  # what was around, and what the start tag did
        element = opened_in = OUTSIDE
        texts: list[str] = []
        spans: list[tuple[int, int]] = []
        link_chars = links = in_links = begun = unread = next_start = tag_end = 0
        breaks = False  # a line break stood here, with no text since
        for piece in body.split("<")[1:]:  # a body begins with its tag
            start = next_start
            next_start = start + len(piece) + 1
            if start >= tag_end:
                markup, closed, text = piece.partition(">")
                tag = known.get(markup)
                place = next_start - len(text)
                if tag is None:
                    tag_end = place if closed and is_whole(markup) else end_of_tag(body, start)
                    if tag_end == place:
                        tag = known[markup] = understand(markup)
                    else:
                        tag, text, place = understand(body[start + 1 : tag_end - 1]), body[tag_end:next_start], tag_end
            elif next_start > tag_end:  # the rest of a piece in which a long tag ended
                tag, text, place = AFTER_TAG, body[tag_end:next_start], tag_end
            else:
                continue
            kind = tag.kind
            if unread:
                unread += (kind != CLOSES and tag.name not in VOID and kind != NOTHING) - (kind == CLOSES)
                if unread:
                    continue
                kind = NOTHING  # this end tag belongs to what was not read
            if kind == CLOSES:
                if stack:
                    around, opened = stack.pop()
                    if opened == OPENS_BLOCK:
                        if texts:  # what has gathered is a block
                            self.add_block(opened_in, texts, spans, link_chars, links, begun, start)
                            texts, spans = [], []
                        begun, breaks = place, False
                        link_chars = links = 0
                    elif opened == OPENS_LINK:
                        in_links -= 1
                    if element is not around:
                        element.end = place
                        element = around
            elif kind in PARTS_BLOCKS or (kind == LINE_BREAK and breaks):
                if texts:
                    self.add_block(opened_in, texts, spans, link_chars, links, begun, start)
                    texts, spans = [], []
                begun, breaks = place, False
                link_chars = links = 0
                if kind == OPENS_BLOCK:
                    inner = self.open(tag, element, start)
                    if tag.names_chrome and not self.all_of_it and (end := end_of_chrome(body, start, tag.name)):
                        self.chrome.append(inner)
                        inner.end = tag_end = begun = end
                        continue
                    stack.append((element if element is not OUTSIDE else inner, OPENS_BLOCK))
                    element = inner
            elif kind in OPENS_WITHIN:
                if kind == OPENS_LINK:
                    in_links += 1
                    links += 1
                stack.append((element, kind))
                if tag.described and not texts:
                    element = self.open(tag, element, start)
            elif kind == LINE_BREAK:
                if texts:
                    texts.append(" ")
                    breaks = True
            elif kind == PICTURE:
                self.pictures.append(Picture(element, start, place))
            elif kind == UNREAD_OPENS:
                unread = 1
                continue
            if not text or ((not texts or breaks) and text.isspace()):
                continue
            if not texts:
                opened_in = element
            breaks = False
            texts.append(text)
            spans.append((place, next_start))
            if in_links:
                link_chars += len(text.strip())
        if texts:
            self.add_block(opened_in, texts, spans, link_chars, links, begun, len(body))
        for one in self.elements:  # what was not closed ends where its parent does
            if not one.end:
                one.end = one.parent.end if one.parent is not None else len(body)

    def open(self, tag: Tag, parent: Element, start: int) -> Element:
        """Begin an element inside ``parent``."""
        parent.children += 1
        place = parent.place.inside(tag) if tag.is_place else parent.place
        outer = None if parent is OUTSIDE else parent
        element = Element(len(self.elements), tag, outer, parent.depth + 1, place, start)
        if tag.name == "article":
            place.article = element
        self.elements.append(element)
        return element

    def add_block(
        self,
        element: Element,
        texts: list[str],
        spans: list[tuple[int, int]],
        link_chars: int,
        links: int,
        start: int,
        end: int,
    ) -> None:
        """What has gathered between two breaks is a block."""
        text = texts[0] if len(texts) == 1 else "".join(texts)
        if "&" in text:  # the parser writes no other entities
            text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        text = " ".join(text.split())
        if text and element is not OUTSIDE:
            chars = len(text)
            self.blocks.append(Block(element, text, chars, min(link_chars, chars), links, spans, start, end))
