"""What the benchmarks count as right, and what the long runs of ``make torture`` are."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path

import pytest
from benchmarks.facts import is_right
from benchmarks.fuzzing import Check, Target, at_random

TESTS = Path(__file__).resolve().parent


@pytest.mark.parametrize(
    ("known", "read", "right"),
    [
        ("2023-05-01", "2023-05-01T09:00:00+02:00", True),
        ("2023-05-01T22:30:00Z", "2023-05-02T00:30:00+02:00", True),
        ("2023-05-01T22:30:00.000Z", "2023-05-01T17:30:00-05:00", True),
        ("2023-05-01T22:30:00Z", "2023-05-02T00:31:00+02:00", False),
        ("2023-05-01T22:30:00", "2023-05-02T00:30:00+02:00", False),
        ("2023-05-01", "2023-05-02", False),
        ("1 May 2023", "2023-05-01", False),
    ],
)
def test_a_date_is_right_when_its_day_or_its_moment_is(known: str, read: str, right: bool) -> None:
    assert is_right("date", known, read) is right


def test_every_long_run_is_a_benchmark_that_is_there() -> None:
    spec = importlib.util.spec_from_file_location("tests_torture", TESTS / "torture.py")
    assert spec and spec.loader
    torture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(torture)
    assert len(torture.LONG_RUNS) >= 13
    assert all((TESTS / "benchmarks" / program).exists() for program, *_ in torture.LONG_RUNS.values())


def test_fuzzing_at_random_leaves_what_breaks_a_promise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def load() -> Check:
        def check(data: bytes) -> None:
            assert b"\xff\xfe" not in data

        return check

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert at_random(Target(load, {"a": b"rain"}, (b"river",), 100), seconds=30, seed=1) == 1
    (left,) = tmp_path.iterdir()
    assert b"\xff\xfe" in left.read_bytes()
    assert f"left in {left}" in capsys.readouterr().out
