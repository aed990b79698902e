"""Measure which title, author and date the cleaner reads, on a corpus of pages whose facts are known.

    python tests/benchmarks/facts.py CORPUS
    python tests/benchmarks/facts.py CORPUS --peer trafilatura-facts readability-js-linkedom --node-modules FOLDER
    python tests/benchmarks/facts.py CORPUS --wrong author 40      # name pages where it is another

The shape of CORPUS is in corpus.py, the peers are in extractors.py. A title is right when its letters and digits are;
an author when the words of the names are, in any order; a date when the day is, or when it is the same moment in
another offset. ``made up`` is the share of pages said to have no author or date for which one was read all the same:
some of them only lack it in the corpus.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus import FACTS, Sample, read_corpus, spread
from extractors import MAKERS, NODE_EXTRACTORS, Extractor, start

NO_NAMES = frozenset({"by", "and", "von", "und"})


@dataclass(frozen=True)
class Reading:
    """One page's known facts, and those an extractor read."""

    sample: Sample
    read: dict[str, str]


def folded(text: str) -> str:
    """Letters and digits alone, lower-case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def names(text: str) -> set[str]:
    """The words of names, lower-case."""
    return set(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).lower())) - NO_NAMES


def is_right(fact: str, known: str, read: str | None) -> bool:
    """Whether a fact was read as it is known."""
    if not read:
        return False
    if fact == "date":
        return known[:10] == read[:10] or is_same_moment(known, read)
    return folded(known) == folded(read) or (fact == "author" and names(known) == names(read) != set())


def is_same_moment(one: str, other: str) -> bool:
    """Whether two dates in ISO 8601 are the same moment, each in an offset of its own."""
    try:
        moments = [datetime.fromisoformat(text) for text in (one, other)]
    except ValueError:
        return False
    return all(moment.tzinfo is not None for moment in moments) and moments[0] == moments[1]


def read_facts(samples: Sequence[Sample], extractor: Extractor) -> list[Reading]:
    """Ask one extractor for the facts of all pages."""
    return [Reading(sample, extractor(sample.html, sample.url).facts) for sample in samples]


def table(columns: dict[str, list[Reading]]) -> str:
    """For each extractor, set and fact: known on how many pages, the share read right, read at all, made up."""
    lines = []
    for extractor, readings in columns.items():
        lines.append(f"{extractor:<32}{'fact':<8}{'known':>6}{'right':>8}{'read':>8}{'made up':>9}")
        for dataset in ("all", *dict.fromkeys(reading.sample.dataset for reading in readings)):
            group = [reading for reading in readings if dataset in ("all", reading.sample.dataset)]
            lines += [f"{dataset:<32}{fact:<8}{row(fact, group)}" for fact in FACTS]
        lines.append("")
    return "\n".join(lines)


def row(fact: str, readings: Sequence[Reading]) -> str:
    """The figures of one fact."""
    known = [reading for reading in readings if fact in reading.sample.facts]
    unknown = [reading for reading in readings if fact not in reading.sample.facts]
    right = sum(is_right(fact, reading.sample.facts[fact], reading.read.get(fact)) for reading in known)
    read, made_up = (sum(fact in reading.read for reading in group) for group in (known, unknown))
    return f"{len(known):6}{share(right, known):>8}{share(read, known):>8}{share(made_up, unknown):>9}"


def share(count: int, readings: Sequence[Reading]) -> str:
    return f"{count / len(readings):.3f}" if readings else "-"


def wrong(fact: str, readings: Sequence[Reading], count: int) -> str:
    """Pages where a fact was read otherwise than it is known."""
    found = [reading for reading in readings if fact in reading.sample.facts]
    missed = [one for one in found if not is_right(fact, one.sample.facts[fact], one.read.get(fact))]
    return "\n".join(
        f"  {one.sample.dataset}/{one.sample.id[:50]}: {one.sample.facts[fact]!r}, read {one.read.get(fact)!r}"
        for one in missed[:count]
    )


def arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--dataset", nargs="+", default=[], help="only these sets")
    ask.add_argument("--sample", type=int, metavar="N", help="a fixed choice of N pages from all sets and kinds")
    peers = ["trafilatura-facts", *(name for name in NODE_EXTRACTORS if name not in MAKERS)]
    ask.add_argument("--peer", nargs="+", choices=peers, default=[], help="measure these as well")
    ask.add_argument("--node-modules", type=Path, help="where Readability.js and jsdom or linkedom are installed")
    ask.add_argument("--wrong", nargs=2, metavar=("FACT", "N"), help="name N pages where this fact is another")
    return ask.parse_args()


def main() -> None:
    """Read, compare, print."""
    args = arguments()
    samples = [sample for sample in read_corpus(args.corpus, args.dataset) if sample.facts]
    samples = spread(samples, args.sample) if args.sample else samples
    extractors = start(["quietpage", *args.peer], args.node_modules)
    with ThreadPoolExecutor(len(extractors)) as pool:
        asked = [pool.submit(read_facts, samples, extractor) for extractor in extractors]
        columns = {extractor.name: answer.result() for extractor, answer in zip(extractors, asked, strict=True)}
    for extractor in extractors:
        extractor.close()
    print(table(columns))
    if args.wrong:
        print(wrong(args.wrong[0], columns["quietpage"], int(args.wrong[1])))


if __name__ == "__main__":
    main()
