"""Served bytes to text, as a browser decodes them: byte order mark, declared charset, then sniffing."""

from __future__ import annotations

import codecs
import re

PRESCAN_BYTES = 1024  # HTML standard §13.2.3.2: how far a browser looks for a declared charset
PRESCAN_GENEROUS = 8192  # some pages declare later than they may, behind long comments; browsers reparse for them
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(rb"""<(?:meta[^>]+?charset|\?xml[^>]+?encoding)\s*=\s*["']?\s*([a-z0-9_:.+-]+)""", re.IGNORECASE)
# WHATWG Encoding standard §4.2: a label that names one of these, by Python's name, means the superset beside it.
SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a page that could declare it in ASCII is not in it
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-8-sig": "utf-8",
}
# Labels of that standard which Python does not know.
LABELS = {
    "unicode-1-1-utf-8": "utf-8",
    "x-user-defined": "cp1252",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "dos-874": "cp874",
    "windows-874": "cp874",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "windows-949": "cp949",
    "x-x-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "koi": "koi8-r",
    "logical": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
}
# What browsers decode; of Python's other codecs some are no text encodings, and some hide markup (UTF-7).
BROWSERS_KNOW = frozenset(
    {"utf-8", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "gb18030", "big5hkscs", "euc_jp"}
    | {"iso2022_jp", "cp932", "cp949"}
    | {f"cp125{number}" for number in range(9)}
    | {f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
)
# Multi-byte encodings are tried in this order where nothing is declared; each refuses most text of the others.
SNIFFED = ("cp932", "euc_jp", "gb18030", "cp949", "big5hkscs")
SNIFF_BYTES = 65536
UTF8_LEAST = 8  # bytes beyond one a character: two or three pairs may be sound by chance


def decode(html: bytes) -> str:
    """Return the page's text. Never raises: a byte that means nothing becomes U+FFFD, as in a browser."""
    for mark, name in BOMS:
        if html.startswith(mark):
            return html[len(mark) :].decode(name, "replace")
    declared = declared_encoding(html)
    if declared and declared != "utf-8" and not is_utf8(html):
        return html.decode(declared, "replace")
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError as error:
        # UTF-8 with a broken byte here and there is UTF-8; a page whose first foreign byte already fails is not
        if declared or mostly_utf8(html, error.start):
            return html.decode("utf-8", "replace")
        return html.decode(sniffed(html), "replace")


def is_utf8(html: bytes) -> bool:
    """Whether a page is UTF-8 whatever it declares: saved anew, say. No text of another encoding is sound UTF-8."""
    try:
        text = html.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(html) - len(text) >= UTF8_LEAST


def declared_encoding(html: bytes) -> str | None:
    """Python's name of the charset the page declares, None where it declares none that exists."""
    found = DECLARED.search(html, 0, PRESCAN_BYTES) or DECLARED.search(html, 0, PRESCAN_GENEROUS)
    if found is None:
        return None
    label = found[1].decode("ascii").lower()
    try:
        name = codecs.lookup(LABELS.get(label, label)).name
    except LookupError:
        return None
    name = SUPERSETS.get(name, name)
    return name if name in BROWSERS_KNOW else None


def mostly_utf8(html: bytes, first_error: int) -> bool:
    """Whether multi-byte UTF-8 was read before the first error, or nine of ten such sequences are sound."""
    if any(byte > 0x7F for byte in html[max(0, first_error - SNIFF_BYTES) : first_error]):
        return True
    text = html[:SNIFF_BYTES].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - broken
    return sound > 9 * broken


def sniffed(html: bytes) -> str:
    """An encoding for a page that declares none and is not UTF-8: a multi-byte one that fits, else windows-1252."""
    sample = html[:SNIFF_BYTES]
    foreign = sum(byte > 0x7F for byte in sample)
    for name in SNIFFED if foreign > len(sample) // 10 else ():
        text = sample.decode(name, "ignore")
        if len(text.encode(name, "ignore")) >= len(sample) - 2:
            return name
    return "cp1252"
