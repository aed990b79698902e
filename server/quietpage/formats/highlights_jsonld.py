"""Highlights as annotations of the W3C's Web Annotation Data Model, in JSON-LD: https://www.w3.org/TR/annotation-model/"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from quietpage.library.marks import Mark

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(marks: Iterable[Mark]) -> Iterator[str]:
    """An AnnotationCollection with one page that holds them all, in pieces."""
    head = {"@context": CONTEXT, "id": uuid5(NAMESPACE_URL, "quietpage:highlights").urn, "type": "AnnotationCollection"}
    yield written(head)[:-1] + ',"first":{"type":"AnnotationPage","startIndex":0,"items":['
    for number, mark in enumerate(marks):
        yield ("," if number else "") + "\n" + written(annotation(mark))
    yield "\n]}}\n"


def written(value: dict[str, Any]) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def annotation(mark: Mark) -> dict[str, Any]:
    """A highlight, or a note on a whole article, as an annotation."""
    one, source = mark.highlight, mark.source
    page = {"id": source.url, "type": "Text", "format": "text/html", "label": source.title}
    page |= {"language": source.language} if source.language else {}
    told: dict[str, Any] = {
        "id": uuid5(NAMESPACE_URL, f"{source.url}#{one.id if one else 'note'}").urn,
        "type": "Annotation",
        "motivation": "highlighting" if one else "commenting",
        "created": time(mark.created_at),
        "modified": time(mark.updated_at),
        "body": bodies(mark),
        "target": page,
    }
    if one:
        passage = one.passage
        told["target"] = {
            "source": page,
            "selector": [
                {"type": "TextPositionSelector", "start": passage.begins, "end": passage.ends},
                {
                    "type": "TextQuoteSelector",
                    "exact": passage.exact,
                    "prefix": passage.prefix,
                    "suffix": passage.suffix,
                },
            ],
        }
    return told


def bodies(mark: Mark) -> list[dict[str, str]]:
    """What is said about the passage: its note, and its color as a tag."""
    told = [{"type": "TextualBody", "value": mark.note, "format": "text/plain", "purpose": "commenting"}]
    color = [{"type": "TextualBody", "value": mark.highlight.color, "purpose": "tagging"}] if mark.highlight else []
    return (told if mark.note else []) + color


def time(moment: datetime) -> str:
    """A moment as xsd:dateTime in UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
