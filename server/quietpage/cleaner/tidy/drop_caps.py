"""Large first letters become letters of their words again; words said once for each kind of reader are said once."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import Content, attribute, says, sibling
from quietpage.cleaner.tidy.node import BLOCKS
from quietpage.cleaner.words.content import DROP_CAP_CLASS, DROP_CAP_SIGNS, ONE_LETTER_WORDS, UNSEEN_CLASS, UNSEEN_SIGNS

LETTER_MAX_CHARS = 2  # a quotation mark before it
UNSAID = 'aria-hidden="true"'  # to those who listen


def rejoin_drop_caps(content: Content) -> None:
    """Put every large first letter back to the rest of its word: "O" and "nce"."""
    if UNSAID in content.source and any(sign in content.source for sign in UNSEEN_SIGNS):
        for tag in content.tags:
            if tag.attrs and content.stands(tag) and says(UNSEEN_CLASS, attribute(tag, "class")):
                drop_if_seen_as_well(content, tag)
    if any(sign in content.source for sign in DROP_CAP_SIGNS):
        for tag in content.tags[:]:
            if tag.attrs and content.stands(tag) and says(DROP_CAP_CLASS, attribute(tag, "class")):
                rejoin(content, tag)


def drop_if_seen_as_well(content: Content, unseen: Tag) -> None:
    """Drop words for those who listen, where the same stand beside them in pieces for those who see."""
    beside = unseen.parent.contents if unseen.parent is not None else []
    pieces = [piece for piece in beside if isinstance(piece, Tag) and attribute(piece, "aria-hidden") == "true"]
    said = "".join(unseen.get_text().split())
    if said and said == "".join("".join(piece.get_text() for piece in pieces).split()):
        content.drop(unseen)


def rejoin(content: Content, cap: Tag) -> None:
    """Put one letter back to its word, where the rest of it follows."""
    letter = (attribute(cap, "alt") if cap.name == "img" else cap.get_text()).strip()
    if not 0 < len(letter) <= LETTER_MAX_CHARS or not letter[-1].isalpha():
        return
    if cap.name in BLOCKS:
        following = sibling(cap, after=True)
        if following is None or following.name != "p":
            return
        content.drop(cap)
        following.insert(0, NavigableString(letter))
        for node in [following, *following.parents]:
            content.weight(node).chars += len(letter)
        cap = following
        rest = following.contents[1] if len(following.contents) > 1 else None
    else:
        rest = cap.next_sibling
        cap.replace_with(letter) if cap.name == "img" else cap.unwrap()
    if type(rest) is NavigableString and rest[:1].isspace() and not is_word(letter, content.metadata.language):
        rest.replace_with(NavigableString(rest.lstrip()))


def is_word(letter: str, language: str | None) -> bool:
    """Whether a letter is a word by itself, as "A" and "I" are."""
    return letter[-1].lower() in ONE_LETTER_WORDS.get((language or "en").split("-")[0], "")
