"""The text of one block as Markdown writes it: escaped where a sign would mean something, with stress, links, code."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass, field

SPACES = re.compile(r"[ \t\n\r\f]+")
MEANS_SOMETHING = re.compile(r"([\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,31};)|!$)")
BEGINS_A_BLOCK = re.compile(r"^(?:([-+=#>|]|:(?=-))|(\d{1,9})(?=[.)](?:\s|$)))")
ENDS_A_HEADING = re.compile(r"(?:^|(?<=\s))(#+)$")
STRESS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "dfn": "*"}
AS_HTML = {"sup": "sup", "sub": "sub", "del": "del", "s": "del", "ins": "ins", "mark": "mark"}
CODE = frozenset({"code", "kbd", "samp"})
UNREAD = frozenset({"rp", "annotation"})  # parentheses are set here, a formula's source is read by itself
NEEDS_BRACKETS = re.compile(r"[\s()<>\\]")
TEX = re.compile(r'class="(?:[^"]*\s)?language-tex[\s"]')
BACKTICKS = re.compile(r"`+")
BREAK = "\n"  # among the pieces: texts have their blanks folded
HARD_BREAK = "\\\n"
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


@dataclass(slots=True)
class Open:
    """An inline element that is open: what it is, and at which piece it began."""

    tag: str
    at: int
    address: str = ""


@dataclass(slots=True)
class Inline:
    """Gathers pieces of Markdown; what is open is closed when the block ends, wherever that is."""

    pieces: list[str] = field(default_factory=list)
    opened: list[Open] = field(default_factory=list)
    code: list[str] | None = None  # the pieces of the code span being read,
    code_tag: str = ""
    formula: str = ""  # and its sign, where it is a formula
    unread: int = 0
    math: list[str] | None = None
    tex: list[str] | None = None  # of the formula, once its source was seen

    def text(self, text: str) -> None:
        if self.tex is not None and self.unread:
            self.tex.append(text)
        if self.unread:
            return
        if self.math is not None:
            self.math.append(text)
        elif self.code is not None:
            self.code.append(text)
        else:
            self.pieces.append(MEANS_SOMETHING.sub(r"\\\1", SPACES.sub(" ", text)))

    def open(self, tag: str, attributes: str) -> None:
        said = {name: entities.unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        if tag in UNREAD:
            self.unread += 1
            if tag == "annotation" and "tex" in said.get("encoding", ""):
                self.tex = []
        elif tag == "math":
            self.math, self.tex = [], [said["alttext"]] if "alttext" in said else None
        elif tag == "br":
            self.line_break()
        elif tag == "img":
            self.pieces.append(f"![{one_line(said.get('alt', ''))}]({destination(said.get('src', ''))})")
        elif tag in CODE and self.code is None and self.math is None:
            self.code, self.code_tag, self.formula = [], tag, "$" if TEX.search(attributes) else ""
        elif tag == "rt":
            self.pieces.append("(")
        elif tag == "q":
            self.pieces.append("“")
        elif self.code is None and (tag in STRESS or tag in AS_HTML or tag == "a"):
            self.opened.append(Open(tag, len(self.pieces), said.get("href", "")))

    def close(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag == "math":
            self.end_math()
        elif self.code is not None:
            if tag == self.code_tag:
                self.end_code()
        elif tag == "rt":
            self.pieces.append(")")
        elif tag == "q":
            self.pieces.append("”")
        elif self.opened and self.opened[-1].tag == tag:
            self.wrap(self.opened.pop())

    def line_break(self) -> None:
        """A line break; within code it parts it in two, since code has none."""
        if self.code is not None:
            tag, formula = self.code_tag, self.formula
            self.end_code()
            self.pieces.append(BREAK)
            self.code, self.code_tag, self.formula = [], tag, formula
        elif self.math is None:
            self.pieces.append(BREAK)

    def end_code(self) -> None:
        text, self.code = SPACES.sub(" ", "".join(self.code or [])), None
        if text.strip():
            self.pieces.append(self.formula + code_span(text) + self.formula)
        elif text:
            self.pieces.append(" ")

    def end_math(self) -> None:
        """A formula is its TeX between dollar signs, or else the text of its MathML."""
        tex = SPACES.sub(" ", "".join(self.tex or [])).strip()
        text = SPACES.sub(" ", "".join(self.math or []))
        self.math = self.tex = None
        self.pieces.append(f"${code_span(tex)}$" if tex else MEANS_SOMETHING.sub(r"\\\1", text))

    def wrap(self, opened: Open) -> None:
        """Put what an element holds between its signs; blanks at either end stay outside."""
        inner = "".join(self.pieces[opened.at :])
        bare = inner.strip()
        if not bare:
            return
        begin = inner.find(bare)
        before, after = inner[:begin], inner[begin + len(bare) :]
        if opened.tag == "a":
            address = opened.address
            signs = ("[", f"]({destination(address)})") if address and not address.startswith("#") else ("", "")
        elif opened.tag in AS_HTML:
            signs = (f"<{AS_HTML[opened.tag]}>", f"</{AS_HTML[opened.tag]}>")
        else:
            signs = (MARK + STRESS[opened.tag], STRESS[opened.tag] + MARK)
        self.pieces[opened.at :] = [before + signs[0] + bare + signs[1] + after]

    def take(self, *, one_line: bool = False, in_cell: bool = False) -> str:
        """The block's text, and begin anew; what is still open goes on in the next block."""
        if self.code is not None:
            tag, formula = self.code_tag, self.formula
            self.end_code()
            self.code, self.code_tag, self.formula = [], tag, formula
        going_on = [Open(opened.tag, 0, opened.address) for opened in self.opened]
        while self.opened:
            self.wrap(self.opened.pop())
        text = stressed("".join(self.pieces))
        self.pieces, self.opened = [], going_on
        lines = [line for part in text.split(BREAK) if (line := part.strip(" "))]
        if in_cell:
            return "<br>".join(lines).replace("|", "\\|")
        if one_line:
            return ENDS_A_HEADING.sub(r"\\\1", " ".join(lines))
        return HARD_BREAK.join(BEGINS_A_BLOCK.sub(escaped_beginning, line) for line in lines)


MARK = "\x00"  # where stress begins or ends; no text holds it, see pipeline.read()
STRESSED = re.compile(r"\x00(\*{1,2})|(\*{1,2})\x00")


def stressed(text: str) -> str:
    """Text whose stress renders: as HTML where its signs would not, beside a letter or another sign."""
    if MARK not in text:
        return text
    signs = list(STRESSED.finditer(text))
    written = [sign[1] or sign[2] for sign in signs]
    opened: list[int] = []
    for at, sign in enumerate(signs):
        if sign[1]:
            opened.append(at)
        elif opened and not renders(text, signs[begin := opened.pop()], sign):
            name = "strong" if len(sign[2]) == 2 else "em"
            written[begin], written[at] = f"<{name}>", f"</{name}>"
    pieces, end = [], 0
    for sign, stress in zip(signs, written, strict=True):
        pieces += [text[end : sign.start()], stress]
        end = sign.end()
    return "".join((*pieces, text[end:]))


def renders(text: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    """Whether signs of stress are ones to CommonMark: not within a word beside punctuation, nor beside other signs."""
    before, first = text[opening.start() - 1 : opening.start()], text[opening.end() : opening.end() + 1]
    last, after = text[closing.start() - 1 : closing.start()], text[closing.end() : closing.end() + 1]
    if MARK in (before, after, first, last) or "*" in (before, after, first, last):
        return False
    return (first.isalnum() or not before.isalnum()) and (last.isalnum() or not after.isalnum())


def escaped_beginning(found: re.Match[str]) -> str:
    """The beginning of a line that would begin a list, a heading or a quotation, as text."""
    return f"{found[2]}\\" if found[2] else f"\\{found[1]}"


def code_span(text: str) -> str:
    """Text between as many backticks as it needs."""
    fence = "`" * (1 + max(map(len, BACKTICKS.findall(text)), default=0))
    padding = " " if text[:1] == "`" or text[-1:] == "`" or (text[:1] == text[-1:] == " ") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def destination(address: str) -> str:
    """An address as a link's destination."""
    if not NEEDS_BRACKETS.search(address):
        return address
    return "<" + SPACES.sub("%20", address).replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E") + ">"


def one_line(text: str) -> str:
    return MEANS_SOMETHING.sub(r"\\\1", SPACES.sub(" ", text).strip())
