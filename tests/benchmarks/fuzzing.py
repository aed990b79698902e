"""Fuzz a promise: bytes are changed until it is broken, or the time is over.

With atheris (libFuzzer), where it is installed, changes are guided by the lines of Quietpage that they reach; elsewhere
they are made at random from the same beginnings. Either way a seed repeats them as far as the machine's pace allows.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Check = Callable[[bytes], None]
MOST_SECONDS_EACH = 60  # on the clock, for one input: libFuzzer's -timeout
HARMFUL = (b"\x00", b"\xff\xfe", b'"', b"\xed\xa0\x80", b"&#x110000;", b"\n---\n", b"[" * 3000, b"9" * 400, b"")


@dataclass(frozen=True)
class Target:
    """What is fuzzed: ``load`` imports it and returns the check, which raises for an input that breaks a promise."""

    load: Callable[[], Check]
    seeds: Mapping[str, bytes]
    words: Sequence[bytes]
    max_bytes: int


def main(about: str | None, target: Target) -> int:
    """Check the files named, or fuzz for so many seconds; the status is 1 where a promise was broken."""
    options = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="*", type=Path, help="inputs to check again, say a crash-… that a run has left")
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--guided", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.file:
        check = target.load()
        for file in asked.file:
            check(file.read_bytes())
            print(f"{file}: kept its promises")
        return 0
    if asked.guided:
        guided(target, asked.seconds, asked.seed)
    if importlib.util.find_spec("atheris") is None:
        return at_random(target, asked.seconds, asked.seed)
    return watched(asked.seconds, asked.seed)


def watched(seconds: int, seed: int) -> int:
    """Run this program again, guided, in a process of its own: libFuzzer never returns. Says what it came to."""
    command = [sys.executable, sys.argv[0], "--guided", "--seconds", str(seconds), "--seed", str(seed)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as run:
        assert run.stdout
        said = run.stdout.read()
    if run.returncode:
        print(said)
    done = re.search(r"number_of_executed_units:\s*(\d+)", said)
    reached = re.findall(r"\bcov: (\d+)", said)
    lines = f", {reached[-1]} branches reached" if reached else ""
    told = "one breaks a promise" if run.returncode else "no promise broken"
    print(f"{int(done[1]) if done else 0:,} inputs{lines}: {told}")
    return 1 if run.returncode or not done else 0


def guided(target: Target, seconds: int, seed: int) -> None:
    """Let libFuzzer change inputs; ends the process."""
    import atheris  # type: ignore[import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["quietpage"]):
        check = target.load()
    with tempfile.TemporaryDirectory() as folder:
        seeds, words = Path(folder, "seeds"), Path(folder, "words")
        seeds.mkdir()
        for name, content in target.seeds.items():
            (seeds / name).write_bytes(content)
        words.write_text("".join(f'"{escaped(word)}"\n' for word in target.words), encoding="ascii")
        left = Path(tempfile.gettempdir(), "quietpage-")
        options = [
            f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={target.max_bytes}", f"-dict={words}",
            f"-timeout={MOST_SECONDS_EACH}", "-print_final_stats=1", f"-artifact_prefix={left}",
        ]  # fmt: skip
        atheris.Setup([sys.argv[0], *options, os.fspath(seeds)], check)
        atheris.Fuzz()


def escaped(word: bytes) -> str:
    """A word as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02x}" for byte in word)


def at_random(target: Target, seconds: int, seed: int) -> int:
    """Change the beginnings at random."""
    check, source = target.load(), random.Random(seed)
    seeds, harmful = [target.seeds[name] for name in sorted(target.seeds)], [*HARMFUL, *target.words]
    end, done = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = changed(source.choice(seeds), source, harmful)[: target.max_bytes]
        try:
            check(data)
        except Exception:
            traceback.print_exc()
            left = Path(tempfile.gettempdir(), f"quietpage-crash-{seed}-{done}")
            left.write_bytes(data)
            print(f"{done:,} inputs at random: one breaks a promise, and is left in {left}")
            return 1
        done += 1
    print(f"{done:,} inputs at random (without atheris): no promise broken")
    return 0


def changed(whole: bytes, source: random.Random, harmful: Sequence[bytes]) -> bytes:
    """Bytes of which some are changed, gone, doubled or put in, a few times."""
    for _ in range(source.randint(1, 6)):
        at = source.randrange(len(whole) + 1)
        end = min(len(whole), at + source.choice((0, 1, 1, 4, 40)))
        middle = source.choice((source.randbytes(end - at), whole[at:end] * 2, source.choice(harmful)))
        whole = whole[:at] + middle + whole[end:]
    return whole[: source.randrange(len(whole) + 1)] if source.random() < 0.1 else whole
