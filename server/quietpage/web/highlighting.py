"""Code as the reader shows it: words of a programming language in colors, by Pygments; the kept HTML stays plain."""

from __future__ import annotations

import re
import time
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from quietpage.web.languages import guessed, lexer_name

# A class of ours and the token types of Pygments it stands for; the longest name that fits decides. All else is plain.
CLASSES = {
    "c": "Comment",
    "k": "Keyword Operator.Word Name.Tag Comment.Preproc Keyword.Namespace",
    "t": "Keyword.Type Name.Builtin Name.Exception",
    "s": "Literal.String",
    "n": "Literal.Number Literal.Date Keyword.Constant Name.Entity",
    "f": "Name.Function Name.Class Generic.Heading Generic.Subheading",
    "a": "Name.Attribute Name.Decorator Name.Variable Name.Property Name.Label",
    "i": "Generic.Inserted",
    "d": "Generic.Deleted Generic.Error Generic.Traceback",
    "p": "Generic.Prompt",
    "o": "Generic.Output",
}
NAMES = tuple(CLASSES)
NUMBER = {kind: NAMES.index(name) for name, kinds in CLASSES.items() for kind in kinds.split()}
MOST_BLOCK_CHARS = 30_000  # Python takes 2 ms CPU per 1,000 characters, most languages less
MOST_PAGE_CHARS = 100_000
LONGEST_LINE = 1000  # some lexers take time by the square of a line's length
LONG_BLANK = re.compile(r"\s{300}")  # or of a blank's
BLOCK_SECONDS, PAGE_SECONDS = 0.1, 0.25  # of CPU; what is left by then is plain
LOADING_SECONDS = 0.5  # of CPU for lexers that no page has used yet: some 30 ms each, and the first 100
BLOCKS_REMEMBERED = 128  # some 10 bytes a character: a megabyte, at most forty


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of HTML inside a block of code: a tag, or a text, whose ``text`` is what it says."""

    html: str
    text: str = ""


@dataclass(slots=True)
class Highlighter:
    """Colors the blocks of one page, as long as they are not too large together."""

    _chars: int = 0
    _seconds: float = field(default=0.0)
    _loading: float = field(default=0.0)

    def block(self, pieces: Sequence[Piece], language: str | None) -> str:
        """A block's HTML with its words in ``<span class="…">``; ``language`` is what the page calls it, or None.

        The text stays as it is to the last character, and so do the tags in it: a mark goes on across colors.
        """
        text = "".join(piece.text for piece in pieces)
        self._chars += len(text)
        plain = "".join(piece.html for piece in pieces)
        if len(text) > MOST_BLOCK_CHARS or self._chars > MOST_PAGE_CHARS or self._seconds > PAGE_SECONDS:
            return plain
        name = lexer_name(language) if language else guessed(text)
        if name is None or max(map(len, text.split("\n"))) > LONGEST_LINE or LONG_BLANK.search(text):
            return plain
        if self._loading > LOADING_SECONDS:
            return plain
        began = time.thread_time()
        load(name)  # by itself: else the first block that needs it would be cut off, and remembered so
        loaded = time.thread_time()
        spans = spans_of(text, name)
        self._loading += loaded - began
        self._seconds += time.thread_time() - loaded
        return "".join(colored(pieces, spans))


def colored(pieces: Sequence[Piece], spans: Sequence[int]) -> Iterator[str]:
    """The pieces with a ``span`` around each part of a text that has a color; none of them goes beyond a tag."""
    at, first = 0, 0
    for piece in pieces:
        if not piece.text:
            yield piece.html
            continue
        begin, end = at, at + len(piece.text)
        for number in range(first, len(spans), 3):
            since, until = max(spans[number], begin), min(spans[number + 1], end)
            if since >= end:
                break
            yield escape(piece.text[at - begin : since - begin], quote=False)
            words = escape(piece.text[since - begin : until - begin], quote=False)
            yield f'<span class="{NAMES[spans[number + 2]]}">{words}</span>'
            at = until
            first = number + 3 if spans[number + 1] <= end else number
        yield escape(piece.text[at - begin :], quote=False)
        at = end


def lexer_called(name: str) -> Any:
    """A lexer of a language, for one block."""
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]  # some megabytes: where there is code

    return get_lexer_by_name(name)


@lru_cache(maxsize=512)
def load(name: str) -> None:
    """Have the first lexer of a language made, which reads its module and compiles its patterns."""
    lexer_called(name)


@lru_cache(maxsize=BLOCKS_REMEMBERED)
def spans_of(text: str, lexer: str) -> array[int]:
    """The colored parts of a text, in order: where each begins and ends, and the number of its class."""
    spans = array("I")
    last = time.thread_time() + BLOCK_SECONDS
    for begin, kind, value in lexer_called(lexer).get_tokens_unprocessed(text):
        number = class_of(kind)
        if number is not None and value and begin >= (spans[-2] if spans else 0):
            if spans and spans[-2] == begin and spans[-1] == number:
                spans[-2] = begin + len(value)
            else:
                spans.extend((begin, begin + len(value), number))
        if time.thread_time() > last:
            break
    return spans


@lru_cache(maxsize=512)
def class_of(kind: tuple[str, ...]) -> int | None:
    """The number of the class that stands for a token type, or for the nearest one above it."""
    while kind:
        number = NUMBER.get(".".join(kind))
        if number is not None:
            return number
        kind = kind[:-1]
    return None
