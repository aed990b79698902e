#!/usr/bin/env python3
"""Run the long attacks and faults on this machine, one after the other: ``python3 tests/torture.py [name …]``.

Each is a benchmark of its own that prints its figures, the main one in its last line, and fails where a promise was not
kept; the short ones of the same kind are among the tests. All of them take less than 20 minutes on two quiet cores. At
the end a table says which held. Sets itself up as ``tests/run.py`` does, and what attacks the API and guides the
fuzzing besides.
"""

import os
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(TESTS.parent / "server"))

from start import PYTHON, SetupFailed, ensure_environment, say  # noqa: E402

LONG_RUNS = {  # what is called by its name -> the benchmark and its options
    **{part: ("torture.py", part) for part in ("kill", "disk", "damage", "load", "soak")},
    "connections": ("connections.py", "--connections", "1000", "--seconds", "30"),
    "slow-saves": ("slow_saves.py", "--saves", "0", "6", "--seconds", "6"),
    "hostile": ("hostile.py", "--once", "--jobs", str(min(4, os.cpu_count() or 1))),
    "bait": ("bait_pages.py", "--seconds", "45"),
    "api": ("api.py", "--seconds", "80"),
    "fuzz-cleaner": ("fuzz.py", "--seconds", "45"),
    "fuzz-search": ("fuzz_query.py", "--seconds", "20"),
    "fuzz-imports": ("fuzz_imports.py", "--seconds", "45"),
}
NOT_RUN = 69  # a benchmark's status where what it needs is not on this machine

Part = namedtuple("Part", "name result seconds cpu figure")


def run(name):
    """Run one, printing what it says; what came of it."""
    program, *options = LONG_RUNS[name]
    say(f"\n{name} …")
    begun, used = time.monotonic(), cpu_of_children()
    figure = ""
    command = [PYTHON, "-u", str(TESTS / "benchmarks" / program), *options]
    utf8 = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", errors="replace", env=utf8) as running:
        for line in running.stdout:
            print(line, end="", flush=True)
            figure = line.strip() or figure
    result = {0: "held", NOT_RUN: "not run"}.get(running.returncode, "FAILED")
    part = Part(name, result, time.monotonic() - begun, cpu_of_children() - used, figure)
    say(f"{name}: {result}, {part.seconds:.0f} s")
    return part


def cpu_of_children():
    """The CPU seconds of all processes that have ended here; 0 where the system does not say (Windows)."""
    times = os.times()
    return times.children_user + times.children_system


def table(parts):
    """The lines of the table at the end."""
    yield f"{'':14}{'':8}{'s':>6}{'CPU s':>7}  figure"
    for part in parts:
        yield f"{part.name:14}{part.result:8}{part.seconds:6.0f}{part.cpu:7.0f}  {part.figure}"
    yield f"{'':22}{sum(part.seconds for part in parts):6.0f}{sum(part.cpu for part in parts):7.0f}"


def main():
    """Run what was asked for, or all of it; answers how many failed."""
    names = sys.argv[1:] or list(LONG_RUNS)
    if unknown := set(names) - LONG_RUNS.keys():
        say(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(LONG_RUNS)}.")
        return 2
    try:
        ensure_environment("torture")
    except SetupFailed as problem:
        say(str(problem))
        return 1
    parts = [run(name) for name in names]
    print("\n" + "\n".join(table(parts)), flush=True)
    return sum(part.result == "FAILED" for part in parts)


if __name__ == "__main__":
    sys.exit(main())
