"""However an export is hurt, it is read as far as it goes or refused; nothing else ever happens."""

from __future__ import annotations

import contextlib
import json
import random
from itertools import pairwise

import pytest

from quietpage.formats.imports.recognition import FORMATS, OMNIVORE, of_source
from quietpage.formats.imports.source import BadFile, of_bytes
from quietpage.library.incoming import Incoming

from .samples import EVERY_FORMAT

HARMFUL = (
    *(b"\x00", b"\xff\xfe", b'"', b"\xed\xa0\x80", b"&#x110000;", b"\n---\n", b""),
    *(b"[" * 3000, b'{"a":' * 3000, b"9" * 400),
)


def hurt(whole: bytes, source: random.Random) -> bytes:
    """A file with some bytes changed, gone, doubled or put in."""
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(whole) + 1)
        end = min(len(whole), at + source.choice((1, 1, 4, 40)))
        middle = source.choice((source.randbytes(end - at), whole[at:end] * 2, source.choice(HARMFUL)))
        whole = whole[:at] + middle + whole[end:]
    return whole[: source.randrange(len(whole) + 1)] if source.random() < 0.2 else whole


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_a_hurt_file_is_read_as_far_as_it_goes_or_refused(name: str) -> None:
    source = random.Random(name)
    for _ in range(100):
        data = hurt(EVERY_FORMAT[name], source)
        with contextlib.suppress(BadFile):
            for found in of_source(of_bytes(name, data)):
                assert found.entry.row


def test_no_format_is_left_out() -> None:
    found = {one.format for name, data in EVERY_FORMAT.items() for one in of_source(of_bytes(name, data))}
    assert found == {form.name for form in (*FORMATS, OMNIVORE)}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    "beside",
    [
        "moods: {true: calm, two: 2, 3: [1]}",
        "self: &s [*s]",
        BOMB,
        f"a: &a {'x' * 20_000}\nb: [{', '.join(['*a'] * 2000)}]",
    ],
    ids=["keys of any kind", "a list in itself", "a billion parts", "a text said often"],
)
def test_whatever_front_matter_says_can_be_kept(beside: str) -> None:
    note = f"---\ntitle: The tides\nsource: https://a.example/\n{beside}\n---\nText\n"
    (one,) = of_source(of_bytes("note.md", note.encode()))
    assert isinstance(one.entry, Incoming)
    assert len(json.dumps(one.entry.more, sort_keys=True)) < 10_000_000
