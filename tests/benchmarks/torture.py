"""Do to a library what happens to libraries, for long, and print what came of it; ``make torture`` runs each part.

    python tests/benchmarks/torture.py                        everything, in less than 20 minutes
    python tests/benchmarks/torture.py kill damage            some of it: kill, disk, damage, load, soak
    python tests/benchmarks/torture.py soak --saves 20000 --searches 200000

Each part makes its own libraries in a temporary folder and runs the real server in a process of its own. Where
something cannot be had on this machine (a small disk of its own, /proc), the table says so. Ends with 1 when a promise
was not kept.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import torture_damage, torture_disk, torture_kill, torture_load
from benchmarks.torture_server import Figure


def parts(asked: argparse.Namespace) -> dict[str, Callable[[Path], list[Figure]]]:
    """What there is to do."""
    return {
        "kill": lambda folder: torture_kill.kill(folder, asked.seed, asked.rounds, asked.killed_saves),
        "disk": torture_disk.disk,
        "damage": lambda folder: torture_damage.damage(folder, asked.seed, asked.flips),
        "load": lambda folder: torture_load.load(folder, asked.clients, asked.seconds),
        "soak": lambda folder: torture_load.soak(folder, asked.saves, asked.searches),
    }


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=["kill", "disk", "damage", "load", "soak", []])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=50, help="kills")
    parser.add_argument("--killed-saves", type=int, default=2000, help="saves among the kills")
    parser.add_argument("--flips", type=int, default=200, help="libraries with one flipped bit each")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=int, default=60, help="of load")
    parser.add_argument("--saves", type=int, default=1000, help="of the soak")
    parser.add_argument("--searches", type=int, default=10000, help="of the soak")
    return parser


def main() -> int:
    asked = arguments().parse_args()
    well, told = True, list[str]()
    print(f"{platform.platform()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n")
    print("| what was done | what came of it | as promised |\n|---|---|---|", flush=True)
    for name, run in parts(asked).items():
        if asked.parts and name not in asked.parts:
            continue
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            figures = run(Path(folder))
        for figure in figures:
            print(figure, flush=True)
            well &= figure.kept
        print(f"| *{name}* | *{time.monotonic() - begun:.0f} s* | |", flush=True)
        worst = next((figure for figure in figures if not figure.kept), figures[0])
        told.append(f"{worst.what}: {worst.came}")
    print("\n" + "; ".join(told))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
