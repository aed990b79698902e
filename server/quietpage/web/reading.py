"""Article HTML as the reader shows it: pictures of the web become quiet links, tables scroll within themselves."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

SMALLEST_PICTURE_PIXELS = 48  # below that on either side, without words of its own: an icon or a tracking pixel
SCROLLING = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'


def for_reading(html: str) -> str:
    """Return sanitized article HTML with each picture from the web replaced by its description and its address.

    Nothing is fetched from the web when an article is read; pictures inside the document (``data:``) stay. Each
    table gets a frame that scrolls, by keyboard too. All other markup is passed on character by character.
    """
    if not any(tag in html for tag in ("<img", "<source", "<table", "<pre")):
        return html
    rewriter = _Rewriter()
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.out)


class _Rewriter(HTMLParser):
    """Copies HTML and rewrites pictures and tables. A link may not hold another: ``_links`` counts the open ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._links = 0
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.out.append(self._picture(dict(attrs)))
            return
        if tag == "source":  # another address of the same picture
            return
        self._links += tag == "a"
        self._tables += tag == "table"
        if tag == "table" and self._tables == 1:
            self.out.append(SCROLLING)
        text = self.get_starttag_text() or ""
        self.out.append(text.replace("<pre", '<pre tabindex="0"', 1) if tag == "pre" else text)

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        self._links = max(0, self._links - (tag == "a"))
        if tag == "table" and self._tables:
            self._tables -= 1
            self.out.append("</div>" if not self._tables else "")

    def _picture(self, attrs: dict[str, str | None]) -> str:
        source, words = attrs.get("src") or "", (attrs.get("alt") or "").strip()
        if source.startswith("data:image/"):
            return self.get_starttag_text() or ""
        if not words and _is_small(attrs):
            return ""
        host = urlsplit(source).hostname if _is_web_address(source) else None
        label = f'<span class="picture-words">{escape(words or "Picture")}</span>'
        if host is None or self._links:
            return f'<span class="picture">{label}</span>'
        place = f'<span class="picture-place">{escape(host)}</span>'
        return f'<a class="picture" href="{escape(source)}" rel="noopener noreferrer">{label} {place}</a>'

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        pass  # sanitized HTML has none


def _is_small(attrs: dict[str, str | None]) -> bool:
    sizes = [attrs.get("width") or "", attrs.get("height") or ""]
    return any(size.isdecimal() and int(size) < SMALLEST_PICTURE_PIXELS for size in sizes)


def _is_web_address(source: str) -> bool:
    try:
        return urlsplit(source).scheme in ("http", "https")
    except ValueError:
        return False
