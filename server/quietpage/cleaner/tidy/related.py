"""Related-story links put between the paragraphs of a story: every shape they come in, known by what they say."""

from __future__ import annotations

from itertools import islice
from urllib.parse import urlsplit

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import HEADINGS, Content, attribute, names_of, says, sibling, text_of
from quietpage.cleaner.tidy.tree import first_inside, inside, pieces_of
from quietpage.cleaner.words.clutter import RELATED_CLASS, RELATED_LEAD, RELATED_WHOLE

MAX_CHARS = 300  # of one related link with its lead; longer ones are prose
MOSTLY_LINKS = 0.8
BOX_MAX_SHARE = 0.4  # of the content's text: a larger box is the content itself
LISTS = frozenset("ul ol div section aside nav p dl".split())


def drop_related(content: Content) -> None:
    """Drop boxes described as related, lines that lead to another story, and headings with the list they lead."""
    for tag in content.all(LISTS | {"blockquote", "figure", "table"}):
        if content.stands(tag) and says(RELATED_CLASS, names_of(tag)) and is_link_box(content, tag):
            content.strike(tag, "related", "a box of links, described as related stories")
    for tag, text in content.lines():
        if len(text) > MAX_CHARS:
            continue
        lead = lead_of(tag, text)
        if lead and leads_to_link(content, tag, text, lead):
            strike_with_box(content, tag)
        elif RELATED_WHOLE.fullmatch(text):
            strike_led(content, tag)


def lead_of(tag: Tag, text: str) -> int:
    """How many characters of a line are "See also" or the like; 0 where it does not begin so."""
    found = RELATED_LEAD.match(text)
    if found:
        return len(found[0])
    first = next(pieces_of(tag), "")  # "See also" in a box of its own, no space after it
    return len(first) if RELATED_WHOLE.fullmatch(first) else 0


def is_link_box(content: Content, tag: Tag) -> bool:
    weight = content.weight(tag)
    small = weight.chars < BOX_MAX_SHARE * content.chars
    return bool(weight.chars) and small and (weight.link_density > 0.5 or bool(RELATED_LEAD.match(text_of(tag)[:80])))


def leads_to_link(content: Content, tag: Tag, text: str, lead: int) -> bool:
    """Whether a line is "See also" and a link, or such a link alone: nothing else said."""
    weight = content.weight(tag)
    if not weight.link_chars or tag.name in ("td", "th"):
        return False
    if all(attribute(link, "href").startswith("#") for link in inside(tag, {"a"})):
        return False  # a heading's own anchor, a table of contents
    unlinked = weight.chars - weight.link_chars
    if tag.name in HEADINGS | {"li", "dt", "dd"} and unlinked < 3 and text[lead : lead + 1] not in ":：":
        return False  # "More on lists" may be a title as well
    return unlinked <= lead + 3


def strike_with_box(content: Content, tag: Tag) -> None:
    """Strike a related link; with the box around it where the box holds nothing else but links."""
    while (above := tag.parent) is not None and above.name in LISTS | {"li", "blockquote", "figure"}:
        weight = content.weight(above)
        if weight.link_density < MOSTLY_LINKS or weight.chars > BOX_MAX_SHARE * content.chars:
            break
        tag = above
    content.strike(tag, "related", "a line that leads to another story")


def strike_led(content: Content, tag: Tag) -> None:
    """Strike a lead that stands alone with the links it leads to, right after it or beside the box it is in."""
    lead: Tag = tag
    following = sibling(lead, after=True)
    while following is None and lead.parent is not None and text_of(lead.parent) == text_of(lead):
        lead = lead.parent
        following = sibling(lead, after=True)
    led: list[Tag] = []
    while following is not None and following.name not in HEADINGS and is_linked(content, following):
        led.append(following)
        following = sibling(following, after=True)
    if led and sum(content.weight(one).chars for one in led) < BOX_MAX_SHARE * content.chars:
        for one in [lead, *led]:
            content.strike(one, "related", "links to other stories, and the line above them")
    elif not led and is_last(lead):
        content.strike(lead, "related", "a lead to other stories that leads nowhere here")


def is_linked(content: Content, tag: Tag) -> bool:
    """Whether an element holds links, or pictures of linked stories, and hardly anything else."""
    weight = content.weight(tag)
    if not weight.chars:
        return weight.pictures > 0 and first_inside(tag, {"a"}) is not None
    return weight.link_density > MOSTLY_LINKS


def is_last(tag: Tag) -> bool:
    """Whether nothing follows in the element around, which then holds a heading of nothing."""
    following = tag.next_sibling
    while following is not None:
        if isinstance(following, Tag) or (isinstance(following, NavigableString) and following.strip()):
            return False
        following = following.next_sibling
    return True


MIN_LONE_CHARS, MAX_LONE_CHARS = 25, 160  # as long as headlines are
PROSE_CHARS = 40  # a short sentence


def drop_lone_links(content: Content) -> None:
    """Drop a paragraph or list that is one link to the same site, set between two paragraphs of prose."""
    for tag in content.all({"p", "ul"}):
        weight = content.weight(tag)
        if not (MIN_LONE_CHARS <= weight.chars <= MAX_LONE_CHARS and weight.link_density > 0.97) or weight.blocks > 2:
            continue
        before, after = sibling(tag, after=False), sibling(tag, after=True)
        if is_prose(content, before) and is_prose(content, after) and leads_within_site(content, tag):
            content.strike(tag, "related", "a paragraph that is only a link to another story of the site")


def is_prose(content: Content, tag: Tag | None) -> bool:
    if tag is None or tag.name not in ("p", "div", "blockquote"):
        return False
    weight = content.weight(tag)
    ends = content.text(tag).endswith((".", "!", "?", "…", "”", '"', "»", "。"))
    return ends and weight.chars >= PROSE_CHARS and weight.link_density < 0.5


def leads_within_site(content: Content, tag: Tag) -> bool:
    """Whether the paragraph's only link goes to this page's own host, and reads like a headline: no full stop."""
    links = list(islice(inside(tag, {"a"}), 2))
    if len(links) != 1 or text_of(tag).endswith((".", ":", "…")):
        return False
    try:
        return urlsplit(attribute(links[0], "href")).hostname in (urlsplit(content.url).hostname, None)
    except ValueError:
        return False
