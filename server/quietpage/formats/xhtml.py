"""Sanitized HTML as XHTML that an EPUB may hold: every element where its schema lets it stand, every value valid.

Browsers make sense of any nesting; EPUB's schemas do not. Nothing a reader sees is lost: an element that may not stand
where it does becomes a plain ``div`` or ``span``, a value that is not valid goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from quietpage.formats.elements import add_text, places, replace, text_of
from quietpage.formats.mathml import valid_formula

NAMESPACE = "http://www.w3.org/1999/xhtml"
BLOCKS = frozenset(
    """p div section blockquote pre ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr figure figcaption table caption colgroup col
    thead tbody tfoot tr th td details summary""".split()
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TRANSPARENT = frozenset({"a", "ins", "del"})  # hold what may stand where they do
WORDS_ONLY = HEADINGS | {"pre", "summary"}  # blocks in them are lines of theirs, and not the reverse
INLINE = frozenset(
    "abbr b bdi bdo cite code dfn em i kbd mark q rb rp rt ruby s samp small span strong sub sup time u var p".split()
)
WITHIN = {  # what stands only in others
    "li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "figcaption": ("figure",), "summary": ("details",),
    "caption": ("table",), "colgroup": ("table",), "thead": ("table",), "tbody": ("table",), "tfoot": ("table",),
    "tr": ("thead", "tbody", "tfoot"), "td": ("tr",), "th": ("tr",), "col": ("colgroup",), "rt": ("ruby",),
    "rp": ("ruby",), "rb": (),
}  # fmt: skip
ROWS = ("thead", "tbody", "tfoot")
RUBY = re.compile(r"(?:(?:rt|rp rt rp) ?)+$")

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
DATE = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?"
)
NUMBER, COUNT = re.compile(r"-?\d{1,6}"), re.compile(r"[1-9]\d{0,2}")
CHECKS: dict[str, Callable[[str], bool]] = {
    "dir": lambda value: value in ("ltr", "rtl", "auto"),
    "title": lambda value: True,
    "alt": lambda value: True,
    "src": lambda value: True,  # it was put there when the picture was
    "hreflang": lambda value: bool(LANGUAGE.fullmatch(value)),
    "width": lambda value: bool(re.fullmatch(r"[1-9]\d{0,4}", value)),
    "height": lambda value: bool(re.fullmatch(r"[1-9]\d{0,4}", value)),
    "start": lambda value: bool(NUMBER.fullmatch(value)),
    "value": lambda value: bool(NUMBER.fullmatch(value)),
    "type": lambda value: value in ("1", "a", "A", "i", "I"),
    "colspan": lambda value: bool(COUNT.fullmatch(value)),
    "rowspan": lambda value: bool(COUNT.fullmatch(value)),
    "span": lambda value: bool(COUNT.fullmatch(value)),
    "scope": lambda value: value in ("row", "col", "rowgroup", "colgroup"),
    "datetime": lambda value: bool(DATE.fullmatch(value)),
    "class": lambda value: True,
    "data-color": lambda value: True,
}
ONLY_ON = {
    "width": ("img",), "height": ("img",), "alt": ("img",), "src": ("img",), "start": ("ol",), "value": ("li",),
    "type": ("ol",), "colspan": ("td", "th"), "rowspan": ("td", "th"), "span": ("col", "colgroup"), "scope": ("th",),
    "datetime": ("time", "ins", "del"), "class": ("code", "mark"), "data-color": ("mark",), "hreflang": ("a",),
}  # fmt: skip


def as_xhtml(body: Element, here: str = "") -> None:
    """Make a tree valid in place. ``here`` begins the ids, so that those of several articles are apart."""
    for parent, at in places(body):
        if parent[at].tag == "math" and not valid_formula(parent[at]):
            replace(parent, at, [said(parent[at])])
    settle(body, frozenset())
    ids = named(body, here)
    for element in html_elements(body):
        element.attrib = checked(element, ids)
        if element.tag == "time" and "datetime" not in element.attrib:
            element.tag = "span"
        if element.tag == "bdo" and "dir" not in element.attrib:
            element.tag = "span"


def html_elements(root: Element) -> list[Element]:
    """All elements of HTML; a formula's are not."""
    found, around = list[Element](), [root]
    while around:
        element = around.pop()
        if element.tag != "math":
            found.append(element)
            around.extend(element)
    return found


def said(formula: Element) -> Element:
    """What stands in the place of a formula that no schema takes: its source, or what it says."""
    code = Element("code")
    source = next((text_of(one) for one in formula.iter("annotation")), "")
    code.text = source or formula.get("alttext") or " ".join(text_of(formula).split())
    return code


def settle(element: Element, above: frozenset[str]) -> None:
    """Let an element hold only what it may, from the innermost out; ``above`` are the names of those around it."""
    if element.tag == "math":
        return
    if element.tag in ("a", "details") and "a" in above:
        element.tag, element.attrib = ("span" if element.tag == "a" else "div"), {}
    around = above | {element.tag}
    for child in element:
        if child.tag in HEADINGS | {"section"} and around & {"dt", "th", "summary", "caption"}:
            child.tag = "div"
        settle(child, around)
    arrange(element)
    if element.tag in WORDS_ONLY:
        for inner in element.iter():
            if inner is not element and inner.tag in BLOCKS:
                inner.tag = "span"
    elif element.tag in INLINE and any(is_block(child) for child in element):
        element.tag = "div"
    if element.tag == "ruby" and not is_ruby(element):
        element.tag = "span"
    for child in element:
        if child.tag in WITHIN and element.tag not in WITHIN[child.tag]:
            child.tag = "div" if child.tag in BLOCKS else "span"
    if element.tag in INLINE and any(is_block(child) for child in element):
        element.tag = "div"


def is_block(element: Element) -> bool:
    """Whether an element stands by itself, and not among words."""
    return element.tag in BLOCKS or (element.tag in TRANSPARENT and any(is_block(child) for child in element))


def is_ruby(element: Element) -> bool:
    """Whether what is in a ruby is words and, behind them, their readings."""
    readings = " ".join("w" if child.tag not in ("rt", "rp") else child.tag for child in element)
    tail = readings.rpartition("w ")[2] if "w " in readings else readings
    begins = bool((element.text or "").strip()) or readings.startswith("w")
    return begins and bool(RUBY.match(tail)) and " rt w" not in f" {readings}"


def arrange(element: Element) -> None:
    """Bring the children of lists, tables, figures and what unfolds into the order that these have."""
    if element.tag in ("ul", "ol"):
        gather(element, ("li",), "li")
    elif element.tag == "dl":
        arrange_terms(element)
    elif element.tag == "table":
        arrange_table(element)
    elif element.tag in ROWS:
        gather(element, ("tr",), "tr")
    elif element.tag == "tr":
        gather(element, ("td", "th"), "td")
    elif element.tag == "colgroup":
        element[:] = [child for child in element if child.tag == "col"]
        element.text = None
    elif element.tag == "figure":
        for at, child in enumerate(element):
            first = at == 0 and not (element.text or "").strip()
            last = at == len(element) - 1 and not (child.tail or "").strip()
            taken = at > 0 and element[0].tag == "figcaption"
            if child.tag == "figcaption" and (not (first or last) or taken):
                child.tag = "div"
    elif element.tag == "details":
        arrange_details(element)


def gather(element: Element, kinds: tuple[str, ...], kind: str) -> None:
    """Put what is none of these kinds, elements and words, into one of its own kind."""
    children, loose = list[Element](), None
    before, element.text = element.text, None
    pieces: list[tuple[Element | None, str | None]] = [(None, before), *((child, child.tail) for child in element)]
    for child, tail in pieces:
        if child is not None:
            child.tail = None
            if child.tag in kinds:
                children.append(child)
                loose = None
            else:
                loose = loose if loose is not None else added(children, kind)
                into(loose, child, kind)
        if tail and tail.strip():
            loose = loose if loose is not None else added(children, kind)
            into(loose, tail, kind)
    element[:] = children


def into(holder: Element, what: Element | str, kind: str) -> None:
    """Put something into an element made for it; a row holds it in a cell."""
    if kind == "tr":
        holder = holder[0] if len(holder) else added_to(holder, "td")
    if isinstance(what, str):
        add_text(holder, what)
    else:
        what.tag = "div" if what.tag in WITHIN else what.tag
        holder.append(what)


def added(children: list[Element], kind: str) -> Element:
    """A new element behind others."""
    children.append(Element(kind))
    return children[-1]


def added_to(parent: Element, kind: str) -> Element:
    """A new element in another one."""
    made = Element(kind)
    parent.append(made)
    return made


def arrange_terms(element: Element) -> None:
    """A list of terms with what they mean; any other is no such list."""
    kinds = [child.tag for child in element]
    words = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
    in_turn = re.fullmatch(r"((dt )+(dd )+)+", "".join(f"{kind} " for kind in kinds))
    if words or not in_turn:
        element.tag = "div"


def arrange_table(element: Element) -> None:
    """A caption, columns, a head, bodies and a foot, in this order; words and rows by themselves in a body."""
    gather(element, ("caption", "colgroup", *ROWS, "tr"), "tr")
    parts: dict[str, list[Element]] = {name: [] for name in ("caption", "colgroup", "thead", "tbody", "tfoot")}
    loose: Element | None = None
    for child in element:
        if child.tag == "tr":
            loose = loose if loose is not None else added(parts["tbody"], "tbody")
            loose.append(child)
            continue
        loose = None
        if child.tag in ("caption", "thead", "tfoot") and parts[child.tag]:
            child.tag = "tbody"  # a second one
            gather(child, ("tr",), "tr")
        parts[child.tag].append(child)
    if not (parts["thead"] or parts["tbody"] or parts["tfoot"]):
        parts["tbody"].append(Element("tbody"))
    element[:] = [child for part in parts.values() for child in part]


def arrange_details(element: Element) -> None:
    """What unfolds begins with what is seen before."""
    if not len(element) or element[0].tag != "summary" or (element.text or "").strip():
        summary = Element("summary")
        summary.text, summary.tail = "…", element.text
        element.text = None
        element.insert(0, summary)
    for child in element[1:]:
        child.tag = "div" if child.tag == "summary" else child.tag


def named(body: Element, here: str) -> dict[str, str]:
    """Give each id a name that is valid and there once; which was which."""
    ids: dict[str, str] = {}
    for element in body.iter():
        given = element.attrib.pop("id", "").strip()
        if given and given not in ids:
            ids[given] = f"{here}n{len(ids) + 1}"
            element.set("id", ids[given])
    return ids


def checked(element: Element, ids: dict[str, str]) -> dict[str, str]:
    """An element's attributes, those that are valid on it."""
    kept: dict[str, str] = {}
    for name, value in element.attrib.items():
        if name == "id":
            kept[name] = value
        elif name == "lang" and LANGUAGE.fullmatch(value):
            kept |= {"lang": value, "xml:lang": value}
        elif name == "href" and element.tag == "a" and (address := link(value, ids)):
            kept[name] = address
        elif name in ("reversed", "open") and element.tag in ("ol", "details"):
            kept |= {name: name} if (name == "open") is (element.tag == "details") else {}
        elif name in CHECKS and element.tag in ONLY_ON.get(name, (element.tag,)) and CHECKS[name](value):
            kept[name] = value
    if element.tag == "img":
        kept.setdefault("alt", "")
    return kept


def link(address: str, ids: dict[str, str]) -> str | None:
    """Where a link leads, as a valid address: out to the web, or to a place that is there."""
    if address.startswith("#"):
        return f"#{ids[address[1:]]}" if address[1:] in ids else None
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return quote(address, safe=":@?=&%+,.-_~")
    if parts.scheme not in ("http", "https") or not host:
        return None
    try:
        named_host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    if not re.fullmatch(r"[A-Za-z0-9._-]+", named_host):
        return None
    path, query = quote(parts.path, safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="/%:@!$&'()*+,;=~?-._")
    fragment = quote(parts.fragment, safe="/%:@!$&'()*+,;=~?-._")
    whole = f"{parts.scheme}://{named_host}{f':{port}' if port else ''}{path}"
    whole += (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", whole)
