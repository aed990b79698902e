#!/usr/bin/env python3
"""Run the long attacks and faults on this machine, one after the other: ``python3 tests/torture.py [name …]``.

Each is a benchmark of its own that prints its figures and fails where a promise was not kept; the short ones of the
same kind are among the tests. Sets itself up as ``tests/run.py`` does.
"""

import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(TESTS.parent / "server"))

from start import PYTHON, SetupFailed, ensure_environment, say  # noqa: E402

LONG_RUNS = {  # what is called by its name -> the benchmark and its options
    **{part: ("torture.py", part) for part in ("kill", "disk", "damage", "load", "soak")},
    "connections": ("connections.py", "--connections", "1000", "--seconds", "60"),
}


def main():
    """Run what was asked for, or all of it; answers how many failed."""
    try:
        ensure_environment("dev")
    except SetupFailed as problem:
        say(str(problem))
        return 1
    failed = []
    for name in sys.argv[1:] or LONG_RUNS:
        program, *options = LONG_RUNS[name]
        say(f"\n{name} …")
        begun = time.monotonic()
        if subprocess.run([PYTHON, str(TESTS / "benchmarks" / program), *options], check=False).returncode:
            failed.append(name)
        say(f"{name}: {'FAILED' if name in failed else 'held'}, {time.monotonic() - begun:.0f} s")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
