"""Articles as plain text: the title, where it is from, the words; one after the other, parted by lines."""

from __future__ import annotations

from collections.abc import Iterator

from quietpage.formats.taking import Selection, Taken, day

RULE = "\n" + "=" * 78 + "\n\n"


def write(selection: Selection) -> Iterator[bytes]:
    """The articles as UTF-8."""
    for number, taken in enumerate(selection.articles()):
        yield ((RULE if number else "") + text_of(taken, selection)).encode("utf-8", "replace")


def text_of(taken: Taken, selection: Selection) -> str:
    """One of them, with what is marked in it."""
    kept, article = taken.kept, taken.kept.article
    facts = [article.byline, article.site, article.published_at and day(article.published_at)]
    lines = [taken.title, " · ".join(fact for fact in facts if fact), article.url]
    lines += [f"Saved {day(kept.saved_at)}, exported from Quietpage on {day(selection.at)}."]
    parts = ["\n".join(line for line in lines if line), article.text.strip()]
    if taken.marked.note:
        parts.append(f"Note: {taken.marked.note}")
    for one in (*taken.marked.highlights, *taken.marked.orphans):
        parts.append(f"» {one.passage.exact}" + (f"\n  {one.note}" if one.note else ""))
    return "\n\n".join(part for part in parts if part) + "\n"
