"""A line of a document, as the reader tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it begins (points from the page's left and bottom), its size, whether it is bold."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
