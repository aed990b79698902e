"""Served bytes to text, as a browser decodes them: byte order mark, declared charset, then sniffing."""

from __future__ import annotations

import codecs
import re

PRESCAN_BYTES = 1024  # HTML standard §13.2.3.2: how far a browser looks for a declared charset
PRESCAN_GENEROUS = 8192  # some pages declare later than they may, behind long comments; browsers reparse for them
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(rb"""<(?:meta[^>]+?charset|\?xml[^>]+?encoding)\s*=\s*["']?\s*([a-z0-9_:.+-]+)""", re.IGNORECASE)
# WHATWG Encoding standard §4.2: labels that name a superset of the encoding they seem to name
SUPERSETS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "x-user-defined": "cp1252",
    "utf-16": "utf-8",  # a page that could declare it in ASCII is not in it
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "utf-7": "cp1252",  # never honoured: it hides markup
}
# Multi-byte encodings are tried in this order where nothing is declared; each refuses most text of the others.
SNIFFED = ("cp932", "euc_jp", "gb18030", "cp949", "big5hkscs")
SNIFF_BYTES = 65536


def decode(html: bytes) -> str:
    """Return the page's text. Never raises: a byte that means nothing becomes U+FFFD, as in a browser."""
    for mark, name in BOMS:
        if html.startswith(mark):
            return html[len(mark) :].decode(name, "replace")
    declared = declared_encoding(html)
    if declared and declared != "utf-8":
        return html.decode(declared, "replace")
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError as error:
        # UTF-8 with a broken byte here and there is UTF-8; a page whose first foreign byte already fails is not
        if declared or mostly_utf8(html, error.start):
            return html.decode("utf-8", "replace")
        return html.decode(sniffed(html), "replace")


def declared_encoding(html: bytes) -> str | None:
    """Python's name of the charset the page declares, None where it declares none that exists."""
    found = DECLARED.search(html, 0, PRESCAN_BYTES) or DECLARED.search(html, 0, PRESCAN_GENEROUS)
    if found is None:
        return None
    label = found[1].decode("ascii").lower()
    try:
        return codecs.lookup(SUPERSETS.get(label, label)).name
    except LookupError:
        return None


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
