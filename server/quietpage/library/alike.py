"""The same content elsewhere: AMP, print and syndicated copies of an article, found by what their texts share.

A text's shingles are its runs of five words (of five characters where a script has no spaces), hashed. The smallest
hashes are a fair sample of them: of two texts' smallest together, the share that both have estimates how much of all
their shingles both have (Broder 1997; a bottom-k sketch). The very smallest are also keys of an index: texts that share
half of their shingles almost surely share a key, so a look-up reads eight short lists and no text.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from dataclasses import dataclass

from sqlite_utils import Database

from quietpage.library.bigrams import UNSPACED
from quietpage.library.kept import SameContent

# What separates words: in ASCII all but letters and digits; beyond it quotation marks, dashes, full stops of Han
ASCII_WORDS = bytes(code if code > 127 or chr(code).isalnum() else ord(" ") for code in range(256))
PUNCTUATION = re.compile("[\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]")
SHINGLE_WORDS = 5
SKETCH_HASHES = 64  # 256 bytes an article; a share of one half is estimated to within 0.06
KEYS = 8  # the chance that an excerpt of one half shares none is 1 in 256
LEAST_SHINGLES = 15  # of some 35 words; shorter texts are alike by chance: "This page needs JavaScript"
# Of the shorter text's shingles, the share that stands in the other. With one word in twenty replaced 0.77 are left,
# of two articles about the same thing none or few (tests/benchmarks/alike.py)
SAME = 0.5
MOST_SHARING = 100  # newest articles that are looked at for one key: more share a site's standing phrase
MOST_COPIES = 5
SMALL_BATCH = 50  # articles; some 0.1 s, after which others may write


@dataclass(frozen=True, slots=True)
class Sketch:
    """How many different shingles of a text were hashed, and the smallest of their hashes, ascending."""

    shingles: int
    smallest: tuple[int, ...]

    @property
    def keys(self) -> tuple[int, ...]:
        """The hashes by which the index knows the text."""
        return self.smallest[:KEYS]

    def packed(self) -> bytes:
        """The hashes as they are kept."""
        return struct.pack(f"<{len(self.smallest)}I", *self.smallest)


NOTHING = Sketch(0, ())


def sketch_of(text: str) -> Sketch:
    """The sketch of a text; an empty one where the text is too short to be told from others."""
    hashes = shingle_hashes(text)
    return Sketch(len(hashes), tuple(sorted(hashes)[:SKETCH_HASHES])) if len(hashes) >= LEAST_SHINGLES else NOTHING


def shingle_hashes(text: str) -> set[int]:
    """The hashes of the runs of five words that begin with a chosen word, punctuation and case aside.

    Every other word is chosen, by its own hash and so alike in every text: a sketch takes a third less time.
    """
    if not text.isascii():
        text = UNSPACED.sub(lambda run: " " + " ".join(run[0]) + " ", PUNCTUATION.sub(" ", text))
    words = text.lower().encode().translate(ASCII_WORDS).split()
    chosen = [at for at, hashed in enumerate(map(zlib.crc32, words)) if not hashed & 1]
    last = len(words) - SHINGLE_WORDS
    return {zlib.crc32(b" ".join(words[at : at + SHINGLE_WORDS])) for at in chosen if at <= last}


def resemblance(one: Sketch, other: Sketch) -> float:
    """Of all the shingles of two texts, the share that both have, estimated."""
    mine, theirs = set(one.smallest), set(other.smallest)
    union = sorted(mine | theirs)[: max(len(mine), len(theirs))]
    return len(mine & theirs & set(union)) / len(union) if union else 0.0


def share(one: Sketch, other: Sketch) -> float:
    """Of the shorter text's shingles, the share that the other has too, estimated."""
    if not one.shingles or not other.shingles:
        return 0.0
    alike = resemblance(one, other)
    return min(1.0, alike / (1 + alike) * (one.shingles + other.shingles) / min(one.shingles, other.shingles))


def remember(db: Database, article_id: int, text: str | None) -> None:
    """Keep an article's sketch in place of an earlier one; None where nothing should be taken for a copy of it."""
    sketch = sketch_of(text) if text else NOTHING
    forget(db, article_id)
    row = (article_id, sketch.shingles, sketch.packed())
    db.conn.execute("insert into sketches (article_id, shingles, smallest) values (?, ?, ?)", row)
    rows = [(key, article_id) for key in sketch.keys]
    db.conn.executemany("insert or ignore into sketch_keys (key, article_id) values (?, ?)", rows)


def forget(db: Database, article_id: int) -> None:
    """Keep an article's sketch no longer."""
    kept = kept_sketch(db, article_id)
    if kept is not None:
        gone = [(key, article_id) for key in kept.keys]
        db.conn.executemany("delete from sketch_keys where key = ? and article_id = ?", gone)
        db.conn.execute("delete from sketches where article_id = ?", (article_id,))


def kept_sketch(db: Database, article_id: int) -> Sketch | None:
    """An article's sketch; None where it has none yet."""
    row = db.conn.execute("select shingles, smallest from sketches where article_id = ?", (article_id,)).fetchone()
    return None if row is None else unpacked(row[0], row[1])


def unpacked(shingles: int, smallest: bytes) -> Sketch:
    """A sketch as it was kept."""
    return Sketch(shingles, struct.unpack(f"<{len(smallest) // 4}I", smallest))


def same_elsewhere(db: Database, article_id: int) -> tuple[SameContent, ...]:
    """The other kept articles with the same content, likest first."""
    question = "select id, title, site, url, language, direction from articles where id = ? and deleted_at is null"
    rows = (db.conn.execute(question, (other,)).fetchone() for other in copies_of(db, article_id))
    return tuple(SameContent(**row) for row in rows if row is not None)[:MOST_COPIES]


def copies_of(db: Database, article_id: int) -> list[int]:
    """The ids of the other articles with the same content, likest first, those in the trash among them."""
    own = kept_sketch(db, article_id)
    if own is None:  # saved before sketches were kept, and not reached by sketch_some yet
        row = db.conn.execute("select text, warning from articles where id = ?", (article_id,)).fetchone()
        own = sketch_of(row[0]) if row and not row[1] else NOTHING
    others = sharing_a_key(db, article_id, own)
    likeness = {other: resemblance(own, sketch) for other, sketch in others.items() if share(own, sketch) >= SAME}
    return sorted(likeness, key=lambda other: (-likeness[other], other))


def sharing_a_key(db: Database, article_id: int, sketch: Sketch) -> dict[int, Sketch]:
    """The sketches of the other articles that share a key with this one."""
    question = "select article_id from sketch_keys where key = ? order by article_id desc limit ?"
    found = Counter(row[0] for key in sketch.keys for row in db.conn.execute(question, (key, MOST_SHARING)))
    del found[article_id]
    sketches = ((other, kept_sketch(db, other)) for other, _ in found.most_common(MOST_SHARING))
    return {other: kept for other, kept in sketches if kept is not None}


def sketch_some(db: Database, above: int, limit: int = SMALL_BATCH) -> int | None:
    """Sketch the next articles without a sketch whose ids are above one; the last one's id, None when all have one."""
    question = """select id from articles indexed by article_facts where id > ?
        and id not in (select article_id from sketches) order by id limit ?"""
    ids = [row[0] for row in db.conn.execute(question, (above, limit))]
    for article_id in ids:
        row = db.conn.execute("select text, warning from articles where id = ?", (article_id,)).fetchone()
        remember(db, article_id, None if row[1] else row[0])
    return ids[-1] if ids else None
