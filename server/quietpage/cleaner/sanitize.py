"""The last step, and without a switch: only what a reader needs is allowed through (nh3, which is ammonia)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3

from quietpage.article import is_content_address
from quietpage.cleaner.depth import cap_depth
from quietpage.cleaner.entities import without_controls
from quietpage.cleaner.excess import leave_out_excess

ID_PREFIX = "qp-"  # a page's ids cannot meet those of the reader around them

STRUCTURE = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "blockquote", "q", "cite", "pre", "code",
    "kbd", "samp", "var", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "img", "table",
    "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary",
}  # fmt: skip
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "del", "dfn", "em", "i", "ins", "mark", "ruby", "rb", "rp", "rt", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip
AROUND = {  # what stands around an article, and is seen where the whole page is
    "header", "footer", "nav", "main", "article", "aside", "address", "hgroup", "search", "menu", "dir", "label",
    "button", "fieldset", "legend", "center", "font", "big", "tt", "strike",
}  # fmt: skip
MATH = {
    "math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot",
    "mstyle", "merror", "mpadded", "mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable",
    "mtr", "mtd", "menclose", "mmultiscripts", "mprescripts", "none",
}  # fmt: skip
EVERYWHERE = {"id", "lang", "dir", "title"}
ATTRIBUTES = {
    "*": EVERYWHERE,
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},  # one address: the reader keeps one copy of a picture
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "td": {"colspan", "rowspan", "headers"},
    "col": {"span"},
    "colgroup": {"span"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "time": {"datetime"},
    "details": {"open"},
    "code": {"class"},
    "math": {"display", "alttext"},
    "annotation": {"encoding"},
    "mi": {"mathvariant"},
    "mo": {"form", "fence", "separator", "stretchy", "symmetric", "largeop", "movablelimits", "lspace", "rspace",
           "minsize", "maxsize", "mathvariant", "accent"},
    "mfrac": {"linethickness"},
    "mspace": {"width", "height", "depth"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mstyle": {"displaystyle", "scriptlevel", "mathvariant"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "menclose": {"notation"},
    "mtable": {"columnalign", "rowspacing", "columnspacing", "columnlines", "rowlines", "frame", "displaystyle"},
    "mtd": {"columnspan", "rowspan", "columnalign"},
}  # fmt: skip
CONTENT_LOST = {
    "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "textarea", "select", "option",
    "title", "head", "svg", "canvas", "audio", "video", "xmp", "noembed", "noframes", "plaintext",
    "annotation-xml",  # a formula once more
}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "data", "ni"}  # the last two for pictures alone, see keep()
RASTER = ("data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:image/avif")
STRETCH_CHARS, ENTITY_MAX_CHARS = 8192, 40  # the longest name of one has 31 letters (HTML standard §13.5)
LONG_TEXT = re.compile(rf">[^<]{{{2 * STRETCH_CHARS},}}")
CODE_BEGIN = re.compile(r"(<pre(?: [a-z]+=\"[^\"]*+\")*+>)\n+")  # whose first line break no parser reads
LANGUAGE_CLASS = ("language-", "lang-")


def keep(tag: str, name: str, value: str) -> str | None:
    """Decide on one allowed attribute: its value, a changed one, or None to leave it out."""
    if name == "id":
        return prefixed(value)
    if name == "href" and value.startswith("#"):
        return "#" + prefixed(value[1:])
    if name == "class":
        return " ".join(word for word in value.split() if word.startswith(LANGUAGE_CLASS)) or None
    if value.lstrip().lower().startswith("data:"):
        return value if tag == "img" and name == "src" and value.lower().startswith(RASTER) else None
    if name in ("href", "cite", "src") and value.lstrip().lower().startswith("ni:"):
        return value if tag == "img" and name == "src" and is_content_address(value) else None
    return value


def prefixed(name: str) -> str:
    """An id with the prefix that keeps it apart from the reader's; what has been sanitised before has it."""
    return name if name.startswith(ID_PREFIX) else ID_PREFIX + name


def keep_captured(tag: str, name: str, value: str) -> str | None:
    """Decide on one attribute of a page that is shown as it was captured: a picture shows what it has in itself."""
    if name == "src":
        return value if value.lower().startswith(RASTER) else None
    return keep(tag, name, value)


CLEANER = nh3.Cleaner(
    tags=STRUCTURE | INLINE | MATH,
    clean_content_tags=CONTENT_LOST,
    attributes=ATTRIBUTES,
    attribute_filter=keep,
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
    strip_comments=True,
)

CAPTURED = nh3.Cleaner(
    tags=(STRUCTURE | INLINE | MATH | AROUND),
    clean_content_tags=CONTENT_LOST,
    attributes={
        "*": EVERYWHERE | {"data-qp-hidden"},
        "img": {"src", "alt", "width", "height"},
        **{tag: ATTRIBUTES[tag] for tag in ("ol", "li", "th", "td", "details", "math")},
    },
    attribute_filter=keep_captured,
    url_schemes={"data"},
    link_rel=None,
    strip_comments=True,
)


def sanitize(html: str) -> str:
    """Return ``html`` with nothing in it that could run, load from elsewhere by itself, or clash with the reader.

    Kept: text structure, links (http, https, mailto, own fragments), pictures, tables, code with its language,
    MathML; no control characters. Ids get a prefix, and links to them follow. Linear for trees of browsers' depth
    (512).
    """
    clean = without_controls(CLEANER.clean(LONG_TEXT.sub(parted, html)))
    return CODE_BEGIN.sub(r"\1", clean) if "<pre" in clean else clean


def as_captured(html: str) -> str:
    """Return the body of a whole page with nothing in it that runs, loads, leads anywhere or is filled in.

    All that it shows stays, with the marks of what its browser did not display; the styles it had are not kept with it.
    """
    return without_controls(CAPTURED.clean(LONG_TEXT.sub(parted, cap_depth(leave_out_excess(html)))))


def parted(text: re.Match[str]) -> str:
    """A very long text with empty comments in it, which are left out again.

    The sanitiser writes each text between two of them by itself; with a million "&", no-break spaces or soft hyphens
    in one it would look through all that is left of it once for each: 400,000 take 2 to 5 s, and so on by the square.
    """
    return "<!---->".join(stretches(text[0]))


def stretches(text: str) -> Iterator[str]:
    """A text in pieces, never parted within an entity."""
    begin = 0
    while begin < len(text):
        end = begin + STRETCH_CHARS
        entity = text.rfind("&", end - ENTITY_MAX_CHARS, end)
        end = entity if entity > 0 else end
        yield text[begin:end]
        begin = end
