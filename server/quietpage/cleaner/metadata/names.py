"""A person's name, cut out of what stands around it: "By", roles, dates, addresses."""

from __future__ import annotations

import re

from quietpage.cleaner.metadata.said import one_line
from quietpage.cleaner.words.bylines import BYLINE_LEAD, BYLINE_TAIL, NAME_END, NAME_PARTICLES, NO_NAMES, ROLE_TAIL
from quietpage.cleaner.words.dates import DATE_WORD

MAX_NAME_CHARS = 120
MAX_NAME_WORDS = 12
MOST_CHARS = 300  # of what a name is cut out of: what is looked for around it takes time by their square
HANDLE = re.compile(r"@\w+")
IN_BRACKETS = re.compile(r"\s*(?:\((?:@|https?:)?[^()]*\)|<[^<>]*>|\[[^\[\]]*\])\s*$")
EDGES = " \t,;:|-–—•·/»«~"
UNFILLED = re.compile(r"\w+(?:\.\w+){2,}|[{\[%].*[}\]%]")  # the name of a field that was never filled
GLUED_LEAD = re.compile(r"^(?:[Bb]y|[Vv]on)(?=[A-Z][a-z])")
PATH = re.compile(r"\w\.\w+/")
WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")


def clean_name(name: str) -> str | None:
    """A name as people say it; None for an address, a handle, a placeholder, or a whole sentence."""
    text = (one_line(name) or "").strip(EDGES)[:MOST_CHARS]
    text = GLUED_LEAD.sub("", text)
    while lead := BYLINE_LEAD.match(text):
        text = text[lead.end() :].strip(EDGES)
    text = BYLINE_TAIL.sub("", NAME_END.split(text)[0])
    text = IN_BRACKETS.sub("", text).strip(EDGES)
    text = without_role(re.sub(r"\s+@\w+$", "", text))
    wrong = not text or "://" in text or "@" in text or len(text) > MAX_NAME_CHARS or UNFILLED.fullmatch(text)
    if wrong or len(text.split()) > MAX_NAME_WORDS or text.lower() in NO_NAMES:
        return None
    if all(DATE_WORD.fullmatch(word) for word in WORD.findall(text)) or PATH.search(text):
        return None
    return text


def without_role(text: str) -> str:
    """A name without the role behind it, where a name of two words or more is left."""
    cut = ROLE_TAIL.sub("", text).strip(EDGES)
    return cut if len(cut.split()) >= 2 else text


def is_login(name: str) -> bool:
    """Whether a name is one by which somebody logs in: a single word without a capital."""
    return len(name.split()) == 1 and name.islower()


def is_full_name(name: str) -> bool:
    """Whether a name has two words or more, as people's have, and all in it reads like names."""
    words = WORD.findall(name)
    return len(words) >= 2 and max(map(len, words)) >= 3 and reads_like_names(name)


def reads_like_names(text: str) -> bool:
    """Whether a text holds the names of people and nothing else, as far as capitals tell."""
    words = WORD.findall(text)
    if not words or re.search(r"\b\d|[!?:;=+]|\.\.\.|…", text):
        return False
    return not words[0].islower() and all(not word.islower() or word in NAME_PARTICLES for word in words)
