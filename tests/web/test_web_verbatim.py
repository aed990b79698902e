"""HTML passed on as it is: what the sanitiser writes is read as a parser reads it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietpage.cleaner.sanitize import sanitize
from quietpage.web.verbatim import Verbatim


class Told(Verbatim):
    """All that is handled, neighbouring texts as one."""

    def __init__(self, *, parser: bool) -> None:
        super().__init__()
        self.told: list[tuple[str, ...]] = []
        self.parser = parser

    def feed(self, data: str) -> None:
        if self.parser:
            HTMLParser.feed(self, data)
        else:
            super().feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self.told.append(("start", tag, str(attrs), self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.told.append(("end", tag))

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        before = self.told.pop()[1] if self.told and self.told[-1][0] == "text" else ""
        self.told.append(("text", before + data))

    def handle_entityref(self, name: str) -> None:
        super().handle_entityref(name)
        self.told.append(("entity", name))

    def handle_charref(self, name: str) -> None:
        super().handle_charref(name)
        self.told.append(("character", name))


def told(html: str, *, parser: bool) -> tuple[list[tuple[str, ...]], str]:
    reader = Told(parser=parser)
    reader.feed(html)
    reader.close()
    return reader.told, "".join(reader.out)


PIECES = [
    "<p>", "</p>", '<a href="https://x.example/?a=1&amp;b=<2>">', "</a>", "<b title='\"&quot;<>'>", "</b>", "a < b",
    "&", "&amp;",
    "&lt;p&gt;", "&nbsp;", "&#233;", "\u00a0", "é", "<br>", '<img src="data:image/png;base64,AA==" alt=">">', "<pre>\n",
    "<math display=block><mi>x</mi></math>", "<table><tr><td colspan=2>", "</table>", '"', "'", "<!-- x -->",
    "<script>1<2</script>",
    "<code class='language-c++'>", "</code>", "<P ID=A>", "<svg viewBox='0 0 1 1'>", "&copy", "&#x41;", "<wbr>", "\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_sanitized_html_is_read_as_the_parser_reads_it(html: str) -> None:
    clean = sanitize(html)
    found = told(clean, parser=False)
    assert found == told(clean, parser=True)
    assert found[1] == clean


@pytest.mark.parametrize("html", ["<p class=x>y</p>", "<P>y</P>", "a < b", "<a\nhref='x'>y</a>", '<a href="x>y', "<"])
def test_what_the_sanitiser_does_not_write_is_left_to_the_parser(html: str) -> None:
    assert told(html, parser=False) == told(html, parser=True)
