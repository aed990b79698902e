"""Articles as Markdown for an Obsidian vault: a file for each, with YAML front matter, and its pictures beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quietpage.formats.elements import parse
from quietpage.formats.highlights_markdown import escaped, one_line, paragraph
from quietpage.formats.html_page import inner
from quietpage.formats.names import Names
from quietpage.formats.pictures import Picture, place_pictures
from quietpage.formats.taking import Selection, Taken, day, stamp
from quietpage.formats.zipping import File, zipped
from quietpage.library.highlight_rows import Highlight

PICTURES = "images"  # the folder beside the articles
# What YAML does not take as it stands, even between quotation marks (YAML 1.2, §5.1)
NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
NOT_IN_TAG = re.compile(r"[^\w/-]+")  # of Obsidian's: letters, digits, "_", "-", "/"


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a file: its text, without and with the date of the export, and the pictures it shows, by name."""

    text: str
    dated: str
    pictures: dict[str, Picture] = field(default_factory=dict)


def write(selection: Selection) -> Iterator[bytes]:
    """The one article's file; an archive, where there are more, or pictures."""
    if not packs(selection):
        yield from (document(taken, selection).dated.encode("utf-8", "replace") for taken in selection.articles())
        return
    yield from zipped(files(selection))


def packs(selection: Selection) -> bool:
    """Whether what comes out is an archive."""
    return not (selection.one and all(not document(taken, selection).pictures for taken in selection.articles()))


def files(selection: Selection) -> Iterator[File]:
    """The articles' files, each behind its pictures that did not come before."""
    names, written = Names({0: PICTURES}), set[str]()
    for taken in selection.articles():
        made = document(taken, selection)
        for name, picture in made.pictures.items():
            if name not in written:
                written.add(name)
                yield File(f"{PICTURES}/{name}", picture.data, taken.kept.saved_at, packed=False)
        path = f"{names.of(taken.kept.id, taken.title)}.md"
        yield File(path, made.dated.encode("utf-8", "replace"), taken.kept.updated_at)


def document(taken: Taken, selection: Selection) -> Document:
    """An article as Markdown."""
    pictures = dict[str, Picture]()

    def beside(picture: Picture) -> str:
        pictures[picture.name] = picture
        return f"{PICTURES}/{picture.name}"

    body = parse(taken.kept.article.html)
    place_pictures(body, taken, beside)
    text = "\n\n".join(
        part
        for part in (
            f"# {escaped(taken.title)}",
            callout("note", "Note", taken.marked.note) if taken.marked.note else "",
            selection.tools.markdown(inner(body)).strip(),
            highlights((*taken.marked.highlights, *taken.marked.orphans)),
        )
        if part
    )
    facts = front_matter(taken)
    return Document(
        f"---\n{facts}---\n\n{text}\n",
        f'---\n{facts}exported: "{stamp(selection.at)}"\n---\n\n{text}\n',
        pictures,
    )


def front_matter(taken: Taken) -> str:
    """What is known of an article, as YAML."""
    kept, article = taken.kept, taken.kept.article
    told: dict[str, str | int | float | bool | list[str] | None] = {
        "title": taken.title,
        "author": article.byline,
        "source": article.url,
        "site": article.site,
        "published": day(article.published_at) if article.published_at else None,
        "saved": stamp(kept.saved_at),
        "updated": stamp(kept.updated_at),
        "language": article.language,
        "tags": [tag for name in kept.tags if (tag := NOT_IN_TAG.sub("-", name).strip("-"))],
        "state": kept.state,
        "favorite": kept.favorite,
        "progress": round(kept.progress, 3),
        "words": article.word_count,
        "quietpage": kept.id,
    }
    return "".join(f"{name}: {yaml(value)}\n" for name, value in told.items() if value not in (None, ""))


def yaml(value: object) -> str:
    """A value on one line of YAML: JSON is YAML, but for a few characters that have to be escaped."""
    written = json.dumps(value, ensure_ascii=False)
    return NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def highlights(marked: tuple[Highlight, ...]) -> str:
    """Highlights as call-outs, each with its note."""
    if not marked:
        return ""
    told = (callout("quote", one.color.capitalize(), one_line(one.passage.exact), one.note) for one in marked)
    return "## Highlights\n\n" + "\n\n".join(told)


def callout(kind: str, title: str, *texts: str) -> str:
    """A call-out of Obsidian's, which is a quotation to all others: texts as paragraphs, with their line breaks."""
    lines = [f"[!{kind}] {title}"]
    for text in texts:
        if text.strip():
            lines += ["", *paragraph(text)] if len(lines) > 1 else paragraph(text)
    return "\n".join(f"> {line}".rstrip(" ") for line in lines)
