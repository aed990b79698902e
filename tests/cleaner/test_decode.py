"""Bytes become text as in a browser."""

from __future__ import annotations

import pytest

from quietpage.cleaner.decode import declared_encoding, decode

STORY = "Größe, naïveté und Łódź: „über“ – 10 €"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_wins_over_a_declaration(encoding: str) -> None:
    page = f'<meta charset="iso-8859-2"><p>{STORY}</p>'
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1250">', "cp1250"),
        ("<meta charset=windows-1250>", "cp1250"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ('<?xml version="1.0" encoding="windows-1250"?>', "cp1250"),
        ('<META CHARSET="KOI8-R">', "koi8-r"),
    ],
)
def test_a_declared_charset_is_used(declaration: str, encoding: str) -> None:
    word = "Привет" if encoding == "koi8-r" else "Łódź"
    assert decode(f"{declaration}<p>{word}</p>".encode(encoding)).endswith(f"<p>{word}</p>")


@pytest.mark.parametrize(
    ("label", "means"),
    [
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("gb2312", "gb18030"),
        ("Shift_JIS", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("utf-16le", "utf-8"),
        ("x-user-defined", "cp1252"),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, means: str) -> None:
    assert declared_encoding(f'<meta charset="{label}">'.encode()) == means


@pytest.mark.parametrize("label", ["hex", "rot13", "utf-7", "idna", "unicode_escape", "base64", "no-such-charset"])
def test_a_charset_no_browser_knows_is_not_used(label: str) -> None:
    page = f'<meta charset="{label}"><p>+ADw-b+AD4- \\u003c Grüße</p>'
    assert decode(page.encode()) == page


def test_undeclared_utf8_is_recognized() -> None:
    assert decode(STORY.encode()) == STORY


def test_a_broken_byte_in_utf8_costs_one_character_not_the_page() -> None:
    assert decode(STORY.encode() * 20 + b"\xff" + STORY.encode()) == STORY * 20 + "\ufffd" + STORY


def test_a_page_cut_in_the_middle_of_a_character_is_still_utf8() -> None:
    assert decode("Grüße aus Köln: ü".encode()[:-1]).startswith("Grüße aus Köln")


def test_undeclared_western_text_is_windows_1252() -> None:
    assert decode("“Déjà vu” – 10 €".encode("cp1252")) == "“Déjà vu” – 10 €"


def test_undeclared_japanese_is_recognized() -> None:
    text = "毎年春になると、町の北側を流れる小さな川に白い花びらが集まります。" * 5
    assert decode(text.encode("cp932")) == text


@pytest.mark.parametrize("junk", [b"", b"\x00\x01\x02", bytes(range(256)), b"\xfe", b"<meta charset=>"])
def test_anything_decodes(junk: bytes) -> None:
    assert isinstance(decode(junk), str)
