"""Text, excerpt, words, reading time: from the sanitized HTML, so that what is searched is what is read."""

from __future__ import annotations

import re

from quietpage.cleaner.entities import unescaped

# The sanitizer's output is well formed, its attributes are double-quoted, and "<" and ">" in them are entities.
TAG = re.compile(r"<(/?[a-z0-9]+)(?:[^>\"]++|\"[^\"]*+\")*+>")
BRACKET_IN_ATTRIBUTE = re.compile(r"=\"[^\"<>]*+[<>]")
BLOCKS = frozenset("p div section h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl figure table details hr caption".split())
LINES = frozenset("li dt dd tr br summary thead tbody tfoot".split())  # these begin a line, the blocks a paragraph
CELLS = frozenset({"td", "th"})
UNREAD = frozenset({"figcaption", "rt", "rp", "annotation"})  # captions belong to pictures, readings to their base
LISTS = frozenset({"ul", "ol"})
# What is written between "<" and ">" -> whether it ends an element, and its name; other tags part no text.
TAGS = {mark + tag: (mark == "/", tag) for tag in BLOCKS | LINES | CELLS | UNREAD for mark in ("", "/")}
INVISIBLE_ONES = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
INVISIBLE = re.compile(f"[{INVISIBLE_ONES}]")
BY_CHARACTER = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana and Han
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer: words without spaces between them
WORD = re.compile(
    rf"[{BY_CHARACTER}]|[{UNSPACED}]{{1,5}}|[^\W{BY_CHARACTER}{UNSPACED}]+(?:['’.-][^\W{BY_CHARACTER}{UNSPACED}]+)*"
)
UNSPACED_ONE = re.compile(rf"[{BY_CHARACTER}{UNSPACED}]")
SPACED_WORD = re.compile(r"\w+(?:['’.-]\w+)*")  # the same where there are none of those
SENTENCE_END = re.compile(r"[.!?…](?=[\"”’»)]*\s)[\"”’»)]*|[。！？]")
EXCERPT_CHARS = 220  # about two lines in a list

# Silent reading of English non-fiction, words a minute: Brysbaert 2019, "How many words do we read per minute?",
# Journal of Memory and Language 109, 104047.
ENGLISH_WORDS_A_MINUTE = 238
# How fast other languages are read against English: Trauzettel-Klosinski and Dietz 2012, "Standardized assessment of
# reading performance", IOVS 53(9), table 2, words a minute; for Chinese and Japanese, characters.
COMPARED = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "ja": 357, "nl": 202,
    "pl": 166, "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166, "zh": 255,
}  # fmt: skip
COMPARED_ELSEWHERE = 184  # the mean over that study's seventeen languages


def plain_text(html: str) -> str:
    """Return the text of sanitized HTML: paragraphs apart by blank lines, items and rows on lines of their own.

    Cells are parted by tabs; code keeps its lines. Captions, ruby readings and the sources of formulas are left out.
    """
    if BRACKET_IN_ATTRIBUTE.search(html):
        html = TAG.sub(r"<\1>", html)
    writer = Writer()
    for piece in f">{html}".split("<"):
        written, _, text = piece.partition(">")
        name = written.partition(" ")[0]
        if name in TAGS:
            closes, tag = TAGS[name]
            if tag in UNREAD:
                writer.unread += -1 if closes else 1
            elif closes:
                writer.close(tag)
            else:
                writer.open(tag)
        if text and not writer.unread:
            writer.pieces.append(text)
    writer.end_line()
    text = unescaped("".join(writer.out))
    return INVISIBLE.sub("", text) if any(character in text for character in INVISIBLE_ONES) else text


class Writer:
    """Gathers text into lines. ``gap`` is the break owed before the next line: 1 a line, 2 a paragraph."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.pieces: list[str] = []  # of the line being written
        self.row: list[str] = []  # the cells before it in its row
        self.bullet = ""
        self.gap = self.unread = self.code = self.cell = self.lists = 0

    def open(self, tag: str) -> None:
        if tag in CELLS:
            self.cell += 1
        elif tag == "br" and self.code:
            self.pieces.append("\n")
        elif tag == "br" or tag in LINES or tag in BLOCKS:
            self.end_block(tag)
            self.lists += tag in LISTS
            self.code += tag == "pre"
            if tag == "li":
                self.bullet = "  " * max(0, self.lists - 1) + "- "

    def close(self, tag: str) -> None:
        if tag in CELLS:
            self.cell -= 1
            self.row.append(self.take_line())
        elif tag in LINES or tag in BLOCKS:
            self.lists -= tag in LISTS
            self.end_block(tag)
            self.code -= tag == "pre"
            if tag == "li":
                self.gap = 1  # even where it holds paragraphs

    def end_block(self, tag: str) -> None:
        """End the line. A row keeps to its line, whatever blocks its cells hold."""
        if self.cell:
            self.pieces.append(" ")
        elif self.code:
            self.write("".join(self.pieces).strip("\n"))
            self.pieces = []
            self.gap = 2
        else:
            self.end_line()
            near = tag in LINES or self.bullet or (tag in LISTS and self.lists)
            self.gap = max(self.gap, 1 if near else 2)

    def end_line(self) -> None:
        last = self.take_line()
        self.write("\t".join([*self.row, last] if last else self.row))
        self.row = []

    def take_line(self) -> str:
        """The line written so far, its spaces folded."""
        text = " ".join("".join(self.pieces).split())
        self.pieces = []
        return text

    def write(self, text: str) -> None:
        if text.strip():
            if self.out:
                self.out.append("\n" * self.gap)
            self.out.append(self.bullet + text)
            self.gap, self.bullet = 0, ""


def excerpt(text: str) -> str:
    """The beginning of a text: whole sentences where they fit into 220 characters, else whole words and an ellipsis."""
    line = " ".join(text[: 4 * EXCERPT_CHARS].split())
    if len(line) <= EXCERPT_CHARS:
        return line
    ends = [end.end() for end in SENTENCE_END.finditer(line, 0, EXCERPT_CHARS)]
    if ends and ends[-1] > EXCERPT_CHARS // 2:
        return line[: ends[-1]]
    beginning = line[:EXCERPT_CHARS]
    spaced = " " in beginning[EXCERPT_CHARS // 2 :]  # Chinese and Japanese have no spaces to stop at
    return (beginning.rsplit(" ", 1)[0] if spaced else beginning).rstrip(" ,;:–—-、，") + "…"


def count_words(text: str) -> int:
    """Words; in Chinese and Japanese, characters; in scripts without spaces, about five characters to a word."""
    if not text.isascii() and UNSPACED_ONE.search(text):
        return len(WORD.findall(text))
    pieces = text.split()
    others = [piece for piece in pieces if not piece.isalnum()]  # the rest, by far most, is one word each
    return len(pieces) - len(others) + len(SPACED_WORD.findall(" ".join(others)))


def reading_minutes(words: int, language: str | None) -> int:
    """Minutes of silent reading, at least 1. ``words`` are counted as :func:`count_words` does."""
    compared = COMPARED.get((language or "").split("-")[0].lower(), COMPARED_ELSEWHERE)
    return max(1, round(words * COMPARED["en"] / (compared * ENGLISH_WORDS_A_MINUTE)))
