"""Text without spaces between words, made searchable: runs of such scripts as overlapping pairs of characters.

SQLite's tokenizer takes a whole Chinese, Japanese, Korean or Thai sentence for one word. Overlapping bigrams are the
standard remedy (Lucene's CJKAnalyzer does the same): a word of two or more characters is then a phrase of bigrams.
"""

from __future__ import annotations

import re

# Thai, Lao, Khmer, Burmese; Hangul; kana; Han with its extensions
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]+"
)


def bigrams(text: str) -> str:
    """The bigrams of every run of unspaced script, then its characters one by one, all separated by spaces."""
    return " ".join(piece for run in UNSPACED.findall(text) for piece in (*pairs(run), *run))


def pairs(run: str) -> list[str]:
    """The overlapping pairs of one run."""
    return [run[at : at + 2] for at in range(len(run) - 1)]
