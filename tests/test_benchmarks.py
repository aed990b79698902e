"""What the benchmarks count as right."""

from __future__ import annotations

import pytest
from benchmarks.facts import is_right


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
