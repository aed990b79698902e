"""The JSON-LD object that describes the article, from scripts as they are found in the wild."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from quietpage.cleaner.document import Document

ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Posting|Review|Recipe|QAPage|HowTo|WebPage|NewsItem|Podcast")
MAX_JSON_LD_CHARS = 1_000_000
MOST_IN_A_LIST = 200
WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


def best_data(document: Document) -> dict[str, Any]:
    """The JSON-LD object that describes the article, {} where none does.

    What it leaves unsaid, the page's own object may say; who wrote it may stand in an object it refers to.
    """
    found = [item for script in document.json_ld() for item in objects(load(script))]
    articles = [item for item in found if any(ARTICLE_TYPES.search(kind) for kind in types(item))]
    articles.sort(key=lambda item: ("WebPage" in types(item), "headline" not in item))
    pages = [item for item in articles[1:] if "WebPage" in types(item)]
    data = {name: value for item in (*pages[:1], *articles[:1]) for name, value in item.items() if value}
    known = {item["@id"]: item for item in found if isinstance(item.get("@id"), str) and "name" in item}
    if known and "author" in data:
        data["author"] = [referred(author, known) for author in as_list(data["author"])]
    return data


def referred(value: Any, known: dict[str, dict[str, Any]]) -> Any:
    """What a value refers to by its @id, or by that alone; itself where it says its name or refers to nothing."""
    name = value.get("@id") if isinstance(value, dict) and not value.get("name") else value
    return known.get(name, value) if isinstance(name, str) else value


def as_list(value: Any) -> list[Any]:
    """A value that may be one or several."""
    return value if isinstance(value, list) else [value]


def load(script: str) -> Any:
    """Parse JSON-LD as found in the wild: comments around it, raw line breaks in strings; None when hopeless."""
    script = script.strip()
    if len(script) > MAX_JSON_LD_CHARS:
        return None
    if script[:1] not in ("{", "["):
        script = WRAPPED.sub("", script).strip()
    try:
        return json.loads(script.rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object at the top, in @graph, or an article as the main entity of one."""
    waiting = deque([data])
    while waiting:
        item = waiting.popleft()
        if isinstance(item, list):
            waiting.extendleft(reversed(item[:MOST_IN_A_LIST]))
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in ("@graph", "mainEntity") if isinstance(item.get(key), dict | list)]


def types(item: dict[str, Any]) -> list[str]:
    """What an object says it is."""
    kinds = item.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def text_of(value: Any, *keys: str) -> str | None:
    """The text of a JSON-LD value: itself, its name, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[key] for key in (*keys, "name", "@value") if value.get(key)), None)
    return value.strip() or None if isinstance(value, str) else None
