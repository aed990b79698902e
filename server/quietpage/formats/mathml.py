"""Which formulas an EPUB may hold: MathML as its schema has it, with as many parts in each element as it takes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext", "annotation"})  # hold words alone
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
ANY_PARTS = frozenset({"math", "mrow", "msqrt", "mstyle", "merror", "mpadded", "mphantom", "menclose"})
HELD = {"mtr": ("mtable",), "mtd": ("mtr",), "mprescripts": ("mmultiscripts",), "none": ("mmultiscripts",)}
PLAIN = frozenset(
    {"display", "alttext", "encoding", "mathvariant", "displaystyle", "stretchy", "fence", "accent", "dir"}
)
VALUES = {
    "display": ("block", "inline"), "displaystyle": ("true", "false"), "stretchy": ("true", "false"),
    "fence": ("true", "false"), "accent": ("true", "false"), "dir": ("ltr", "rtl"),
    "mathvariant": ("normal", "bold", "italic", "bold-italic", "double-struck", "script", "fraktur", "monospace",
                    "bold-script", "bold-fraktur", "sans-serif", "bold-sans-serif", "sans-serif-italic",
                    "sans-serif-bold-italic"),
}  # fmt: skip


def valid_formula(formula: Element) -> bool:
    """Whether a ``math`` is valid as it is nested; its attributes that would not be go."""
    for element in formula.iter():
        element.attrib = {
            name: value
            for name, value in element.attrib.items()
            if name in PLAIN and (name not in VALUES or value in VALUES[name]) and is_on(name, element.tag)
        }
        if element.tag not in ANY_PARTS and not fits(element):
            return False
        if element.tag not in TOKENS and has_words(element):
            return False
        if any(child.tag in HELD and element.tag not in HELD[child.tag] for child in element):
            return False
        if any(child.tag in ("annotation", "math") and element.tag != "semantics" for child in element):
            return False
    return True


def is_on(name: str, tag: str) -> bool:
    """Whether an element has such an attribute."""
    if name in ("display", "alttext"):
        return tag == "math"
    if name == "encoding":
        return tag == "annotation"
    if name == "accent":
        return tag in ("mo", "mover", "munderover")
    if name in ("stretchy", "fence"):
        return tag == "mo"
    if name == "displaystyle":
        return tag in ("mstyle", "mtable", "math")
    return name != "mathvariant" or tag in TOKENS - {"annotation"} or tag == "mstyle"


def fits(element: Element) -> bool:
    """Whether an element holds as many parts, and such, as it takes."""
    count, tag = len(element), element.tag
    if tag in TOKENS or tag in ("mspace", "none", "mprescripts"):
        return count == 0
    if tag in PARTS:
        return count == PARTS[tag]
    if tag == "semantics":
        return count > 0 and element[0].tag != "annotation" and all(one.tag == "annotation" for one in element[1:])
    if tag == "mtable":
        return all(one.tag == "mtr" for one in element)
    if tag == "mtr":
        return all(one.tag == "mtd" for one in element)
    return tag == "mtd" or (tag == "mmultiscripts" and fits_scripts(element))


def fits_scripts(element: Element) -> bool:
    """A base, pairs of scripts behind it, and pairs before it."""
    kinds = [child.tag for child in element]
    if not kinds or kinds[0] in ("none", "mprescripts") or kinds.count("mprescripts") > 1:
        return False
    behind = kinds[1:]
    before = behind[behind.index("mprescripts") + 1 :] if "mprescripts" in behind else []
    behind = behind[: behind.index("mprescripts")] if "mprescripts" in behind else behind
    return len(behind) % 2 == 0 and len(before) % 2 == 0


def has_words(element: Element) -> bool:
    """Whether there are words right in an element."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
