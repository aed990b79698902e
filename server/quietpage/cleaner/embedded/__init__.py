"""The article of a page that shows none: what its data hold, or its templates. All of it is the page's, so hostile.

A page may come without its text where scripts would have put it there: a saved file, a shell, a copy for printing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest

from quietpage.cleaner.document import Unshown
from quietpage.cleaner.embedded.compose import paragraphs, posts_of, thread
from quietpage.cleaner.embedded.identity import Identity, folded
from quietpage.cleaner.embedded.linked_data import linked_texts
from quietpage.cleaner.embedded.prose import lines_of, prose_chars, sentences
from quietpage.cleaner.embedded.state import MAX_CHARS, MOST_PIECES, Group, State, parsed
from quietpage.cleaner.words.state import CONTENT_KEY_MAX_CHARS, CONTENT_KEYS, NO_CONTENT_KEY

LEAST_CHARS = 200  # of prose, in what is the page's own
LEAST_UNOWNED_CHARS = 500  # … and in what only may be
MOSTLY = 0.6  # of all prose that is nobody's, where nothing is the page's own
NEARLY = 0.8  # as much prose with more markup is better
MOST_GROUPS = 12  # that are looked at closely
FEW_PIECES, MEAN_CHARS = 500, 20  # a text in more pieces has longer ones
LOOKED_FOR = 12  # sentences, by which it is told whether the page shows a text
LOOKED_FOR_CHARS = 60  # of each


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text found in a page's data, as HTML that is neither tidy nor safe; ``chars`` of it are prose.

    ``owned`` says that it surely is this page's: the title or address beside it is. ``in_posts``: by several people.
    """

    html: str
    chars: int
    owned: bool
    in_posts: bool
    source: str

    def is_shown(self, text: str) -> bool:
        """Whether a page's text holds any of these sentences."""
        lines = sentences(self.html)
        shown = folded(text)
        asked = lines[:: max(1, len(lines) // LOOKED_FOR)]
        return any(folded(line)[:LOOKED_FOR_CHARS] in shown for line in asked)


def find_embedded(unshown: Unshown, identity: Identity, *, is_thread: bool) -> Embedded | None:
    """The article in a page's data, or its posts where it is a thread; None where there is none.

    Linear in the data's size; broken ones count as none.
    """
    found = [*in_linked_data(unshown, identity), *in_state(unshown, identity)]
    owned = [one for one in found if one.owned]
    if not is_thread:  # comments below an article may be longer than it is
        owned = [one for one in owned if not one.in_posts] or owned
    return best(owned or found)


def find_markup(unshown: Unshown, identity: Identity, description: str | None) -> str | None:
    """The longest HTML in a page's templates that is its article."""
    able = [markup for markup in unshown.markup if prose_chars(markup) >= LEAST_CHARS]
    return max((markup for markup in able if is_markup_of(identity, markup, description)), key=len, default=None)


def is_markup_of(identity: Identity, html: str, description: str | None) -> bool:
    """Whether the HTML of a template is this page's article: its title is a line there, or how it is described."""
    lines = lines_of(html)
    begins = folded(description or "")[:LOOKED_FOR_CHARS]
    described = len(begins) == LOOKED_FOR_CHARS and any(begins in folded(line) for line in lines)
    return described or any(map(identity.is_title, lines))


def best(found: list[Embedded]) -> Embedded | None:
    """The one with the most prose; of nearly equal ones that with the most markup."""
    most = max((one.chars for one in found), default=0)
    near = [one for one in found if one.chars >= NEARLY * most]
    return max(near, key=lambda one: one.html.count("<"), default=None)


def in_linked_data(unshown: Unshown, identity: Identity) -> Iterator[Embedded]:
    """What JSON-LD says; the only text it holds needs no title to be the page's own."""
    told = [text for text in linked_texts(unshown.linked_data, identity) if text.verdict is not False]
    for text in told:
        owned = text.verdict is True or len(told) == 1
        chars = prose_chars(text.html)
        if chars >= (LEAST_CHARS if owned else LEAST_UNOWNED_CHARS):
            yield Embedded(text.html, chars, owned, text.in_posts, "its structured data")


def in_state(unshown: Unshown, identity: Identity) -> Iterator[Embedded]:
    """What the state of the page's application holds: the texts that are its own, and those that outweigh all else."""
    state = State(identity)
    left = MAX_CHARS
    for text in unshown.state:
        left -= len(text)
        if left > 0 and (data := parsed(text)) is not None:
            state.read(data)
    large = [*largest(state, owned=True), *largest(state, owned=False)]
    found = [(group, embedded(group)) for group in large]
    nobodys = sum(one.chars for group, one in found if not group.owned)
    for group, one in found:
        if one.chars >= LEAST_CHARS if group.owned else is_weighty(group.key, one.chars, nobodys):
            yield one


def is_weighty(key: str, chars: int, all_chars: int) -> bool:
    """Whether a text that may be anybody's is most of what there is, under a key for texts."""
    return key in CONTENT_KEYS and chars >= max(LEAST_UNOWNED_CHARS, MOSTLY * all_chars)


def largest(state: State, *, owned: bool) -> list[Group]:
    """The groups that may be a text, as far as it is worth to look: those with the most characters."""
    able = [group for group in state.groups.values() if group.owned is owned and may_be_text(group)]
    return nlargest(MOST_GROUPS, able, key=lambda group: group.chars)


def may_be_text(group: Group) -> bool:
    """Whether strings may be a text, by their sizes and their key: no table, no message of the application."""
    few = len(group.pieces) < FEW_PIECES or group.chars > MEAN_CHARS * len(group.pieces)
    return group.chars >= LEAST_CHARS and few and len(group.pieces) <= MOST_PIECES and may_be_content(group.key)


def may_be_content(key: str) -> bool:
    """Whether strings under a key may be a text, rather than one about it or a message of the application."""
    return len(key) <= CONTENT_KEY_MAX_CHARS and NO_CONTENT_KEY.search(key) is None


def embedded(group: Group) -> Embedded:
    """A group of strings as one text: its prose is counted in whole lines, for it may come in parts."""
    posts = posts_of(group)
    html = thread(posts) if posts else "".join(paragraphs(group.pieces))
    return Embedded(html, prose_chars(html), group.owned, bool(posts), "the data of its scripts")
