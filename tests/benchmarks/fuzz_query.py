"""Look for searches that the query language cannot take: any text is one, and is planned, in time by its length.

python tests/benchmarks/fuzz_query.py -max_total_time=120      # needs atheris; its options are libFuzzer's
"""

from __future__ import annotations

import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS.parent / "server"))

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


def escaped(word: str) -> str:
    """A word as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def main() -> None:
    """Mutate searches until the time is over."""
    import atheris  # type: ignore[import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["quietpage"]):
        language = import_module("quietpage.library.query")
        libraries = import_module("quietpage.library.library")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        seeds, words = Path(folder, "seeds"), Path(folder, "words")
        seeds.mkdir()
        for number, seed in enumerate(SEEDS):
            (seeds / str(number)).write_text(seed, encoding="utf-8")
        words.write_text("".join(f'"{escaped(word)}"\n' for word in WORDS), encoding="ascii")
        library = libraries.Library(Path(folder, "library.db"))

        def check(data: bytes) -> None:
            """A text is parsed, its hints can be said, and a library answers it."""
            text = data.decode("utf-8", "replace")
            begun = time.process_time()
            query = language.parse(text)
            assert all(str(hint) for hint in query.hints)
            library.search(text, limit=5)
            assert time.process_time() - begun < MOST_SECONDS, "it takes too long"

        atheris.Setup([*sys.argv, f"-dict={words}", f"-max_len={MAX_BYTES}", str(seeds)], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
