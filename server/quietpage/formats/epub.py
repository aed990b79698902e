"""Articles as an EPUB 3 book: a chapter each, with its pictures, a table of contents, and what is known of it.

https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, tostring

from quietpage.formats import mathml, xhtml
from quietpage.formats.elements import NOT_IN_XML, parse
from quietpage.formats.pictures import Picture, place_pictures
from quietpage.formats.taking import Selection, Taken, day, stamp
from quietpage.formats.zipping import File, zipped

CORE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")  # that every reading system shows
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
MATH = ' properties="mathml"'
CONTENTS_FIRST = '<itemref idref="nav"/>'
STYLE = """body{line-height:1.5;margin:0 5%}
h1,h2,h3,h4,h5,h6{line-height:1.25;text-align:start;page-break-after:avoid}
h1{margin:1em 0 .4em}
p.source,p.facts,footer,figcaption{font-size:.85em;color:#666}
p.source,p.facts{margin:0}
header{margin-bottom:2em}
img{max-width:100%;height:auto}
figure{margin:1.5em 0;page-break-inside:avoid}
blockquote{margin:1.2em 0 1.2em 1em;padding-left:.8em;border-left:2px solid #999}
pre{white-space:pre-wrap;font-size:.8em}
table{border-collapse:collapse;font-size:.9em}
th,td{border-bottom:1px solid #bbb;padding:.3em .6em .3em 0;text-align:start;vertical-align:top}
mark{background:#fbeaa0;color:inherit}
mark[data-color="green"]{background:#cdeac0}mark[data-color="blue"]{background:#cbe3f7}
mark[data-color="pink"]{background:#f8d3df}
p.note{white-space:pre-line}
footer{margin-top:2em;border-top:1px solid #bbb}
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language} dir="{direction}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>{body}</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What the book says of an article."""

    file: str
    title: str
    byline: str | None
    formulas: bool


@dataclass(slots=True)
class Book:
    """What is known of a book once all of it is written."""

    chapters: list[Chapter] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)  # media types by names
    languages: dict[str, None] = field(default_factory=dict)
    rtl: int = 0


def write(selection: Selection) -> Iterator[bytes]:
    """The book, in pieces."""
    return zipped(files(selection))


def files(selection: Selection) -> Iterator[File]:
    """Its files: what it is first, as readers look for that, and what is in it last, when that is known."""
    yield File("mimetype", b"application/epub+zip", packed=False)
    yield File("META-INF/container.xml", CONTAINER.encode())
    yield File("EPUB/style.css", STYLE.encode())
    book = Book()
    for taken in selection.articles():
        yield from chapter_files(taken, selection, book)
    if not book.chapters:
        empty = "<section><h1>Nothing is here</h1><p>No article was found.</p></section>"
        yield File("EPUB/empty.xhtml", page("Nothing is here", empty, "en").encode())
        book.chapters.append(Chapter("empty.xhtml", "Nothing is here", None, False))
    yield File("EPUB/nav.xhtml", contents(selection, book).encode("utf-8", "replace"))
    yield File("EPUB/book.opf", package(selection, book).encode("utf-8", "replace"))


def chapter_files(taken: Taken, selection: Selection, book: Book) -> Iterator[File]:
    """The files of an article: its pictures that did not come before, and its text."""
    pictures: dict[str, Picture] = {}

    def within(picture: Picture) -> str:
        pictures[picture.name] = picture
        return f"images/{picture.name}"

    article = taken.kept.article
    body = parse(selection.tools.highlighted(article.html, taken.marked.highlights))
    place_pictures(body, taken, within)
    for shown in body.iter("img"):  # a type that not all systems show stands as words
        if (known := pictures.get(shown.get("src", "")[len("images/") :])) and known.type not in CORE_TYPES:
            shown.tag, shown.text, shown.attrib = "span", f"[{shown.get('alt') or 'Picture'}]", {}
    xhtml.as_xhtml(body)
    for name, picture in pictures.items():
        if name not in book.pictures and picture.type in CORE_TYPES:
            book.pictures[name] = picture.type
            yield File(f"EPUB/images/{name}", picture.data, packed=False)
    file = f"article-{taken.kept.id}.xhtml"
    book.chapters.append(Chapter(file, clean(taken.title), article.byline, any(True for _ in body.iter("math"))))
    if article.language and xhtml.LANGUAGE.fullmatch(article.language):
        book.languages[article.language] = None
    book.rtl += article.direction == "rtl"
    text = page(taken.title, chapter(taken, body), article.language, article.direction)
    yield File(f"EPUB/{file}", text.encode("utf-8", "replace"), taken.kept.updated_at)


def page(title: str, body: str, language: str | None, direction: str = "ltr") -> str:
    """A document of the book."""
    known = language if language and xhtml.LANGUAGE.fullmatch(language) else ""
    told = f' lang="{known}" xml:lang="{known}"' if known else ""
    turned = "rtl" if direction == "rtl" else "ltr"
    return PAGE.format(title=said(title), body=body, language=told, direction=turned)


def chapter(taken: Taken, body: Element) -> str:
    """An article as the body of a document."""
    kept, article = taken.kept, taken.kept.article
    facts = [article.byline, article.published_at and day(article.published_at)]
    told = " · ".join(f"<bdi>{said(fact)}</bdi>" for fact in facts if fact)
    where = xhtml.link(article.url, {})
    source = f'<a href="{escape(where)}">{said(article.url)}</a>' if where else said(article.url)
    return (
        f'<section epub:type="chapter"><header><p class="source">{said(article.site or "")}</p>'
        f'<h1>{said(taken.title)}</h1><p class="facts">{told}</p></header>'
        f"{inner(body)}{marks(taken)}"
        f"<footer><p>Saved {day(kept.saved_at)} from {source}</p></footer></section>"
    )


def inner(body: Element) -> str:
    """What is in an element, as XML."""
    for formula in body.iter("math"):
        formula.set("xmlns", mathml.NAMESPACE)
    written = tostring(body, encoding="unicode")
    return written[len("<div>") : -len("</div>")] if written.endswith("</div>") else ""


def marks(taken: Taken) -> str:
    """What a person marked."""
    note = f'<p class="note">{said(taken.marked.note)}</p>' if taken.marked.note else ""
    listed = "".join(
        f'<blockquote><p><mark data-color="{one.color}">{said(one.passage.exact)}</mark></p></blockquote>'
        + (f'<p class="note">{said(one.note)}</p>' if one.note else "")
        for one in (*taken.marked.highlights, *taken.marked.orphans)
    )
    return f"<section><h2>Notes</h2>{note}{listed}</section>" if note or listed else ""


def contents(selection: Selection, book: Book) -> str:
    """The table of contents, for reading systems and for readers."""
    lines = "".join(f'<li><a href="{one.file}">{said(one.title)}</a></li>' for one in book.chapters)
    title = title_of(selection, book)
    about = f'<h1>{said(title)}</h1><p class="facts">Exported from Quietpage on {day(selection.at)}</p>'
    return page(title, f'{about}<nav epub:type="toc" id="toc"><h2>Contents</h2><ol>{lines}</ol></nav>', "en")


def title_of(selection: Selection, book: Book) -> str:
    """What the book is called."""
    return book.chapters[0].title if selection.one else selection.title


def package(selection: Selection, book: Book) -> str:
    """The package document: what the book is, and all that is in it."""
    ids = ",".join(map(str, selection.ids))
    languages = (
        "".join(f"<dc:language>{one}</dc:language>" for one in book.languages) or "<dc:language>und</dc:language>"
    )
    authors = dict.fromkeys(said(one.byline) for one in book.chapters if one.byline and one.byline.strip())
    creators = "".join(f"<dc:creator>{one}</dc:creator>" for one in list(authors)[:20])
    items = "".join(
        f'<item id="a{at}" href="{one.file}" media-type="application/xhtml+xml"{MATH if one.formulas else ""}/>'
        for at, one in enumerate(book.chapters)
    )
    images = "".join(
        f'<item id="i{at}" href="images/{name}" media-type="{kind}"/>'
        for at, (name, kind) in enumerate(book.pictures.items())
    )
    spine = "".join(f'<itemref idref="a{at}"/>' for at in range(len(book.chapters)))
    turned = ' page-progression-direction="rtl"' if book.rtl * 2 > len(book.chapters) else ""
    name = said(title_of(selection, book))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{uuid5(NAMESPACE_URL, f"quietpage:{selection.query}:{ids}").urn}</dc:identifier>'
        f"<dc:title>{name}</dc:title>{languages}{creators}<dc:publisher>Quietpage</dc:publisher>"
        f"<dc:date>{stamp(selection.at)}</dc:date>{source_of(selection)}"
        f'<meta property="dcterms:modified">{stamp(selection.at)}</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f'<item id="style" href="style.css" media-type="text/css"/>{items}{images}</manifest>'
        f"<spine{turned}>{'' if selection.one else CONTENTS_FIRST}{spine}</spine></package>\n"
    )


def source_of(selection: Selection) -> str:
    """Where the one article is from."""
    if not selection.one:
        return ""
    url = next((taken.kept.article.url for taken in selection.articles()), "")
    return f"<dc:source>{said(url)}</dc:source>" if url.strip() else ""


def clean(text: str) -> str:
    """A text as XML can hold it."""
    return NOT_IN_XML.sub("\ufffd", text)


def said(text: str) -> str:
    """A text in XML."""
    return escape(clean(text))
