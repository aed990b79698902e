"""Read a folder of pages whose content is known: its sets, its pages, and a sample that is the same on every day.

Such a folder holds a folder for each set, with ``truth.json`` ({id: {file, url, kind, truth}}) and ``pages/`` of
gzipped HTML. ``truth`` has the content as ``text``, ``html`` or ``markdown``, or phrases that must be in it (``with``)
and phrases that must not (``without``). An item may say in ``meta`` what is known of the page: its ``title``,
``author`` and ``date``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FACTS = {"title": ("title",), "author": ("author", "byline"), "date": ("date", "publishedTime")}  # as sets name them


@dataclass(frozen=True)
class Sample:
    """One page of a corpus. ``kind`` is "" where the set knows none; ``facts`` are those of FACTS that are known."""

    dataset: str
    id: str
    kind: str
    url: str
    path: Path
    truth: dict[str, Any]
    facts: dict[str, str]

    @property
    def html(self) -> bytes:
        """The page as it was served."""
        return gzip.decompress(self.path.read_bytes())


def read_corpus(folder: Path, datasets: Sequence[str] = ()) -> list[Sample]:
    """All pages of a corpus, or of some of its sets, by set and then in the set's own order.

    Raises SystemExit, saying so, where the folder holds no such set.
    """
    found = {path.parent.name: path for path in sorted(folder.glob("*/truth.json"))}
    if missing := [name for name in datasets if name not in found]:
        raise SystemExit(f"{folder} holds no set {', '.join(missing)}; it holds {', '.join(found) or 'none'}.")
    if not found:
        raise SystemExit(f"{folder} holds no sets: no folder in it has a truth.json.")
    return [sample for name in datasets or found for sample in read_set(found[name])]


def read_set(truth: Path) -> list[Sample]:
    """The pages of one set, in its own order."""
    pages = truth.parent / "pages"
    items = json.loads(truth.read_text(encoding="utf-8")).items()
    return [
        Sample(
            truth.parent.name,
            name,
            item.get("kind", ""),
            item["url"],
            pages / item["file"],
            item["truth"],
            known_facts(item.get("meta") or {}),
        )
        for name, item in items
    ]


def known_facts(meta: dict[str, Any]) -> dict[str, str]:
    """Title, author and date as far as they are known; several authors are parted by commas."""
    said = {name: next((meta[key] for key in keys if meta.get(key)), None) for name, keys in FACTS.items()}
    return {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in said.items() if value}


def spread(samples: Sequence[Sample], size: int) -> list[Sample]:
    """A fixed choice of ``size`` pages from all sets and kinds, in the corpus's order.

    Each set and kind gives pages by the root of its size, so that a large one does not drown a small one; which ones
    is up to a hash of their names, so that a page added to the corpus moves hardly any other.
    """
    groups: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for sample in sorted(samples, key=lambda sample: hashlib.sha256(sample.id.encode()).digest()):
        groups[sample.dataset, sample.kind].append(sample)
    taken = dict.fromkeys(groups, 0)
    for _ in range(min(size, len(samples))):  # the next page comes from the group farthest behind its share
        able = [name for name in groups if taken[name] < len(groups[name])]
        taken[min(able, key=lambda name: (taken[name] + 0.5) / len(groups[name]) ** 0.5)] += 1
    chosen = {id(sample) for name, group in groups.items() for sample in group[: taken[name]]}
    return [sample for sample in samples if id(sample) in chosen]
