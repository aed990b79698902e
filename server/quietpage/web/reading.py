"""Article HTML as the reader shows it: pictures that are kept, quiet places for the others, tables that scroll, code in
colors, and links to what is saved that lead to the saved copy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urldefrag, urlsplit

from quietpage.cleaner.sanitize import prefixed
from quietpage.library.addresses import address
from quietpage.library.images import KeptImage
from quietpage.library.kept import Beside
from quietpage.library.pictures import is_decoration, is_web_address
from quietpage.web.highlighting import Highlighter, Piece
from quietpage.web.language import direction, gettext, language
from quietpage.web.verbatim import Verbatim

# The line above a post of a thread, as the cleaner writes it: who, and when
POST_HEAD = re.compile(r"<p>(?=<cite>[^<]+</cite>(?: · <time[^>]*>[^<]*</time>)?</p>)")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's HTML for the reader, how many pictures it shows a place for, and how many of them are not kept."""

    html: str
    pictures: int = 0
    missing: int = 0


def for_reading(
    html: str,
    kept: Mapping[str, KeptImage] | None = None,
    saved: Mapping[str, Beside] | None = None,
    *,
    arriving: bool = False,
) -> Reading:
    """Return sanitized article HTML with each picture from the web replaced by its copy, or by words and a link.

    ``kept`` are the copies by the pictures' addresses, ``saved`` the kept articles that links lead to, by canonical
    address: their links lead to the copy. Nothing is fetched from the web when an article is read;
    pictures inside the document (``data:``) stay. While pictures are still ``arriving``, their places are as large as
    the article says they are, so that nothing moves when they come. Each table gets a frame that scrolls, by keyboard
    too; so does each block of code, whose words are colored. Any marks in the HTML stay as they are, so what else is
    marked in it is marked before. The line above each post of a thread is named as such. All other markup is passed on
    character by character.
    """
    html = POST_HEAD.sub('<p class="post-head">', html) if "<p><cite>" in html else html
    if not saved and not any(tag in html for tag in ("<img", "<source", "<table", "<pre")):
        return Reading(html)
    rewriter = _Rewriter(kept or {}, saved or {}, arriving)
    rewriter.feed(html)
    rewriter.close()
    return Reading("".join(rewriter.out), rewriter.pictures, rewriter.missing)


def kept_picture(image: KeptImage, words: str = "", attrs: Mapping[str, str | None] | None = None) -> str:
    """An ``img`` of a kept image, as large as the article has it, in the proportions that the image itself has."""
    width, height = shown_size(image, attrs or {})
    return (
        f'<img src="/images/{image.sha256}" alt="{escape(words)}" width="{width}" height="{height}"'
        ' loading="lazy" decoding="async">'
    )


def shown_size(image: KeptImage, attrs: Mapping[str, str | None]) -> tuple[int, int]:
    """How large an image is shown, in CSS pixels: by the width, or else the height, that the article gives it."""
    wide, high = pixels(attrs.get("width")), pixels(attrs.get("height"))
    if wide:
        return wide, max(1, round(wide * image.height / image.width))
    if high:
        return max(1, round(high * image.width / image.height)), high
    return image.width, image.height


def pixels(value: str | None) -> int:
    """A length in pixels; 0 for any other, and for one that no screen has."""
    return int(value) if value and value.isdecimal() and len(value) < 5 else 0


@dataclass(slots=True)
class _Code:
    """A block of code: where it begins in ``out``, its classes, and which pieces since are text, saying what."""

    begin: int
    classes: str
    texts: dict[int, str] = field(default_factory=dict)


class _Rewriter(Verbatim):
    """Copies HTML and rewrites pictures and tables. A link may not hold another: ``_links`` counts the open ones."""

    def __init__(self, kept: Mapping[str, KeptImage], saved: Mapping[str, Beside], arriving: bool) -> None:
        super().__init__()
        self.pictures = self.missing = 0
        self._kept, self._saved, self._arriving = kept, saved, arriving
        self._links = 0
        self._tables = 0
        self._highlighter = Highlighter()
        self._pre = -1  # where the present block of code has its first piece
        self._code: _Code | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.out.append(self._picture(dict(attrs)))
            return
        if tag == "source":  # another address of the same picture
            return
        if tag == "code" and self._pre == len(self.out):
            self._code = _Code(len(self.out) + 1, dict(attrs).get("class") or "")
        self._links += tag == "a"
        self._tables += tag == "table"
        if tag == "table" and self._tables == 1:
            name = escape(gettext("Table"))
            self.out.append(f'<div class="scroll" tabindex="0" role="group" aria-label="{name}">')
        text = self.get_starttag_text() or ""
        if tag == "pre":
            text = text.replace("<pre", '<div class="code"><pre tabindex="0"', 1)
            self._pre = len(self.out) + 1
        if tag == "a" and self._saved:
            text = self._link(text, dict(attrs))
        self.out.append(text)

    def handle_endtag(self, tag: str) -> None:
        if tag == "code" and self._code:
            self._color(self._code)
        super().handle_endtag(tag)
        if tag == "pre":
            self.out.append("</div>")
        self._links = max(0, self._links - (tag == "a"))
        if tag == "table" and self._tables:
            self._tables -= 1
            self.out.append("</div>" if not self._tables else "")

    def _link(self, text: str, attrs: Mapping[str, str | None]) -> str:
        """A link's tag, which leads to the saved copy where there is one, and to the same place within it."""
        href = attrs.get("href") or ""
        saved = self._saved.get(address(href)) if href.startswith("http") else None
        if saved is None:
            return text
        place = urldefrag(href).fragment
        here = f"/read/{saved.id}" + (f"#{prefixed(place)}" if place else "")
        told = gettext("Your saved copy: %(title)s") % {"title": saved.title or saved.url}
        name = f' id="{escape(attrs["id"] or "")}"' if attrs.get("id") else ""
        return f'<a{name} class="saved" href="{escape(here)}" title="{escape(told)}">'

    def note(self, text: str) -> None:
        if self._code:
            self._code.texts[len(self.out)] = text

    def _color(self, code: _Code) -> None:
        """Color what stands in ``out`` since a block of code began."""
        texts = code.texts
        pieces = [Piece(self.out[at], texts.get(at, "")) for at in range(code.begin, len(self.out))]
        language = next((word[9:] for word in code.classes.split() if word.startswith("language-")), None)
        self.out[code.begin :] = [self._highlighter.block(pieces, language)]
        self._code = None

    def _picture(self, attrs: dict[str, str | None]) -> str:
        source, words = attrs.get("src") or "", (attrs.get("alt") or "").strip()
        if not source.startswith("data:image/") and is_decoration(attrs):
            return ""
        self.pictures += 1
        if source.startswith("data:image/"):
            return self.get_starttag_text() or ""
        if source in self._kept:
            numbered = f'<img data-picture="{self.pictures}" '
            return kept_picture(self._kept[source], words, attrs).replace("<img ", numbered, 1)
        self.missing += 1
        return self._place(source, words, attrs)

    def _place(self, source: str, words: str, attrs: dict[str, str | None]) -> str:
        """The place of a picture that is not kept. Its number finds it again when the picture comes."""
        space = self._space(attrs)
        words, not_kept, view_at = words or gettext("Picture"), gettext("Not kept"), gettext("View at %(site)s")
        label = f'{space}<span class="picture-words">{escape(words)}</span>'
        told = f'class="picture{" sized" if space else ""}" data-picture="{self.pictures}"'
        place = f'<span class="picture-place" lang="{language()}" dir="{direction()}">{not_kept}'
        if self._links or not is_web_address(source):
            return f"<span {told}>{label} {place}</span></span>"
        site = f"<u>{escape(urlsplit(source).hostname or '')}</u>"
        link = f'<a {told} href="{escape(source)}" rel="noopener noreferrer">'
        return f"{link}{label} {place} · {view_at % {'site': site}}</span></a>"

    def _space(self, attrs: dict[str, str | None]) -> str:
        wide, high = pixels(attrs.get("width")), pixels(attrs.get("height"))
        if not (self._arriving and wide and high):
            return ""
        size = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
        return f'<svg class="picture-space" {size} aria-hidden="true"></svg>'
