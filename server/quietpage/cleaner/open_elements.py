"""The elements that are open while a page is read tag by tag: never fewer than an HTML parser has open.

The HTML standard's tree construction (whatwg.org, 13.2.6) says what an end tag closes: often nothing, where a table, a
template or a block stands in between. Whoever takes it for closed all the same believes a page flat that nests without
end. So an element is closed here only where a parser certainly closes it, and the depth is an upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Their end tags close them with all that is open in them, unless a barrier is in between ("in scope").
CLOSED_WITH_ALL = frozenset(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hgroup listing main menu nav ol p pre section summary ul "
    "applet marquee object button select".split()
)
TABLES = frozenset(("table", "template"))
TABLE_PARTS = frozenset("caption colgroup thead tbody tfoot tr td th".split())  # barred by these two alone
BARRIERS = TABLES | frozenset("caption td th applet marquee object button select foreignobject desc".split())
FOREIGN = frozenset(("svg", "math"))
ENDS_FOREIGN = frozenset(  # a start tag that ends all foreign elements around it
    "b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu "
    "meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
LISTS = frozenset(("ul", "ol", "dl"))  # barriers for their items
ITEMS = frozenset(("li", "dd", "dt"))
# No end tag but their own and those above closes what stands outside of them ("special"; those with raw text and those
# that are never open are none here).
SPECIAL = (
    CLOSED_WITH_ALL
    | TABLE_PARTS
    | BARRIERS
    | frozenset("dd dt form li noscript search annotation-xml mi mn mo ms mtext".split())
)
VOID = frozenset(  # never open, but within foreign elements
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split()
)
CLEARS_FORMATTING = frozenset("td th caption applet marquee object template".split())  # of all that is left open in it
# Closed by another's end tag, these leave a marker among the formatting, and what is before it is not found again.
LEAVES_MARKER = frozenset("applet marquee object template".split())
# An end tag takes one of these out from under what is open in it.
FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# What begins with one of these ends the paragraph it stands in. (A table does so too, unless the page is old.)
ENDS_A_PARAGRAPH = frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup li listing main menu nav ol p pre section summary ul".split()
)
RUBY_PARTS = frozenset("rb rt rtc rp".split())
MAY_END_A_PARAGRAPH = frozenset("table search".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())  # the end tag of each closes any of them
HEADING = "h1"
LAST_ONLY = HEADINGS | frozenset("p li dd dt button".split())  # of these, a later one may end an earlier one
CLOSED_BY = {"li": ("li",), "option": ("option",), "button": ("button",)} | dict.fromkeys(("dt", "dd"), ("dt", "dd"))
CELLS, GROUPS = ("td", "th"), ("caption", "colgroup", "thead", "tbody", "tfoot")
TABLE_PARTS_ENDED = (
    dict.fromkeys(CELLS, CELLS) | {"tr": (*CELLS, "tr")} | dict.fromkeys(GROUPS, (*CELLS, "tr", *GROUPS))
)
CLOSED_BY_ANOTHER = frozenset(("a", "nobr"))
UNMATCHED = -1  # a parser may close it or not: nothing does here
ALIKE = 3  # so many formatting elements that are alike are known to the parser ("Noah's Ark clause")


@dataclass(frozen=True, slots=True)
class Open:
    """An open element: its name, what an end tag must match to close it, and whether its start tag was kept."""

    name: str
    key: tuple[str, int]
    kept: bool


@dataclass(slots=True)
class OpenElements:
    """A stack of them; ``depth`` counts those whose start tags were kept, ``foreign`` the <svg> and <math> open."""

    depth: int = 0
    foreign: int = 0
    _stack: list[Open] = field(default_factory=list)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _formatting: dict[tuple[str, int], int] = field(default_factory=dict)  # open, by name and barriers around
    _ended: dict[tuple[str, int], int] = field(default_factory=dict)  # of these, to be closed with what is in them
    _specials: int = 0
    _barriers: int = 0
    _tables: list[str] = field(default_factory=list)
    _lists: int = 0
    _foreign_ended: bool = False  # maybe
    _formatting_unknown: bool = False  # what the parser has of it in its list
    _is_html: bool = True  # what is opened now, for sure

    @property
    def certainly_foreign(self) -> bool:
        """Whether the parser is within <svg> or <math> for sure."""
        return self.foreign > 0 and not self._foreign_ended

    def open(self, name: str, *, kept: bool, closed_at_once: bool = False) -> None:
        """Read a start tag. One that is closed at once ("/>") is so within foreign elements only.

        Where no table is open, the parser passes over the tags of its parts.
        """
        if name in TABLE_PARTS and not self._tables and not self.foreign:
            return
        if closed_at_once and (name in FOREIGN or self.certainly_foreign):
            return
        self._count(name, kept, 1)
        fleeting = closed_at_once or name in VOID or not (name in FOREIGN or self._is_html)
        key = (name, UNMATCHED) if self.foreign and fleeting else self._key(name)
        self._stack.append(Open(name, key, kept))
        self._counts[key] = 1 if name in LAST_ONLY else self._counts.get(key, 0) + 1
        if name in FORMATTING:
            here = (name, self._barriers)
            self._formatting[here] = self._formatting.get(here, 0) + 1
        self.depth += kept

    def make_room(self, name: str) -> list[Open]:
        """Close what a start tag closes before it opens its own element; see close()."""
        if self.foreign:
            if name in ENDS_FOREIGN:
                self._foreign_ended = self._is_html = True
            if self._foreign_ended:
                self._doubt_what_may_end_by_itself()
            return []
        if name in CLOSED_BY_ANOTHER:
            return [] if self._formatting_unknown else self.close(name)
        if name in MAY_END_A_PARAGRAPH:
            self._counts["p", self._barriers] = 0
        if name in RUBY_PARTS:
            self._doubt_what_may_end_by_itself()
        closed = [element for part in TABLE_PARTS_ENDED.get(name, ()) for element in self._close_with_all(part)]
        if name in ITEMS and self._stack and self._stack[-1].name == "p":
            self._pop()
        if self._stack and self._stack[-1].name in CLOSED_BY.get(name, ()):
            self._pop()
        elif name in ITEMS and any(self._counts.get((item, self._lists)) for item in ITEMS):
            self._counts["div", self._barriers] = self._counts["address", self._barriers] = 0
        return self.close("p") if name in ENDS_A_PARAGRAPH else closed

    def close(self, name: str) -> list[Open]:
        """Read an end tag: the elements it closes, from the inside out; none where a parser may pass it over."""
        is_last = self._stack and self._stack[-1].name == name
        closed = [self._pop()] if is_last else self._close_with_all(name)
        if not closed:
            self._pass_over(name)
        while self._ended and self._stack and self._ended.get((self._stack[-1].name, self._barriers)):
            self._pop()
        return closed

    def _pass_over(self, name: str) -> None:
        """Note what an end tag may have done, though it closes nothing for sure."""
        self._foreign_ended |= self.foreign > 0
        here = (name, self._barriers)
        if name == "form":
            self._doubt_what_may_end_by_itself()
        elif not self._formatting_unknown and self._ended.get(here, 0) < min(self._formatting.get(here, 0), ALIKE):
            self._ended[here] = self._ended.get(here, 0) + 1

    def _doubt_what_may_end_by_itself(self) -> None:
        """Let the end tags close nothing any more of what a parser may have ended without them (implied end tags)."""
        self._counts["p", self._barriers] = 0
        self._counts |= {(item, self._lists): 0 for item in ITEMS}

    def _close_with_all(self, name: str) -> list[Open]:
        """Close the innermost element that an end tag of this name matches, with all in it."""
        key = self._key(name)
        closed: list[Open] = []
        if self._counts.get(key) and key[1] != UNMATCHED:
            while not closed or closed[-1].key != key:
                closed.append(self._pop())
        self._formatting_unknown |= any(element.name in LEAVES_MARKER for element in closed[:-1])
        return closed

    def _key(self, name: str) -> tuple[str, int]:
        """The name, and how many elements are open that keep an end tag of this name from what is outside of them."""
        if name == "form" or (name in FOREIGN and self._foreign_ended):
            return name, UNMATCHED
        if name in TABLES:
            return name, len(self._tables)
        if name in TABLE_PARTS:
            certain = self._tables[-1:] == ["table"] and not self.foreign
            return name, len(self._tables) if certain else UNMATCHED
        if name in HEADINGS:
            return HEADING, self._barriers
        if name in CLOSED_WITH_ALL:
            return name, self._barriers
        if name in ITEMS:
            return name, self._lists
        return name, self._specials

    def _pop(self) -> Open:
        element = self._stack.pop()
        self._counts[element.key] = max(0, self._counts[element.key] - 1)
        self.depth -= element.kept
        here = (element.name, self._barriers)
        if here in self._formatting:
            self._formatting[here] -= 1
            if self._ended.get(here):
                self._ended[here] -= 1
        self._count(element.name, element.kept, -1)
        return element

    def _count(self, name: str, kept: bool, change: int) -> None:
        if name in SPECIAL:
            self._specials += change
            barrier = name in BARRIERS
            self._barriers += change * barrier
            if name in TABLES:
                self._tables.append(name) if change > 0 else self._tables.pop()
            self._lists += change * (barrier or name in LISTS)
        elif name in FOREIGN and kept:
            self.foreign += change
            self._foreign_ended &= self.foreign > 0
            self._is_html = self.foreign == 0


def left_open(closed: list[Open]) -> list[str]:
    """The formatting that was open in what was closed, and that the parser will open again in what follows."""
    names: list[str] = []
    for element in reversed(closed):
        if element.name in CLEARS_FORMATTING:
            break
        if element.name in FORMATTING and element.kept and element is not closed[-1]:
            names.insert(0, element.name)
    return names
