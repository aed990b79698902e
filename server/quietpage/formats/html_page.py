"""An article as one HTML page that opens anywhere: pictures within, its own small style, no script, nothing to load."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote
from xml.etree.ElementTree import Element, tostring

from quietpage.formats.elements import parse
from quietpage.formats.names import Names
from quietpage.formats.pictures import place_pictures
from quietpage.formats.taking import Selection, Taken, day, stamp
from quietpage.formats.zipping import File, zipped

# Whatever is in the page, a browser runs nothing in it and asks no other place for anything
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root{color-scheme:light dark;--page:#fbfaf7;--text:#23211d;--soft:#6a655b;--line:#dedad0;--link:#1f5c7a;
--yellow:#fbeaa0;--green:#cdeac0;--blue:#cbe3f7;--pink:#f8d3df}
@media(prefers-color-scheme:dark){:root{--page:#191816;--text:#dcd8cf;--soft:#9d978b;--line:#3a3833;--link:#8fc3df;
--yellow:#57491a;--green:#2c4a27;--blue:#234560;--pink:#57303f}}
*{box-sizing:border-box}
body{margin:0 auto;padding:clamp(1.5rem,6vw,4.5rem) 1.25rem;max-width:40rem;background:var(--page);color:var(--text);
font:1.125rem/1.65 Charter,"Bitstream Charter","Iowan Old Style",Georgia,Cambria,serif;overflow-wrap:break-word}
header{margin-block-end:2.5rem}
h1,h2,h3,h4,h5,h6{line-height:1.25;text-wrap:balance;margin-block:2.2em .7em}
h1{font-size:2.1rem;margin-block:.3em .5em}h2{font-size:1.4rem}h3{font-size:1.2rem}h4,h5,h6{font-size:1rem}
.source,.facts,footer,figcaption,.marks small{font:.9rem/1.5 system-ui,sans-serif;color:var(--soft)}
.source,.facts{margin:0}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.15em}
img{max-width:100%;height:auto;border-radius:3px}figure{margin:2em 0}figcaption{margin-block-start:.5em}
blockquote{margin:1.5em 0;padding-inline-start:1.2em;border-inline-start:3px solid var(--line);color:var(--soft)}
pre,code,kbd,samp{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;font-size:.88em}
pre{overflow:auto;padding:1em;border:1px solid var(--line);border-radius:4px;line-height:1.5}
table{display:block;max-width:100%;overflow:auto;border-collapse:collapse;font-size:.92em}
th,td{padding:.4em .8em .4em 0;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}
hr{border:0;border-block-start:1px solid var(--line);margin:2.5em 0}
mark{color:inherit;background:var(--yellow);border-radius:2px}
[data-color=green]{background:var(--green)}[data-color=blue]{background:var(--blue)}[data-color=pink]{background:var(--pink)}
.marks{margin-block-start:3.5rem;padding-block-start:.5rem;border-block-start:1px solid var(--line)}
.marks h2{font-size:1.1rem;margin-block:1em}.marks blockquote{color:inherit;margin-block:1em .4em}
.note{white-space:pre-line;margin-block:.4em}
footer{margin-block-start:3.5rem;padding-block-start:1rem;border-block-start:1px solid var(--line)}
@media print{body{max-width:none;padding:0;background:none;font-size:11pt}}
"""


def write(selection: Selection) -> Iterator[bytes]:
    """The page of one article; of several, an archive with a page for each and a list of them."""
    if selection.one:
        yield from (page(taken, selection).encode() for taken in selection.articles())
    else:
        yield from zipped(files(selection))


def packs(selection: Selection) -> bool:
    """Whether what comes out is an archive."""
    return not selection.one


def files(selection: Selection) -> Iterator[File]:
    """The pages of all articles, then the list of them."""
    names, lines = Names({0: "index"}), list[str]()
    for taken in selection.articles():
        path = f"{names.of(taken.kept.id, taken.title)}.html"
        yield File(path, page(taken, selection).encode(), taken.kept.saved_at)
        lines.append(listed(taken, path))
    yield File("index.html", index(lines, selection).encode(), selection.at)


def page(taken: Taken, selection: Selection) -> str:
    """An article with all that is marked in it, as a whole page."""
    article = taken.kept.article
    body = parse(selection.tools.highlighted(article.html, taken.marked.highlights))
    place_pictures(body, taken, lambda picture: picture.address)
    facts = [article.byline, article.published_at and day(article.published_at), f"{article.reading_minutes} min"]
    return "\n".join(
        (
            head(taken.title, article.language, article.direction),
            f'<header><p class="source"><a href="{escape(web_address(article.url))}" rel="noopener noreferrer">'
            f"{escape(article.site or article.url)}</a></p>",
            f"<h1>{escape(taken.title)}</h1>",
            f'<p class="facts">{" · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)}</p></header>',
            f"<article>{inner(body)}</article>",
            marks(taken),
            f"<footer><p>Saved {day(taken.kept.saved_at)} from {link(article.url)}.<br>"
            f'Exported from Quietpage on <time datetime="{stamp(selection.at)}">{day(selection.at)}</time>.'
            f"{tags(taken)}</p></footer>",
            "</body></html>\n",
        )
    )


def head(title: str, language: str | None, direction: str) -> str:
    """How a page begins."""
    turned = "rtl" if direction == "rtl" else "ltr"
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{escape(language or "")}" dir="{turned}">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="Quietpage">',
            f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        )
    )


def inner(body: Element) -> str:
    """What is in an element, as HTML."""
    return tostring(body, encoding="unicode", method="html")[len("<div>") : -len("</div>")]


def marks(taken: Taken) -> str:
    """What a person marked: the note on the article, and each highlight with its note."""
    note = f'<p class="note" dir="auto">{escape(taken.marked.note)}</p>' if taken.marked.note else ""
    listed = "".join(
        f'<blockquote dir="auto"><mark data-color="{one.color}">{escape(one.passage.exact)}</mark></blockquote>'
        + (f'<p class="note" dir="auto">{escape(one.note)}</p>' if one.note else "")
        for one in (*taken.marked.highlights, *taken.marked.orphans)
    )
    return f'<section class="marks" lang=""><h2>Notes</h2>{note}{listed}</section>' if note or listed else ""


def tags(taken: Taken) -> str:
    """The tags of an article."""
    return "<br>" + escape(" ".join(f"#{tag}" for tag in taken.kept.tags)) if taken.kept.tags else ""


def link(url: str) -> str:
    """An address as a link to itself."""
    return f'<a href="{escape(web_address(url))}" rel="noopener noreferrer">{escape(url)}</a>'


def web_address(url: str) -> str:
    """An address that is on the web; for any other, nothing that a click would run."""
    return url if url.lower().startswith(("http://", "https://")) else "#"


def listed(taken: Taken, path: str) -> str:
    """The line of an article in the list of all."""
    kept = taken.kept
    where = " · ".join(fact for fact in (kept.article.site or kept.article.url, day(kept.saved_at)) if fact)
    return f'<li><a href="./{escape(as_link(path))}">{escape(taken.title)}</a><br><small>{escape(where)}</small></li>'


def as_link(path: str) -> str:
    """A file's name as a relative address."""
    return quote(path)


def index(lines: list[str], selection: Selection) -> str:
    """The list of all pages of an archive."""
    count = f"{len(lines)} {'article' if len(lines) == 1 else 'articles'}"
    if selection.without_text:
        count += f" ({selection.without_text} not captured yet left out)"
    return (
        f"{head(selection.title, 'en', 'ltr')}\n<header><h1>{escape(selection.title)}</h1>"
        f'<p class="facts">{count}, exported from Quietpage on {day(selection.at)}</p></header>\n'
        f'<ol class="marks">{"".join(lines)}</ol>\n</body></html>\n'
    )
