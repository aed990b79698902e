"""Plain text, excerpt, word count, reading time and Markdown: all from the sanitised HTML, so that what is searched
is what is read."""

from __future__ import annotations

import html as entities
import math
import re

from markdownify import ATX, MarkdownConverter

# The sanitiser's output is well formed and its attributes are double-quoted: a pattern reads it exactly, in one pass.
TOKEN = re.compile(r"<(/?)([a-z0-9]+)((?:[^>\"]++|\"[^\"]*+\")*+)>|([^<]+|<)")
INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q ruby rb s samp small span strong sub sup time u var wbr "
    "math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle msub msup msubsup munder mover munderover "
    "img picture source".split()
)
UNREAD = frozenset({"figcaption", "rt", "rp", "annotation"})  # captions belong to pictures; readings to their base
LINES = frozenset({"li", "tr", "dt", "dd", "br", "summary"})  # these begin a line, the other blocks a paragraph
CELLS = frozenset({"td", "th"})
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # soft hyphen, zero-width space, word joiner, BOM
CODE_SPACE = "\x01"  # stands for a space in code, whose lines keep their indentation; no sanitised text holds it
SPACES = re.compile(r"[^\S\n]+")
WORD = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+(?:['’-]\\w+)*"
)
SENTENCE_END = re.compile(r"[.!?…](?=[\"”’»)]*\s)|[。！？]")
EXCERPT_CHARS = 220  # about two lines in a list
# Words a minute of silent reading: Trauzettel-Klosinski and Dietz 2012, "Standardized assessment of reading
# performance: the new International Reading Speed Texts IReST", table 2; Chinese and Japanese in characters.
WORDS_A_MINUTE = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "ja": 357, "nl": 202,
    "pl": 166, "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166, "zh": 255,
}  # fmt: skip
WORDS_A_MINUTE_ELSEWHERE = 184  # the mean over that study's seventeen languages


def plain_text(html: str) -> str:
    """Return the text of sanitised HTML: paragraphs apart by blank lines, items and rows on lines of their own.

    Captions, ruby readings and the sources of formulas are left out; code keeps its lines.
    """
    parts: list[str] = []
    unread = pre = 0
    for closing, tag, _, text in TOKEN.findall(html):
        if text:
            if not unread:
                parts.append(text.replace(" ", CODE_SPACE) if pre else SPACES.sub(" ", text.replace("\n", " ")))
        elif tag in UNREAD:
            unread += -1 if closing else 1
        elif tag == "br":
            parts.append("\n")
        elif tag == "pre":
            pre += -1 if closing else 1
            parts.append("\n\n")
        elif tag in CELLS:
            parts.append("" if closing else "\t")
        elif tag in LINES:
            parts.append("\n" if closing else "\n- " if tag == "li" else "\n")
        elif tag not in INLINE:
            parts.append("\n\n")
    return tidy_lines(entities.unescape("".join(parts)).translate(INVISIBLE)).replace(CODE_SPACE, " ")


def tidy_lines(text: str) -> str:
    """No space at line ends, no more than one blank line, no bullet without its item."""
    text = re.sub(r"(?m)^- (?:[ \n]*\n- )+", "- ", text)
    text = re.sub(r"[^\S\n]*\n[ \t\xa0]*(?=\n|\S)", "\n", text) if "\n" in text else text
    text = re.sub(r"(?m)^-[^\S\n]*$\n?(?=\n|-)", "", text)
    text = re.sub(r"(?m)^- *\n+(?=\S)", "- ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def excerpt(text: str) -> str:
    """The beginning of a text: whole sentences where they fit into 220 characters, else whole words and an ellipsis."""
    line = " ".join(text[: 4 * EXCERPT_CHARS].split())
    if len(line) <= EXCERPT_CHARS:
        return line
    ends = [end.end() for end in SENTENCE_END.finditer(line, 0, EXCERPT_CHARS)]
    if ends and ends[-1] > EXCERPT_CHARS // 2:
        return line[: ends[-1]]
    return line[:EXCERPT_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def count_words(text: str) -> int:
    """Words; in Chinese and Japanese, characters."""
    return len(WORD.findall(text))


def reading_minutes(words: int, language: str | None) -> int:
    """Minutes of silent reading, at least 1."""
    speed = WORDS_A_MINUTE.get((language or "").split("-")[0].lower(), WORDS_A_MINUTE_ELSEWHERE)
    return max(1, math.ceil(words / speed - 0.25))  # a quarter of a minute over is still that minute


class Converter(MarkdownConverter):
    """Markdown with fenced code in the code's language."""

    def __init__(self) -> None:
        super().__init__(heading_style=ATX, bullets="-", code_language_callback=code_language, escape_misc=False)


def code_language(pre: object) -> str:
    """The language a code block's class names, "" where none does."""
    found = re.search(r'class="lang(?:uage)?-([\w+#.-]+)', str(pre))
    return found[1] if found else ""


def markdown(html: str) -> str:
    """Return sanitised HTML as Markdown (CommonMark with tables)."""
    return re.sub(r"\n{3,}", "\n\n", str(Converter().convert(html))).strip() + "\n"
