"""Clutter that stands among the content: players, forms, boxes of the site, lines that promote, the headline again."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice

from bs4 import Tag

from quietpage.cleaner.tidy.content import HEADINGS, Content, attribute, names_of, says, text_of
from quietpage.cleaner.tidy.tree import first_inside, holder_of, inside, pieces_of
from quietpage.cleaner.words.bylines import BYLINE_LEAD
from quietpage.cleaner.words.clutter import (
    BOX_CLASSES,
    BOX_HINT,
    COMMENTS_LEAD,
    PLAYER_CLASS,
    PROMOTION,
    PROMOTION_MAX_CHARS,
    TAGS_LEAD,
    WIDGET_WORD,
)
from quietpage.cleaner.words.dates import DATE_WORD
from quietpage.cleaner.written_tags import INLINE

UNDISPLAYED = "data-qp-hidden"  # the extension's mark
WIDGETS = frozenset("script style template input select textarea datalist dialog object embed applet canvas".split())
CONTROLS = frozenset("input select textarea button".split())
PLAYERS = frozenset("audio video iframe amp-audio amp-video amp-iframe amp-ad amp-embed amp-social-share".split())
BOXES = frozenset("div section aside ul ol p nav footer header form figure span dl".split())
PLAYER_MAX_CHARS = 100  # of the words around a player; an episode's description and a transcript are longer
BOX_MAX_CHARS = 600
SHARING_MAX_CHARS = 150
BOX_MAX_SHARE = 0.25  # of the content's text
FORM_MAX_CHARS = 400
OPENING_LINES = 8  # before the story begins: headline, byline, date
PROSE_CHARS = 100


def drop_undisplayed(content: Content) -> None:
    """Drop words that the browser did not display within a line that it did. What holds a picture stays."""
    if UNDISPLAYED not in content.source:
        return
    for tag in content.all(INLINE):
        if content.stands(tag) and tag.has_attr(UNDISPLAYED) and not content.weight(tag).pictures:
            content.strike(tag, "undisplayed", "not displayed in the browser")


def drop_widgets(content: Content) -> None:
    """Drop what cannot be read: form controls, players, custom elements without text; buttons outside headings."""
    for tag in content.all({"form", "fieldset"}):
        if (
            content.stands(tag)
            and content.weight(tag).chars < FORM_MAX_CHARS
            and any(map(is_control, inside(tag, CONTROLS)))
        ):
            content.strike(tag, "widgets", "a form")
    for tag in content.all(WIDGETS):
        if content.stands(tag):
            content.drop(tag)
    for tag in content.all({"button"}):
        if content.stands(tag) and not is_disclosure(content, tag):
            content.strike(tag, "widgets", "a button")
    for tag in content.all(PLAYERS):
        if content.stands(tag):
            content.strike(tag, "widgets", "an embedded player or frame")


def is_control(tag: Tag) -> bool:
    """Whether a person can fill in or press it: some sites put each post of a thread into a form of hidden fields."""
    return tag.name != "input" or attribute(tag, "type").lower() != "hidden"


def is_disclosure(content: Content, button: Tag) -> bool:
    """Whether a button is the heading of a piece that it unfolds, and so belongs to the text."""
    return holder_of(button, HEADINGS | {"dt", "summary"}) is not None or (
        "aria-expanded" in button.attrs and content.weight(button).chars > 12
    )


def drop_players(content: Content) -> None:
    """Drop what is described as a player, custom elements included, with the few words in it."""
    for tag in content.tags:
        if not content.stands(tag) or (tag.name not in BOXES and "-" not in tag.name):
            continue
        if not tag.attrs and tag.name in BOXES:
            continue
        weight = content.weight(tag)
        if weight.chars <= PLAYER_MAX_CHARS and weight.link_density < 0.5 and says(PLAYER_CLASS, names_of(tag)):
            text = text_of(tag)
            if not text or not re.search(r"[.!?]\s+\w+.*[.!?]\s+\w+.*[.!?]", text):
                content.strike(tag, "players", "an audio or video player")


def drop_boxes(content: Content) -> None:
    """Drop the site's boxes by what their authors call them: sharing, newsletter, author, tags, pagination …"""
    most = min(BOX_MAX_CHARS, BOX_MAX_SHARE * content.chars)
    for tag in content.all(BOXES):
        if not content.stands(tag) or not tag.attrs or content.weight(tag).chars > most:
            continue
        for kind in kinds_of(names_of(tag)):
            if kind == "sharing" and content.weight(tag).chars > SHARING_MAX_CHARS:
                continue  # a post embedded from a social site
            if not holds_story(content, tag):
                content.strike(tag, "boxes", f"described as {kind}")
                break


@lru_cache(maxsize=4096)  # the same classes come again and again, on a page and from page to page
def kinds_of(names: str) -> tuple[str, ...]:
    """What kinds of box an element's names say it is; mostly none, which the hint says ten times faster."""
    return tuple(kind for pattern, kind in BOX_CLASSES if pattern.search(names)) if BOX_HINT.search(names) else ()


def holds_story(content: Content, tag: Tag) -> bool:
    """Whether a small box still holds a paragraph of prose, or a picture of some size with words to it."""
    if tag.name in ("p", "span") and content.weight(tag).link_density < 0.5:
        return content.weight(tag).chars > PROSE_CHARS
    return False


def drop_lines(content: Content) -> None:
    """Drop the lines that promote, and button words where they stand together."""
    for tag, text in list(content.lines()):
        if not content.stands(tag) or len(text) > PROMOTION_MAX_CHARS or tag.name in ("td", "th", "pre", "figcaption"):
            continue
        if all(COMMENTS_LEAD.fullmatch(part) or PROMOTION.fullmatch(part) for part in parts_of(tag, text)):
            strike_with_wrapper(content, tag, "lines", "a line that promotes, or speaks of the page itself")
        elif TAGS_LEAD.fullmatch(text.split(":")[0].split("：")[0]) and is_tag_line(content, tag, text):
            strike_with_wrapper(content, tag, "lines", "the story's tags")
        elif all(map(WIDGET_WORD.fullmatch, pieces_of(tag))) and is_among_widgets(content, tag):
            strike_with_wrapper(content, tag, "lines", "a button's word")


def parts_of(tag: Tag, text: str) -> list[str]:
    """The lines of a paragraph that has line breaks, else its one."""
    if first_inside(tag, {"br"}) is None:
        return [text]
    parts = [[""]]
    for node in tag.descendants:
        if isinstance(node, Tag):
            if node.name == "br":
                parts.append([""])
        else:
            parts[-1].append(str(node))
    return [line for part in parts if (line := " ".join("".join(part).split()))]


def is_tag_line(content: Content, tag: Tag, text: str) -> bool:
    """Whether "Tags" or "Topics" goes on in links only."""
    return ":" in text[:40] and content.weight(tag).link_chars > 0 and "." not in text


def is_among_widgets(content: Content, tag: Tag) -> bool:
    """Whether nothing but such words stands in the element around, or this one is a link or button with an icon."""
    above = tag.parent
    if above is None or tag.name in HEADINGS or content.weight(above).chars > PROMOTION_MAX_CHARS:
        return False
    if not all(WIDGET_WORD.fullmatch(piece) for piece in pieces_of(above)):
        return False
    links = list(inside(tag, {"a"}))
    return content.text(above) != content.text(tag) or (bool(links) and not any(leads_away(link) for link in links))


def leads_away(link: Tag) -> bool:
    """Whether a link goes to another page; one that does not is a button."""
    return not attribute(link, "href").lower().startswith(("#", "javascript:"))


def strike_with_wrapper(content: Content, tag: Tag, step: str, reason: str) -> None:
    """Strike a line, with the wrappers that hold nothing else."""
    chars = content.weight(tag).chars
    while (above := tag.parent) is not None and above.name in BOXES | {"li", "blockquote"}:
        weight = content.weight(above)
        if weight.chars > chars or weight.pictures:
            break
        tag = above
    content.strike(tag, step, reason)


def drop_opening(content: Content) -> None:
    """Drop what the reader shows above the story anyway: its headline, its byline and date, before the first prose."""
    titles = {folded(title) for title in (content.metadata.title, content.metadata.headline) if title}
    byline = folded(content.metadata.byline or "")
    for tag, text in list(islice(content.lines(), OPENING_LINES)):
        if len(text) >= 2 * PROSE_CHARS:
            break
        if not content.stands(tag) or tag.name in ("li", "td", "th", "figcaption", "pre"):
            continue
        if first_inside(tag, {"cite"}) is not None and says_who_wrote(tag):
            continue  # of a post
        if folded(text) in titles:
            strike_with_wrapper(content, tag, "opening", "the headline, shown above the article")
        elif len(text) < PROSE_CHARS and (is_byline(text, byline) or is_date(text)):
            strike_with_wrapper(content, tag, "opening", "byline or date, shown above the article")


def says_who_wrote(tag: Tag) -> bool:
    """Whether a line is the one above a post of a thread: a name, and the time at most."""
    inner = [node for node in tag.contents if isinstance(node, Tag)]
    return [node.name for node in inner] in (["cite"], ["cite", "time"]) and tag.contents[0] is inner[0]


def folded(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text)).lower()


def is_byline(text: str, byline: str) -> bool:
    """Whether a line is the byline, "By" before it and a date after it at most."""
    if not byline:
        return False
    begin = BYLINE_LEAD.match(text)
    rest = folded(text[begin.end() :] if begin else text)
    return rest.startswith(byline) and (rest == byline or is_date(text[text.lower().find(byline[:3]) :], byline))


def is_date(text: str, besides: str = "") -> bool:
    """Whether a line is a date and time, with "Published" or "Updated" at most."""
    words = re.findall(r"[^\W\d_]+", text)
    rest = [word for word in words if not DATE_WORD.fullmatch(word) and word.lower() not in besides]
    return not rest and bool(re.search(r"\b(?:19|20)\d\d\b|\d年", text))
