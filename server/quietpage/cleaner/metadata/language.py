"""A page's language, and the direction it is read in."""

from __future__ import annotations

import re
import unicodedata

from quietpage.cleaner.document import Document
from quietpage.cleaner.metadata.detect import detect_language
from quietpage.cleaner.metadata.said import Said

RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
RTL_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}
SAMPLE_BLOCKS, SAMPLE_CHARS = 150, 60  # of a page, and of each block, by which its direction is judged


def find_language(said: Said) -> str | None:
    """A BCP 47 tag: the root's, or what the facts say, or the language most of the page's prose is in."""
    root, body = said.document.frame()
    tags = (
        root.get("lang"),
        root.get("xml:lang"),
        body.get("lang"),
        said.meta("og:locale"),
        said.meta("content-language"),
        said.meta("dc.language"),
        said.json_ld("inLanguage", "alternateName"),
    )
    for text in tags:
        tag = (text or "").split(",")[0].strip().replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
            language, *rest = tag.split("-")
            return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
    return detect_language(block.text for block in said.document.blocks)


def find_direction(document: Document, language: str | None) -> str:
    """ "rtl" or "ltr": as the page says, else by the script most of its letters are of, else by its language."""
    root, body = document.frame()
    said = (root.get("dir") or body.get("dir") or "").strip().lower()
    if said in ("rtl", "ltr"):
        return said
    text = "".join([block.text[:SAMPLE_CHARS] for block in document.blocks[:SAMPLE_BLOCKS]])
    if any(map(str.isalpha, text)):
        return "rtl" if not text.isascii() and RTL_LETTER.search(text) and mostly_rtl(text) else "ltr"
    return "rtl" if (language or "").split("-")[0] in RTL_LANGUAGES else "ltr"


def mostly_rtl(text: str) -> bool:
    """Whether most of a text's letters are of a script written from right to left (Unicode's bidirectional class)."""
    kinds = [unicodedata.bidirectional(letter) for letter in text if letter.isalpha()]
    return sum(kind in ("R", "AL") for kind in kinds) > len(kinds) / 2
