"""Pictures with their captions: each becomes a <figure> with a <figcaption>, whatever stood around it."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import Content, around, names_of, says, sibling, text_of
from quietpage.cleaner.tidy.tree import first_inside, holder_of, inside
from quietpage.cleaner.words.content import CAPTION_CLASS, CAPTION_MAX_CHARS, CREDIT

SPACES = re.compile(r"\s+")
HOLDERS = frozenset("p div figure section span a center picture td li".split())
LINES = frozenset("p div span small em i figcaption figure-caption cite dd h5 h6".split())
MEDIA = frozenset({"img", "video", "audio", "iframe"})
MANY_CHILDREN = 200  # what holds one picture and its caption has few
UNWRAPPED = frozenset("p div figcaption h1 h2 h3 h4 h5 h6".split())


def caption_figures(content: Content) -> None:
    """Give every picture with a caption its figure; the caption stays with the picture and leaves the prose."""
    done: set[int] = set()
    for image in content.all({"img"}):
        holder = widest_holder(content, image)
        if id(holder) in done:
            continue
        done.add(id(holder))
        captions = own_captions(content, holder) or following_caption(content, holder)
        if captions or holder.name == "figure":
            make_figure(content, holder, captions)
    for caption in content.all({"figcaption"}):  # of a video, a table, a quotation
        figure = holder_of(caption, {"figure"})
        if figure is None:
            content.rename(caption, "p")
        elif not content.weight(figure).pictures and (quotation := first_inside(figure, {"blockquote"})) is not None:
            sign(content, quotation, caption)
            figure.unwrap()


def sign(content: Content, quotation: Tag, caption: Tag) -> None:
    """Put the caption that says who is quoted into the quotation, as its last line."""
    content.rename(caption, "div" if content.weight(caption).blocks else "p")
    quotation.append(caption.extract())


def widest_holder(content: Content, image: Tag) -> Tag:
    """The largest element around a picture that holds nothing else but its caption."""
    holder: Tag = image
    while (above := holder.parent) is not None and above.name in HOLDERS and holder.name != "figure":
        weight = content.weight(above)
        if weight.chars > CAPTION_MAX_CHARS or not all_caption(content, above, holder):
            break
        holder = above
    return holder


def all_caption(content: Content, above: Tag, holder: Tag) -> bool:
    """Whether what stands beside the picture is its caption, another size of it, or nothing."""
    if content.weight(above).chars == content.weight(holder).chars:
        return True
    if len(above.contents) > MANY_CHILDREN:
        return False
    for child in above.children:
        if child is holder:
            continue
        if isinstance(child, Tag):
            if content.weight(child).chars and not is_caption(content, child):
                return False
        elif isinstance(child, NavigableString) and child.strip() and not CREDIT.search(text_of(above)):
            return False
    return True


def is_caption(content: Content, tag: Tag) -> bool:
    """Whether an element says it is a caption, or reads like a credit."""
    if content.weight(tag).chars > CAPTION_MAX_CHARS:
        return False
    if tag.name in ("figcaption", "figure-caption") or says(CAPTION_CLASS, names_of(tag)):
        return True
    return tag.name in LINES and bool(CREDIT.search(text_of(tag)))


def own_captions(content: Content, holder: Tag) -> list[Tag | NavigableString]:
    """The captions inside a picture's holder."""
    if holder.name == "img" or not content.weight(holder).chars:
        return []
    found: list[Tag | NavigableString] = []
    for node in list(holder.descendants):
        above = node.parent
        if any(above is known or known in node.parents for known in found if isinstance(known, Tag)):
            continue
        if isinstance(node, Tag):
            if node.name not in ("a", "picture") and content.weight(node).chars and not first_inside(node, {"img"}):
                found.append(node)
        elif type(node) is NavigableString and node.strip():
            found.append(node)
    return found


def following_caption(content: Content, holder: Tag) -> list[Tag | NavigableString]:
    """The line right after a picture, where it is a caption by its class or by the credit it ends in."""
    after = around(holder, after=True)
    if after is None or first_inside(after, {"img"}) is not None or content.weight(after).blocks:
        return []
    chars = content.weight(after).chars
    return [after] if 0 < chars <= CAPTION_MAX_CHARS and is_caption(content, after) else []


def make_figure(content: Content, holder: Tag, captions: list[Tag | NavigableString]) -> None:
    """Put a picture and its captions into one figure, where the picture stood."""
    figure = holder if holder.name == "figure" else content.new("figure")
    images = [holder] if holder.name == "img" else list(inside(holder, MEDIA))
    if figure is not holder:
        holder.insert_before(figure)
    links = [image.parent if image.parent is not None and image.parent.name == "a" else image for image in images]
    caption = gather(content, captions)
    kept = [link.extract() for link in links]
    if figure is holder:
        for left in [node for node in figure.contents if isinstance(node, Tag)]:
            content.drop(left)
        figure.clear()
    else:
        content.drop(holder) if holder not in kept else None
    for piece in kept:
        figure.append(piece)
    if caption is not None:
        figure.append(caption)
    lift(figure)


def gather(content: Content, captions: list[Tag | NavigableString]) -> Tag | None:
    """All captions of a picture in one <figcaption>; None where there is none."""
    if not captions:
        return None
    caption = content.new("figcaption")
    for at, piece in enumerate(captions):
        if at:
            caption.append(" ")
        if isinstance(piece, Tag):
            content.weight(piece)
            for child in list(piece.contents):
                caption.append(child.extract())
            content.drop(piece)
        else:
            caption.append(piece.extract())
    for inner in list(inside(caption, UNWRAPPED)):
        inner.insert_before(" ")
        inner.unwrap()
    fold_spaces(caption)
    return caption


def fold_spaces(caption: Tag) -> None:
    """One space between the pieces of a caption, none around it."""
    caption.smooth()
    texts = [node for node in caption.descendants if isinstance(node, NavigableString)]
    for at, text in enumerate(texts):
        folded = SPACES.sub(" ", text)
        if at == 0:
            folded = folded.lstrip()
        if at == len(texts) - 1:
            folded = folded.rstrip()
        if folded != text:
            text.replace_with(NavigableString(folded))


def lift(figure: Tag) -> None:
    """A figure cannot stand in a paragraph or a link: it goes before it, where it alone stood in it."""
    above = figure.parent
    while above is not None and above.name in ("p", "a", "span"):
        if sibling(figure, after=True) is None and not above.get_text().replace(figure.get_text(), "", 1).strip():
            above.replace_with(figure)
        else:
            above.insert_before(figure.extract())
        above = figure.parent
