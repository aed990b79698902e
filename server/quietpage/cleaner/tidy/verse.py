"""Verse keeps its lines: those that stand in elements of their own, or in preformatted text, become one paragraph."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import Content, attribute, says
from quietpage.cleaner.tidy.node import Node
from quietpage.cleaner.tidy.tree import first_inside, inside
from quietpage.cleaner.words.content import VERSE_CLASS, VERSE_SIGNS

HOLDERS = frozenset("div section blockquote figure article".split())
LINES = frozenset({"div", "p"})
LINE_MAX_CHARS = 100  # a longer one is a paragraph
INDENT = "\u00a0"  # HTML folds blanks


def keep_verse(content: Content) -> None:
    """Put the lines of each stanza into one paragraph, parted by line breaks."""
    if not any(sign in content.source for sign in VERSE_SIGNS):
        return
    for tag in content.all(HOLDERS | {"pre"}):
        if not content.stands(tag) or not says(VERSE_CLASS, attribute(tag, "class")):
            continue
        if tag.name != "pre":
            for holder in [tag, *inside(tag, {"div", "section", "blockquote"})]:
                join_lines(content, holder)
        elif first_inside(tag, {"code"}) is None:
            content.replace(tag, stanzas_of(content, tag.get_text()))


def join_lines(content: Content, holder: Tag) -> None:
    """Join elements that are a line each; one without text ends the stanza."""
    lines = [node for node in holder.contents if isinstance(node, Tag)]
    if len(lines) < 2 or not all(is_line(content, line) for line in lines):
        return
    first: Tag | None = None
    for line in lines:
        if not content.weight(line).chars:
            first = None
        elif first is None:
            content.rename(line, "p")
            first = line
        else:
            append_line(content, first, line)


def is_line(content: Content, tag: Tag) -> bool:
    weight = content.weight(tag)
    whole = not weight.blocks and not weight.pictures and weight.chars <= LINE_MAX_CHARS
    return tag.name in LINES and whole and first_inside(tag, {"br"}) is None


def append_line(content: Content, stanza: Tag, line: Tag) -> None:
    """Move what a line holds behind a stanza's other lines."""
    holds, moved = content.weight(stanza), content.weight(line)
    stanza.append(content.new("br"))
    for node in list(line.contents):
        stanza.append(node)
    holds.chars, holds.link_chars = holds.chars + moved.chars, holds.link_chars + moved.link_chars
    moved.chars = moved.link_chars = 0
    content.drop(line)


def stanzas_of(content: Content, text: str) -> Node:
    """Preformatted verse as paragraphs, one a stanza, its indents as they were."""
    box = content.new("div")
    stanza: Node | None = None
    for line in text.expandtabs(4).strip("\n").split("\n"):
        said = line.strip()
        if not said:
            stanza = None
            continue
        if stanza is None:
            stanza = content.new("p")
            box.append(stanza)
            box.blocks += 1
        else:
            stanza.append(content.new("br"))
        stanza.append(NavigableString(INDENT * (len(line) - len(line.lstrip())) + said))
        stanza.chars += len(said)
        box.chars += len(said)
    return box
