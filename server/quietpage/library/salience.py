"""The words that say what an article is about, as marked words of their own in the full-text index.

A common word stands in most articles, and ranking them all takes a third of a second in a large library. Few of them
are about it: there the word stands in the title, the byline or a heading, or is repeated. Marked, they are found first.
(Keeping only the postings with a high score is known as static index pruning; Carmel et al., SIGIR 2001.)
"""

from __future__ import annotations

import math
from collections import Counter

from quietpage.library.vocabulary import LONGEST_KEPT, words_in

MARK, BEGINNING_MARK = "\ue000", "\ue001"  # private-use characters, which the tokenizer takes for letters
BEGINNING_LETTERS = (2, 3, 4)  # longer beginnings are rare enough
# How much of a word's highest bm25 score an article must reach: three mentions in 700 words, two in 350, one in 100
SALIENT = 0.7
K1, B, AVERAGE_WORDS = 1.2, 0.75, 700  # bm25's constants as FTS5 has them; the length of an ordinary article


def rarity(articles: int, library: int) -> float:
    """What a word that stands in so many of a library's articles tells: bm25's inverse document frequency."""
    return math.log(1 + (library - articles + 0.5) / (articles + 0.5))


def saturation(times: int, length: float = 1.0) -> float:
    """How much of a word's highest bm25 score an article reaches that says it so often, 0 to 1."""
    return times / (times + K1 * length)


def relative_length(size: float, ordinary: float) -> float:
    """How an article's length counts in bm25: 1 for an ordinary one."""
    return 1 - B + B * size / ordinary


def marked_words(head: str, text: str) -> str:
    """The salient words of an article, marked: those of its head (title, byline, headings) and its repeated ones."""
    head_words = set(words_in(head))
    counts = Counter(words_in(text))
    length = relative_length(counts.total(), AVERAGE_WORDS)
    repeated = {word for word, times in counts.items() if saturation(times, length) >= SALIENT}
    words = [MARK + word for word in sorted(head_words | repeated) if len(word) <= LONGEST_KEPT]
    begun = {word[:letters] for word in head_words for letters in BEGINNING_LETTERS if len(word) >= letters}
    return " ".join([*words, *(BEGINNING_MARK + beginning for beginning in sorted(begun))])


def marked(text: str) -> str:
    """The words of a text, marked."""
    return " ".join(MARK + word for word in words_in(text))


def marked_beginning(text: str) -> str:
    """A beginning of a word, marked; "" for one whose length is not kept."""
    words = words_in(text)
    return BEGINNING_MARK + words[0] if len(words) == 1 and len(words[0]) in BEGINNING_LETTERS else ""
