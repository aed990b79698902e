"""Formulas: each once, as MathML where the page holds it, or else as its TeX in ``<code class="language-tex">``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import Tag
from bs4.element import NavigableString

from quietpage.cleaner.tidy.content import Content, attribute, sibling
from quietpage.cleaner.tidy.tree import first_inside, holder_of, parse

SIGNS = ("math", "Math", "katex", "latex", "mjx-", "tex=", "-tex", '"tex', "\\(", "\\[", "$$")  # in the source
# Where renderers (KaTeX, MathJax 2 to 4, MediaWiki) put what they made of one formula.
RENDERED = re.compile(
    r"(?:katex|MathJax|MathJax_(?:SVG|CHTML|MathML)|mjx-chtml|mwe-math-element|mjx-container)(?:\s|$)"
)
PREVIEW = re.compile(r"MathJax_Preview")
DRAWN = re.compile(f"{RENDERED.pattern}|{PREVIEW.pattern}")
DISPLAYED = re.compile(r"katex-display|_Display|math-(?:fallback-image-)?display|mathjax-block")
BARE = re.compile(r"(?:^|\s)(?:math|arithmatex|tex|latex|ztext-math|mathjax(?:-\w+)?|tex2jax_process)(?:\s|$)")
MATHML_SCRIPT = re.compile(r"math/mml")
TEX_PICTURE = re.compile(r"(?:^|\s)(?:tex|latex|texrender|math|equation|mwe-math-fallback-image-\w+)(?:\s|$)")
TEX_SERVER = re.compile(r"latex|mimetex|mathtex|/math/render/|equation\?tex=|[?&]tex=|[?&]chl=", re.I)
TEX_IN_ADDRESS = re.compile(r"(?:[?&](?:latex|tex|chl)=|\.latex\?|(?:mimetex|mathtex)\.cgi\?)([^&]+)", re.I)
DELIMITED = re.compile(  # nothing in these begins again what they begin: so no formula is sought twice
    r"\\\(((?:[^\\]|\\(?![()]))++)\\\)|\\\[((?:[^\\]|\\(?![\[\]]))++)\\\]|\$\$([^$]+)\$\$"
)
LIKE_TEX = re.compile(r"[\\^_{}=]")
STYLED = re.compile(r"\s*\{\s*\\(?:display|text)style\s+(.*)\}\s*", re.DOTALL)
TEX_MAX_CHARS = 5000
UNTOUCHED = frozenset("pre code kbd samp textarea math script".split())


def keep_formulas(content: Content) -> None:
    """Leave one form of each formula. Scripts hold some, so the rest of them are dropped here as well."""
    for script in content.all({"script", "math-script"}):
        keep_script(content, script)
    if not any(sign in content.source for sign in SIGNS):
        return
    for tag in content.tags[:]:
        if (not tag.attrs and tag.name != "mjx-container") or not content.stands(tag):
            continue
        names = attribute(tag, "class")
        if tag.name == "img":
            keep_picture(content, tag, names)
        elif RENDERED.search(names) or tag.name == "mjx-container":
            keep_rendered(content, tag, names)
        elif PREVIEW.search(names):
            drop_preview(content, tag)
        elif BARE.search(names) or "data-tex" in tag.attrs:
            keep_bare(content, tag)
    for math in content.all({"math"}):
        drop_fallback(content, math)
    if "\\(" in content.source or "\\[" in content.source or "$$" in content.source:
        for text in [node for node in content.root.descendants if type(node) is NavigableString]:
            keep_delimited(content, text)


def keep_script(content: Content, script: Tag) -> None:
    """A formula's source in a script takes the place of what was drawn from it, unless that holds MathML."""
    kind, source = attribute(script, "type"), script.get_text().strip()
    if not kind.startswith("math/") or not source:
        content.drop(script)
        return
    drawn = sibling(script, after=False)
    if drawn is not None and DRAWN.search(attribute(drawn, "class")):
        if mathml_of(drawn) is not None:
            content.drop(script)
            return
        content.drop(drawn)
    math = first_inside(parse(source)[0], {"math"}) if MATHML_SCRIPT.match(kind) else None
    content.replace(script, math or tex_code(content, source, kind))


def keep_rendered(content: Content, tag: Tag, names: str) -> None:
    """What a renderer made becomes its MathML, or its TeX; left as it is where it says neither."""
    math = mathml_of(tag)
    if math is None and holder_of(tag, {"math"}) is None and (tex := tex_of(tag)):
        content.replace(tag, tex_code(content, tex))
    elif math is not None:
        around = tag.parent
        displayed = attribute(tag, "display") == "true" or (
            around is not None and DISPLAYED.search(f"{attribute(around, 'class')} {names}")
        )
        if displayed:
            math["display"] = "block"
        content.replace(tag, math)


def mathml_of(tag: Tag) -> Tag | None:
    """The MathML inside an element, or in its data."""
    math = first_inside(tag, {"math"})
    if math is None and (data := attribute(tag, "data-mathml")):
        math = first_inside(parse(data)[0], {"math"})
    return math


def tex_of(tag: Tag) -> str:
    """The TeX that an element or one inside it gives as data, or a picture inside as its words."""
    for node in (tag, *(inner for inner in tag.descendants if isinstance(inner, Tag))):
        for name in ("data-latex", "data-tex", "data-formula"):
            if source := attribute(node, name):
                return source
        if node.name == "img" and (source := attribute(node, "alt")):
            return source
        if node.name == "annotation" and "tex" in attribute(node, "encoding"):
            return node.get_text()
    return ""


def drop_preview(content: Content, tag: Tag) -> None:
    """What stood there until the formula was rendered; before one that never was, it is the formula."""
    drawn = sibling(tag, after=True)
    if not content.weight(tag).chars or (drawn is not None and RENDERED.search(attribute(drawn, "class"))):
        content.drop(tag)


def keep_picture(content: Content, image: Tag, names: str) -> None:
    """A picture of a formula becomes the TeX it was drawn from."""
    source = attribute(image, "src")
    if not (TEX_PICTURE.search(names) or "eeimg" in image.attrs or TEX_SERVER.search(source[:TEX_MAX_CHARS])):
        return
    in_address = TEX_IN_ADDRESS.search(source[:TEX_MAX_CHARS])
    tex = attribute(image, "alt") or (unquote(in_address[1]) if in_address else "")
    if tex and (LIKE_TEX.search(tex) or len(tex) == 1 or in_address) and len(tex) < TEX_MAX_CHARS:
        content.replace(image, tex_code(content, tex))


def keep_bare(content: Content, tag: Tag) -> None:
    """An element that says it is mathematics and holds nothing but TeX is TeX."""
    tex = attribute(tag, "data-tex")
    if not tex and not any(isinstance(inner, Tag) for inner in tag.descendants):
        text = tag.get_text().strip()
        tex = text if DELIMITED.fullmatch(text) else ""
    if tex and first_inside(tag, {"math"}) is None:
        code = tex_code(content, tex)
        content.replace(tag, code)
        if tag.name in ("div", "p"):
            code.wrap(content.new("p"))


def keep_delimited(content: Content, text: NavigableString) -> None:
    """TeX between its delimiters in running text."""
    found = list(DELIMITED.finditer(text)) if "\\" in text or "$$" in text else []
    if not found or holder_of_text(text) is not None:
        return
    for piece in pieces(content, str(text), found):
        text.insert_before(piece)
    text.extract()


def pieces(content: Content, text: str, found: list[re.Match[str]]) -> Iterator[Tag | NavigableString]:
    """A text's formulas and what stands between them."""
    at = 0
    for match in found:
        if match[3] is not None and not LIKE_TEX.search(match[3]):
            continue  # "$$" may be money
        if before := text[at : match.start()]:
            yield NavigableString(before)
        yield tex_code(content, match[0])
        at = match.end()
    if rest := text[at:]:
        yield NavigableString(rest)


def holder_of_text(text: NavigableString) -> Tag | None:
    return next((above for above in text.parents if above.name in UNTOUCHED), None)


def tex_code(content: Content, tex: str, kind: str = "math/tex") -> Tag:
    """TeX, without its delimiters, as code that says what it is: the sanitiser keeps a code's language."""
    tex = tex.strip()
    if found := DELIMITED.fullmatch(tex):
        tex = next(inner for inner in found.groups() if inner is not None)
    elif len(tex) > 2 and tex[0] == tex[-1] == "$":
        tex = tex[1:-1]
    if styled := STYLED.fullmatch(tex):
        tex = styled[1]
    code = content.new("code", **{"class": "language-tex" if kind.startswith("math/tex") else "language-asciimath"})
    code.string = tex.strip()
    return code


def drop_fallback(content: Content, math: Tag) -> None:
    """A picture right beside a formula that names the same source shows it again."""
    holder = math.parent
    beside = holder.find_next_sibling() if holder is not None and holder.name == "span" else None
    picture = beside if beside is not None else math.find_next_sibling()
    source = math.get("alttext")
    if picture is not None and picture.name == "img" and source and picture.get("alt") == source:
        content.drop(picture)
