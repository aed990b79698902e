"""How much of a string is prose: sentences, not code, labels, identifiers or addresses."""

from __future__ import annotations

import re
from html import unescape

BLOCKS = r"p|div|br|hr|li|[uo]l|h[1-6]|blockquote|t[rdh]|table|d[tdl]|pre|section|article|figure"
BLOCK_TAG = re.compile(rf"</?(?:{BLOCKS})\b[^<>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
CODE = re.compile(r"<(script|style)\b(?:(?!</?\1\b).)*+</\1\s*>", re.IGNORECASE | re.DOTALL)
MARKUP = re.compile(
    rf"<(?:!--|(?:{BLOCKS}|span|a|em|i|b|strong|img|picture|code|script|style|iframe)[\s/>])", re.IGNORECASE
)
ESCAPED_MARKUP = re.compile(rf"&lt;(?:{BLOCKS}|a)(?:\s|/|&gt;)", re.IGNORECASE)
LINE_BREAK = re.compile(r"[\r\n]+")
SENTENCE_MIN_CHARS, SENTENCE_MIN_SPACES, MEAN_WORD_MAX_CHARS = 40, 5, 14
SENTENCE_END = re.compile(r"[.!?…:;,؟।۔]")
BY_CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")  # kana, Han, Thai
BY_CHARACTER_MIN = 15  # of these say what a sentence of 40 letters does
LETTERS = re.compile(r"[^\W\d_]")
LETTERS_MIN_SHARE = 0.7  # of a sentence, spaces aside


def as_html(text: str) -> str:
    """A string's HTML where it is escaped once more; itself else."""
    return unescape(text) if "<" not in text and ESCAPED_MARKUP.search(text) else text


def is_markup(text: str) -> bool:
    """Whether a string is HTML."""
    return "<" in text and MARKUP.search(text) is not None


def unescaped(text: str) -> str:
    """A text with its entities resolved."""
    return unescape(text) if "&" in text else text


def lines_of(text: str) -> list[str]:
    """The lines of a string's text, its markup aside."""
    if "<" in text:
        text = ANY_TAG.sub("", BLOCK_TAG.sub("\n", CODE.sub("", text) if "</s" in text.lower() else text))
    return [" ".join(line.split()) for line in LINE_BREAK.split(unescaped(text))]


def sentences(text: str) -> list[str]:
    """The lines of a string that are prose."""
    return [line for line in lines_of(text) if is_prose(line)]


def is_prose(line: str) -> bool:
    """Whether a line reads like a sentence: words of letters, parted and punctuated as sentences are."""
    if len(line) < BY_CHARACTER_MIN:
        return False
    if not line.isascii() and len(BY_CHARACTER.findall(line)) >= max(BY_CHARACTER_MIN, len(line) / 3):
        return True
    spaces = line.count(" ")
    if len(line) < SENTENCE_MIN_CHARS or spaces < SENTENCE_MIN_SPACES or len(line) > MEAN_WORD_MAX_CHARS * spaces:
        return False
    letters = len(LETTERS.findall(line))
    return SENTENCE_END.search(line) is not None and letters >= LETTERS_MIN_SHARE * (len(line) - spaces)


def prose_chars(text: str) -> int:
    """How many characters of a string are prose."""
    return sum(map(len, sentences(text)))
