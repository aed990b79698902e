"""The whole page, parsed (lexbor through selectolax): the only file that knows the fast parser."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from quietpage.article import REMOVED_MAX_CHARS, InvalidSelector, Removed
from quietpage.cleaner.blocks import read_blocks
from quietpage.cleaner.corrections import KEPT, SELECTION, Corrections, Span, kept_spans
from quietpage.cleaner.depth import cap_depth
from quietpage.cleaner.elements import Block, Element, Picture
from quietpage.cleaner.excess import leave_out_excess
from quietpage.cleaner.outline import Outline, Part, squeezed

# What is gone before the body is read: nothing in these is the page's text, and most of it is markup of its own.
STRUCK = ["script", "style", "template", "svg", "noembed", "noframes", "object", "canvas"]
FORMULA = "math-script"  # what a script becomes that holds a formula's source: an element nobody's eyes read
RAW = ["xmp", "plaintext"]  # shown as they are: their text would pass for tags when it is written out again

JSON_SCRIPT = re.compile(r"(?:application|text)/(?:[\w.-]+\+)?json", re.IGNORECASE)
# What a script begins with that only sets a name to data.
SET_TO = re.compile(r"\s*(?:(?:var|let|const)\s+)?[\w.$\[\]\"']{1,100}\s*=\s*(?=[{\[])")
JSON_ATTRIBUTE = re.compile(r" [^\s=\"]+=\"([{\[][^\"]{200,})\"")  # as the parser writes it
# Of an element in an outline: what tells it from others beside its id and its classes, and what it shows or leads to.
MARKS = ("role", "itemprop", "data-component", "data-testid", "data-type", "data-module", "data-widget")
SOURCES = ("src", "data-src", "srcset", "poster", "href", "data")
TEXT_SCRIPT = re.compile(r"text/(?!javascript|ecmascript|babel|jsx|css|json)[\w.-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unshown:
    """What a page holds beside its elements: the texts of its JSON-LD, other JSON of its scripts and attributes, and
    HTML in its templates and text areas."""

    linked_data: list[str] = field(default_factory=list)
    state: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A parsed page. ``elements``, ``blocks`` and ``pictures`` are in page order; see :func:`parse`.

    ``body`` is the body as the parser understood it: well formed, attributes in double quotes, nothing struck in it.
    """

    url: str
    tree: LexborHTMLParser
    scripts: list[str] = field(default_factory=list)  # JSON-LD
    body: str = ""
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    chrome: list[Element] = field(default_factory=list)  # what was not read, see read_blocks()
    dropped: list[Removed] = field(default_factory=list)  # as a person asked
    kept: list[Span] = field(default_factory=list)  # where in ``body`` stands what a person wants kept
    selected: bool = False  # whether that was selected in the page, and is the whole article
    corrected: tuple[str, ...] = ()  # the corrections' selectors that found something

    def read(self, *, all_of_it: bool = False) -> None:
        """Read the body into elements and blocks; the chrome too where all of it is asked for."""
        reading = read_blocks(self.body, all_of_it=all_of_it)
        self.elements, self.blocks, self.pictures = reading.elements, reading.blocks, reading.pictures
        self.chrome = reading.chrome

    @property
    def base_url(self) -> str:
        """Against which the page's links are resolved: <base href>, or the page's own URL."""
        base = self.tree.css_first("base[href]")
        if base is None:
            return self.url
        try:
            return urljoin(self.url, (base.attributes.get("href") or "").strip())
        except ValueError:
            return self.url

    def attribute(self, css: str, name: str) -> str | None:
        """An attribute of the first element that matches, stripped; None where there is none, or it is empty."""
        node = self.tree.css_first(css)
        return ((node.attributes.get(name) or "").strip() or None) if node else None

    def frame(self) -> tuple[dict[str, str | None], dict[str, str | None]]:
        """The attributes of <html>, and of <body>."""
        root, body = self.tree.root, self.tree.body
        return root.attributes if root is not None else {}, body.attributes if body is not None else {}

    def head(self) -> str:
        """The page's head as the parser understood it, its scripts and styles struck."""
        head = self.tree.head
        return (head.html or "") if head is not None else ""

    def element_around(self, place: int) -> Element | None:
        """The innermost element around a place in ``body``."""
        after = bisect_right(self.elements, place, key=lambda element: element.start)
        element = self.elements[after - 1] if after else None
        while element is not None and element.end <= place:
            element = element.parent
        return element

    def title(self) -> str | None:
        """The text of the page's <title>."""
        node = self.tree.css_first("title")
        return node.text(strip=True) if node is not None else None

    def json_ld(self) -> Iterator[str]:
        """The texts of the page's JSON-LD scripts."""
        yield from self.scripts

    def html(self, element: Element) -> str:
        """An element as it stands in the page."""
        return self.body[element.start : element.end]


def parse(html: str, url: str, corrections: Corrections = Corrections()) -> Document:  # noqa: B008 - it is frozen
    """Parse a page, however deep, and read it into elements and blocks. Linear in its size.

    Raises InvalidSelector for a correction that is none, and nothing else.
    """
    tree = LexborHTMLParser(cap_depth(leave_out_excess(html)))
    found: list[str] = []
    dropped = list(drop(tree, corrections.drop, found))
    selected = f" {SELECTION}" in html and tree.css_first(f"[{SELECTION}]") is not None
    keep = (f"[{SELECTION}]",) if selected else corrections.keep
    mark_kept(tree, keep, found, marked_already=KEPT in html)
    scripts = [node.text() or "" for node in tree.css('script[type="application/ld+json"]')]
    document = Document(url, tree, scripts, dropped=dropped, corrected=() if selected else tuple(found))
    if tree.body is not None:
        document.body = strike(tree, formulas="math/" in html)
        document.kept = kept_spans(document.body) if keep else []
        document.selected = selected and bool(document.kept)
        document.read(all_of_it=bool(document.kept))
    return document


def outline(html: str) -> Outline:
    """The elements of a page as corrections see them, which is before anything is struck. Linear in its size."""
    tree = LexborHTMLParser(cap_depth(leave_out_excess(html)))
    found, texts, length = Outline(), list[str](), 0
    open_elements: list[
        tuple[int, int, dict[str, int]]
    ] = []  # the parser's number, ours, how many of each tag are in it
    unread = 0  # the parser's number of an element whose text nobody reads
    for node in tree.root.traverse(include_text=True) if tree.root is not None else ():
        above = node.parent.mem_id if node.parent is not None else 0
        while open_elements and open_elements[-1][0] != above:
            left, number, _ = open_elements.pop()
            found.spans[number] = (found.spans[number][0], length)
            unread = 0 if unread == left else unread
        if node.is_text_node:
            texts.append("" if unread else squeezed(node.text_content or ""))
            length += len(texts[-1])
        elif node.is_element_node:
            parent, siblings = open_elements[-1][1:] if open_elements else (-1, dict[str, int]())
            tag = node.tag or ""
            siblings[tag] = siblings.get(tag, 0) + 1
            unread = unread or (node.mem_id if tag in STRUCK else 0)
            open_elements.append((node.mem_id, len(found.parts), {}))
            found.parts.append(part(tag, parent, siblings[tag], node.attributes))
            found.spans.append((length, length))
    for _, number, _ in open_elements:
        found.spans[number] = (found.spans[number][0], length)
    found.text = "".join(texts)
    return found


def part(tag: str, parent: int, nth: int, attributes: dict[str, str | None]) -> Part:
    """One element of an outline."""
    return Part(
        tag,
        parent,
        nth,
        attributes.get("id") or "",
        tuple((attributes.get("class") or "").split()),
        tuple((name, value) for name in MARKS if (value := attributes.get(name))),
        tuple(value for name in SOURCES if (value := attributes.get(name))),
    )


def shown(html: str) -> tuple[str, bool]:
    """All text that a page shows, one space between its pieces, and whether it shows a field for a password.

    Of a page in which a person selected something it is what they selected. Linear in its size.
    """
    tree = LexborHTMLParser(cap_depth(leave_out_excess(html)))
    tree.strip_tags([*STRUCK, "noscript", "iframe", "textarea", "select"])
    for hidden in tree.css("[data-qp-hidden]"):
        hidden.decompose()
    whole = tree.css_first(f"[{SELECTION}]") or tree.body
    text = whole.text(separator=" ") if whole is not None else ""
    return " ".join(text.split()), tree.css_first('input[type="password" i]') is not None


def read_unshown(html: str) -> Unshown:
    """What a page holds beside its elements. Linear in its size."""
    tree = LexborHTMLParser(cap_depth(leave_out_excess(html)))
    unshown = Unshown()
    for script in tree.css("script"):
        kind, text = script.attributes.get("type") or "", script.text() or ""
        if kind.lower() == "application/ld+json":
            unshown.linked_data.append(text)
        elif JSON_SCRIPT.match(kind):
            unshown.state.append(text)
        elif TEXT_SCRIPT.match(kind):
            unshown.markup.append(text)
        elif begun := SET_TO.match(text):
            unshown.state.append(text[begun.end() :].rstrip().rstrip(";"))
    unshown.markup.extend(area.text() or "" for area in tree.css("textarea"))
    unshown.markup.extend(unfolded(template.html or "") for template in tree.css("template"))
    written = (tree.html or "") if '="{' in html or "='{" in html or '="[' in html or "='[" in html else ""
    unshown.state.extend(unescape(found[1]) for found in JSON_ATTRIBUTE.finditer(written))
    return unshown


def unfolded(template: str) -> str:
    """A template's HTML, as an element that is shown."""
    return template.replace("<template", "<div").replace("</template>", "</div>")


def well_formed(html: str) -> str:
    """A piece of HTML as the parser understood it, with nothing that is struck from a page: a body."""
    return strike(LexborHTMLParser(cap_depth(leave_out_excess(html))), formulas="math/" in html)


def strike(tree: LexborHTMLParser, *, formulas: bool) -> str:
    """Strike from the tree what holds no text of the page, and return its body as HTML."""
    if formulas:
        keep_formulas(tree)
    tree.strip_tags(STRUCK)
    tree.unwrap_tags(RAW)
    for frame in tree.css("iframe"):  # what stands between its tags is for browsers without frames
        while (child := frame.first_child) is not None:
            child.decompose()
    return (tree.body.html or "") if tree.body is not None else ""


def keep_formulas(tree: LexborHTMLParser) -> None:
    """Make elements of the scripts that hold formulas (MathJax 2 has them so), before scripts are struck."""
    for script in tree.css('script[type^="math/"]'):
        formula = tree.create_node(FORMULA)
        formula.attrs["type"] = script.attributes.get("type") or ""
        formula.insert_child(script.text() or "")
        script.replace_with(formula)


def select(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> Iterator[tuple[str, list[LexborNode]]]:
    """Each selector with the elements it matches. Raises InvalidSelector."""
    for selector in selectors:
        try:
            yield selector, tree.css(selector)
        except (SelectolaxError, UnicodeEncodeError):
            raise InvalidSelector(selector) from None


def drop(tree: LexborHTMLParser, selectors: tuple[str, ...], did: list[str]) -> Iterator[Removed]:
    """Take out what a person does not want, and say so of each piece; ``did`` gets the selectors that found any."""
    for selector, found in select(tree, selectors):
        did += [selector] if found else []
        matched = {node.mem_id for node in found}
        outermost = [node for node in found if all(above.mem_id not in matched for above in around(node))]
        for node in outermost:  # what they hold goes with them
            html = (node.html or "")[:REMOVED_MAX_CHARS]
            yield Removed("correction", f"left out by your selector “{selector}”", html)
            take_out(node)


def around(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around one, from the inside out."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def take_out(node: LexborNode) -> None:
    """Take an element out with all in it; a document's own frame is only emptied."""
    if node.tag not in ("html", "body", "head"):
        node.decompose()
        return
    for child in list(node.iter(include_text=True)):
        take_out(child)


def mark_kept(tree: LexborHTMLParser, selectors: tuple[str, ...], did: list[str], *, marked_already: bool) -> None:
    """Mark what a person wants kept, with all in it; ``did`` gets the selectors that found any.

    A page cannot bring such marks along.
    """
    for node in tree.css(f"[{KEPT}]") if marked_already else ():
        del node.attrs[KEPT]
    for selector, found in select(tree, selectors):
        did += [selector] if found else []
        for node in found:
            node.attrs[KEPT] = ""
    for node in tree.css(f"[{KEPT}] *") if selectors else ():
        node.attrs[KEPT] = ""
