"""The tags of a page that is not parsed yet, as the HTML standard's tokeniser reads them (whatwg.org, 13.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

RAW = frozenset("script style textarea title xmp iframe noembed noframes plaintext".split())
# What is no tag and no comment, but begins like one, ends at the next ">".
SPACE = r"\t\n\f\r "
TAG = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<end>/?)(?P<name>[a-zA-Z][^{SPACE}/>]*+)"
    rf"(?:[{SPACE}]++|/(?!>)|[^{SPACE}/>][^{SPACE}/>=]*+"
    rf"(?:[{SPACE}]*+=[{SPACE}]*+(?:\"[^\"]*+\"|'[^']*+'|[^{SPACE}\"'>][^{SPACE}>]*+|(?=>)))?+)*+(?P<slash>/?)(?:>|\Z)"
    rf"|<[!?/](?P<cdata>\[CDATA\[)?[^>]*+>",
    re.DOTALL,
)
SCRIPT_MARK = re.compile(rf"<!--(?:-?>)?|-->|<(/?)script(?=[{SPACE}/>])", re.IGNORECASE | re.ASCII)


def start_tags(html: str) -> Iterator[re.Match[str]]:
    """The start tags of a page, without what only looks like one in a comment, an attribute or a script."""
    after = 0
    while (tag := TAG.search(html, after)) is not None:
        after = tag.end()
        if tag["name"] and not tag["end"]:
            yield tag
            name = ascii_lower(tag["name"])
            after = end_of_raw(html, name, after) if name in RAW else after


def ascii_lower(name: str) -> str:
    """A tag's name in lower case, as HTML means it: letters beyond ASCII stay."""
    return name.lower() if name.isascii() else re.sub("[A-Z]+", lambda found: found[0].lower(), name)


def end_of_raw(html: str, name: str, begin: int) -> int:
    """Where the end tag of a raw element (script, style …) begins: tags in its text are no tags."""
    if name == "plaintext":
        return len(html)
    if name == "script":
        return end_of_script(html, begin)
    found = re.compile(f"</{name}(?=[{SPACE}/>])", re.IGNORECASE | re.ASCII).search(html, begin)
    return found.start() if found else len(html)


def end_of_script(html: str, begin: int) -> int:
    """Where a script's end tag begins: not the one of a script that is written in a comment of it."""
    commented = within = False
    for mark in SCRIPT_MARK.finditer(html, begin):
        if mark[0] == "<!--":
            commented = True
        elif mark[0].endswith("-->"):
            commented = within = False
        elif mark[1] and not within:
            return mark.start()
        else:
            within = commented and not mark[1]
    return len(html)


def end_of_tag(html: str, begin: int) -> int:
    """Behind the tag that begins at ``begin``."""
    end = html.find(">", begin)
    return end + 1 if end >= 0 else len(html)
