"""Measure how near related articles are, and what finding them costs.

    python tests/benchmarks/related.py COLLECTION.json                   # nearness, as search's ranking.py takes it
    python tests/benchmarks/related.py COLLECTION.json --library big.db  # and time and coincidences

Each document that is relevant to a query is taken for the article that is read; a related one is right when a query has
both among its relevant documents. Beside ours: bm25 asked for the document's 25 most telling words, and chance.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from ranking import fill
from timing import beside

from quietpage.library import related
from quietpage.library.library import Library
from quietpage.library.matching import Condition, quoted
from quietpage.library.search import Finder, best_first

SHOWN = 5
WORDS_ASKED = 25
SEED = 3
Neighbours = Callable[[int], list[int]]


def together(collection: dict[str, dict[str, list[int]]]) -> dict[int, set[int]]:
    """Document -> the others that some query has among its relevant documents too."""
    near: dict[int, set[int]] = defaultdict(set)
    for documents in collection["relevant"].values():
        for document in documents:
            near[int(document)] |= {int(other) for other in documents} - {int(document)}
    return {document: others for document, others in near.items() if others}


def more_like_this(library: Library) -> Neighbours:
    """What bm25 finds for the most telling words."""
    db = library._database()
    finder = Finder(db, Condition())

    def find(article: int) -> list[int]:
        row = db.conn.execute(
            f"{related.READ} from articles where id = ?", (related.READ_CHARACTERS, article)
        ).fetchone()
        words = [quoted(term.text) for term in related.profile_of(db, row).terms[:WORDS_ASKED]]
        return [one for one in best_first(finder.scores(" OR ".join(words))) if one != article] if words else []

    return find


def line(name: str, find: Neighbours, ids: Mapping[int, int], near: Mapping[int, set[int]]) -> str:
    """One row of the table."""
    shown = right = none = 0
    for article, document in ids.items():
        if document in near:
            found = [ids[other] for other in find(article)[:SHOWN]]
            shown, right, none = shown + len(found), right + len(set(found) & near[document]), none + (not found)
    return f"{name:28}{right / max(1, shown):8.3f}{shown / len(near):8.1f}{none / len(near):8.3f}"


def speed(path: Path) -> None:
    """The time in a library, and how many of its generated articles, which share words by chance, have any related."""
    with Library(path) as library:
        print(beside(library, library.related, seed=SEED, rounds=200))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--library", type=Path)
    options = parser.parse_args()
    collection = json.loads(options.collection.read_text(encoding="utf-8"))
    near = together(collection)
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library.db") as library:
        ids = fill(library, collection["documents"])
        print(f"{'':28}{'right':>8}{'shown':>8}{'none':>8}")
        print(line("ours", lambda article: [one.id for one in library.related(article, SHOWN)], ids, near))
        least, related.LEAST_SHARE = related.LEAST_SHARE, 0.0
        print(line("ours, however far", lambda article: [one.id for one in library.related(article)], ids, near))
        related.LEAST_SHARE = least
        print(line("bm25, 25 words", more_like_this(library), ids, near))
        source = random.Random(SEED)
        print(line("by chance", lambda _: source.sample(sorted(ids), SHOWN), ids, near))
    if options.library:
        speed(options.library)


if __name__ == "__main__":
    main()
