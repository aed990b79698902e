"""Measure importing: how long entries take, and whether memory stays flat, in a process of its own.

python tests/benchmarks/importing.py --entries 100000
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SERVER = str(Path(__file__).resolve().parents[2] / "server")
# Imports what the command imports; says CPU seconds and the largest resident size in MB, where the system tells
PROGRAM = """
import sys, time
from pathlib import Path
from quietpage.library.library import Library
from quietpage.web.importing import amount, take_in
began = time.process_time()
with Library(sys.argv[1]) as library:
    counts = {}
    for path in map(Path, sys.argv[2:]):
        entries = amount(path)
        for one in take_in(library, path):
            counts[one.became] = counts.get(one.became, 0) + 1
seconds = time.process_time() - began
try:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
except ImportError:
    peak = 0
print(counts, f"{seconds:.1f} s CPU, {peak:.0f} MB at most")
"""
WORDS = "tide harbor lamp stone river night train letter garden winter market bridge island copper road paper".split()


def pocket(path: Path, entries: int) -> None:
    """A list of addresses, with titles and tags."""
    source = random.Random(3)
    with path.open("w", encoding="utf-8") as file:
        file.write("title,url,time_added,tags,status\n")
        for number in range(entries):
            title = " ".join(source.choices(WORDS, k=6)).title()
            tags = "|".join(source.sample(WORDS, source.randint(0, 3)))
            when = 1_400_000_000 + number * 1_000
            file.write(f"{title},https://site{number % 900}.example/{number},{when},{tags},unread\n")


def wallabag(path: Path, entries: int) -> None:
    """Articles with bodies."""
    source = random.Random(4)
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number in range(entries):
            paragraphs = (" ".join(source.choices(WORDS, k=60)).capitalize() + "." for _ in range(12))
            body = "".join(f"<p>{text}</p>" for text in paragraphs)
            one = {"url": f"https://read{number % 90}.example/{number}", "title": f"Number {number}", "content": body}
            file.write((", " if number else "") + json.dumps(one | {"is_archived": 0, "tags": ["a"]}))
        file.write("]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000, help="addresses")
    parser.add_argument("--bodies", type=int, default=500, help="articles with bodies")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for write, amount in ((pocket, asked.entries), (wallabag, asked.bodies)):
            file = Path(folder) / write.__name__
            write(file, amount)
            for turn in ("first", "again"):
                began = time.monotonic()
                command = [sys.executable, "-c", PROGRAM, str(Path(folder) / f"{write.__name__}.db"), str(file)]
                told = subprocess.run(command, env={"PYTHONPATH": SERVER}, capture_output=True, text=True, check=True)
                print(f"{write.__name__}, {turn}: {told.stdout.strip()}, {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main()
