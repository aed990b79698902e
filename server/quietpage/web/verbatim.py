"""Sanitized HTML passed on character by character, for those who change a part of it."""

from __future__ import annotations

from html.parser import HTMLParser


class Verbatim(HTMLParser):
    """Copies HTML into ``out``, piece by piece. Sanitized HTML has no comments and no declarations."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")
