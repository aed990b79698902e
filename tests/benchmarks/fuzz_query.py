"""Look for searches that the query language cannot take: any text is one, and is planned, in time by its length.

python tests/benchmarks/fuzz_query.py --seconds 120      # at its best with atheris
"""

from __future__ import annotations

import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent / "server"), str(TESTS)]

from benchmarks.fuzzing import Check, Target, main  # noqa: E402

MAX_BYTES = 4096
MOST_SECONDS = 1.0  # of CPU, instrumented, for one of so many bytes
WORDS = """title: byline: site: tag: lang: is: has: saved: published: words: OR AND - " ( ) * # « » unread
2026-11 >100 ..7d today en example.org 雨 مطر""".split()
SEEDS = (
    "rain",
    'title:"deep rain" OR (river -mud*)',
    "site:example.org saved:2026-11..2026-12 words:>100",
    "雨が降った #tag",
)


def promises() -> Check:
    """Load the language and a library, and return the check of one search."""
    language = import_module("quietpage.library.query")
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    library = import_module("quietpage.library.library").Library(Path(folder.name, "library.db"))

    def check(data: bytes, folder: object = folder) -> None:
        """A text is parsed, its hints can be said, and a library answers it."""
        text = data.decode("utf-8", "replace")
        begun = time.process_time()
        query = language.parse(text)
        assert all(str(hint) for hint in query.hints)
        library.search(text, limit=5)
        assert time.process_time() - begun < MOST_SECONDS, "it takes too long"

    return check


TARGET = Target(
    promises,
    {str(number): seed.encode() for number, seed in enumerate(SEEDS)},
    [word.encode() for word in WORDS],
    MAX_BYTES,
)

if __name__ == "__main__":
    sys.exit(main(__doc__, TARGET))
