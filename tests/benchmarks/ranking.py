"""Measure how well search ranks, on a collection of documents with queries and judgements.

    python tests/benchmarks/ranking.py COLLECTION.json           # all queries, and either half of them
    python tests/benchmarks/ranking.py COLLECTION.json --worst 9 # and the queries that fare worst

COLLECTION holds ``documents`` (id, title, text), ``queries`` (id: text) and ``relevant`` (query id: document ids). The
constants of ranking are the best for the first, third, fifth … query; the figures that count are those of the others.
nDCG@10 says how good the first page is, recall@100 how much of what is relevant is among the first hundred hits.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from quietpage.article import Article, Page
from quietpage.library.library import Library

HITS = 100


def ndcg(found: Sequence[int], relevant: Collection[int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with binary judgements (Järvelin & Kekäläinen 2002)."""
    gain = sum(1 / math.log2(rank + 2) for rank, document in enumerate(found[:depth]) if document in relevant)
    return gain / sum(1 / math.log2(rank + 2) for rank in range(min(depth, len(relevant))))


def recall(found: Sequence[int], relevant: Collection[int]) -> float:
    """The share of the relevant documents that was found."""
    return len(set(found[:HITS]) & set(relevant)) / len(relevant)


def fill(library: Library, documents: Sequence[dict[str, str]]) -> dict[int, int]:
    """Save the documents; article id -> document id."""
    library._database().execute("pragma synchronous = off")
    ids = {}
    for document in documents:
        url = f"https://collection.example/{document['id']}"
        article = Article(url=url, title=document["title"], html="", text=document["text"])
        ids[library.save(article, Page(url, "")).id] = int(document["id"])
    return ids


def measure(library: Library, ids: dict[int, int], queries: dict[str, str]) -> dict[str, list[int]]:
    """What each query finds."""
    return {
        name: [ids[hit.id] for hit in library.search(text, limit=HITS).hits] for name, text in queries.items() if text
    }


def line(name: str, found: dict[str, list[int]], relevant: dict[str, list[int]], chosen: Sequence[str]) -> str:
    """One row of the table."""
    first = sum(ndcg(found[query], relevant[query]) for query in chosen) / len(chosen)
    depth = sum(recall(found[query], relevant[query]) for query in chosen) / len(chosen)
    return f"{name:24}{len(chosen):8}{first:10.4f}{depth:12.4f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    collection = json.loads(options.collection.read_text(encoding="utf-8"))
    relevant = {query: documents for query, documents in collection["relevant"].items() if documents}
    queries = {query: collection["queries"][query] for query in relevant}
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library.db") as library:
        ids = fill(library, collection["documents"])
        began = time.perf_counter()
        found = measure(library, ids, queries)
        took = (time.perf_counter() - began) / len(queries)
    names = list(queries)
    print(f"{'':24}{'queries':>8}{'nDCG@10':>10}{'recall@100':>12}")
    for name, chosen in (("all", names), ("tuned on", names[::2]), ("held out", names[1::2])):
        print(line(name, found, relevant, chosen))
    print(f"{took * 1000:.1f} ms a query with {HITS} hits")
    for query in sorted(names, key=lambda name: ndcg(found[name], relevant[name]))[: options.worst]:
        print(f"{ndcg(found[query], relevant[query]):.2f}  {queries[query]}")


if __name__ == "__main__":
    main()
