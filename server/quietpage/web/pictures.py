"""Pictures that lie on the web are not fetched when an article is read: a quiet line stands for each, with a link."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

SMALLEST_PICTURE_PIXELS = 48  # below that on either side, without words of its own: an icon or a tracking pixel


def without_remote_pictures(html: str) -> str:
    """Return sanitised article HTML with each picture from the web replaced by its description and its address.

    Pictures inside the document (``data:``) stay. All other markup is passed on character by character.
    """
    if "<img" not in html and "<source" not in html:
        return html
    rewriter = _Rewriter()
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.out)


class _Rewriter(HTMLParser):
    """Copies HTML and rewrites its pictures. ``_links`` counts open links: a link may not hold another."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links += 1
        if tag == "img":
            self.out.append(self._picture(dict(attrs)))
        elif tag != "source":  # another address of the same picture
            self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._links = max(0, self._links - 1)
        self.out.append(f"</{tag}>")

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
        pass  # sanitised HTML has none


def _is_small(attrs: dict[str, str | None]) -> bool:
    sizes = [attrs.get("width") or "", attrs.get("height") or ""]
    return any(size.isdecimal() and int(size) < SMALLEST_PICTURE_PIXELS for size in sizes)


def _is_web_address(source: str) -> bool:
    try:
        return urlsplit(source).scheme in ("http", "https")
    except ValueError:
        return False
