"""Where the cleaner and the library meet: a page is cleaned as a person corrected it, and an article cleaned anew.

Nothing here knows HTTP; the command line uses it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quietpage.article import CONTENT_ADDRESS, Article, InvalidSelector, NotAnArticle, Page, Removed
from quietpage.cleaner.document import outline
from quietpage.cleaner.locate import Wanted
from quietpage.cleaner.outline import squeezed
from quietpage.cleaner.text import count_words, plain_text
from quietpage.library.corrections import Correction
from quietpage.library.database import DatabaseError
from quietpage.library.kept import Version
from quietpage.library.library import Library, NoSuchArticle
from quietpage.library.recleaning import Recleaned
from quietpage.web.apart import clean_bounded, locate_bounded
from quietpage.web.packed import addressed, keep_pictures

BEGIN_CHARS = 25  # by so many a paragraph is known again, without its spaces
MOST_LOST = 4  # a rule that leaves less than this part of what there would be has not met the page it was made for


@dataclass(frozen=True, slots=True)
class Selectors:
    """What corrections come to for one page: what a person said of one article goes before what holds for its site."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    @classmethod
    def of(cls, corrections: Iterable[Correction]) -> Selectors:
        """The selectors of corrections, without those of the site that the article's own say the opposite of."""
        corrections = list(corrections)
        own = {(one.kind, one.selector) for one in corrections if one.article_id is not None}
        opposite = {("keep" if kind == "drop" else "drop", selector) for kind, selector in own}
        held = [one for one in corrections if one.article_id is not None or (one.kind, one.selector) not in opposite]
        return cls(*(tuple(one.selector for one in held if one.kind == kind) for kind in ("keep", "drop")))


def clean_corrected(page: Page, corrections: Sequence[Correction]) -> Article:
    """Clean a page as a person corrected it.

    Where what they want left out would leave nothing of the article, or nearly nothing, it is cleaned without, and
    ``removed`` says so. Raises NotAnArticle.
    """
    selectors = Selectors.of(corrections)
    if not (selectors.keep or selectors.drop):
        return clean_bounded(page)
    try:
        article = clean_bounded(page, keep=selectors.keep, drop=selectors.drop)
        if strayed := [one for one in corrections if has_strayed(one, article)]:
            selectors = Selectors.of([*(one for one in corrections if one not in strayed), *found_again(strayed, page)])
            article = clean_bounded(page, keep=selectors.keep, drop=selectors.drop)
        if not leaves_little(article):
            return article
    except (NotAnArticle, InvalidSelector):  # the second only where a library was written to by others
        article = None
    try:
        whole = clean_bounded(page, keep=selectors.keep)
    except InvalidSelector:
        whole = clean_bounded(page)
    if article is not None and article.word_count * MOST_LOST >= whole.word_count:
        return article
    reason = (
        f"what you want left out here (“{'”, “'.join(selectors.drop)}”) would have left nothing, so all of it stayed"
    )
    return replace(whole, removed=(*whole.removed, Removed("correction", reason, ""))) if selectors.drop else whole


def has_strayed(correction: Correction, article: Article) -> bool:
    """Whether an article's correction left out another text than the one it was made at: its page has changed since."""
    if correction.kind != "drop" or correction.article_id is None or not correction.example:
        return False
    gone = [one for one in article.removed if one.step == "correction" and f"“{correction.selector}”" in one.reason]
    return any(not begins_like(one, correction) for one in gone)


def begins_like(piece: Removed, correction: Correction) -> bool:
    """Whether a removed piece is the text that a correction was made at; the cleaner may have tidied it farther on."""
    begin = squeezed(correction.example)[:BEGIN_CHARS]
    return bool(begin) and outline(piece.html).text.startswith(begin)


def found_again(strayed: Sequence[Correction], page: Page) -> Iterator[Correction]:
    """Corrections whose place was taken by something else, at the place where their text is now, if it is anywhere."""
    places = locate_bounded(page, [Wanted(one.example) for one in strayed])
    for one, located in zip(strayed, places, strict=True):
        if located is not None:
            yield replace(one, selector=located.here)


def leaves_little(article: Article) -> bool:
    """Whether more words were left out by a person than there are left: not sure to be meant."""
    dropped = (plain_text(one.html) for one in article.removed if one.step == "correction")
    return sum(map(count_words, dropped)) > article.word_count


def clean_for(library: Library, page: Page) -> Article:
    """Clean a page that is to be saved, as this library's corrections have it. Raises NotAnArticle."""
    return clean_corrected(addressed(page), library.corrections.of_page(page.url))


def version_page(library: Library, article_id: int, number: int) -> Page:
    """The page of a version, as it was captured. Raises NoSuchArticle."""
    version = one_of(library.versions(article_id), number)
    html = library.captured_page(article_id, number)
    return Page(version.url, as_text(html), captured_at=version.captured_at)


def one_of(versions: Iterable[Version], number: int) -> Version:
    """The version of this number. Raises NoSuchArticle."""
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise NoSuchArticle(f"The article has no version {number}.")
    return found


def as_text(html: bytes) -> str | bytes:
    """A rendered page was kept as UTF-8, and is that whatever it says of itself; served bytes are decoded as such."""
    try:
        return html.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return html


def clean_version(library: Library, article_id: int, number: int, more: Sequence[Correction] = ()) -> Article:
    """A version of an article, cleaned as it would be now, with ``more`` corrections.

    A page that holds no article gives what text it has, with a warning. Raises NoSuchArticle.
    """
    page = version_page(library, article_id, number)
    kept = library.get(article_id)
    known = library.corrections.of_page(page.url)
    try:
        article = clean_corrected(addressed(page), [*known, *more])
    except NotAnArticle as nothing:
        article = replace(nothing.remains, warning=nothing.reason)
    return article if article.title else replace(article, title=kept.article.title)  # a file's name is in no page


def reclean(library: Library, article_id: int, *, version: int | None = None, dry_run: bool = False) -> Recleaned:
    """Clean an article anew from the page it shows, or from that of another version. Raises NoSuchArticle."""
    number = version or library.get(article_id).shown
    article = clean_version(library, article_id, number)
    return library.would_reclean(article_id, article, number) if dry_run else show(library, article_id, article, number)


def show(library: Library, article_id: int, article: Article, number: int) -> Recleaned:
    """Let an article show a version as it was cleaned now, with the pictures that its page came with."""
    recleaned = library.reclean(article_id, article, number)
    if CONTENT_ADDRESS.search(article.html):
        keep_pictures(library, article_id, article, version_page(library, article_id, number))
    return recleaned


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one of many articles: ``problem`` says why nothing did."""

    article_id: int
    title: str
    recleaned: Recleaned | None = None
    problem: str | None = None


def reclean_each(library: Library, ids: Iterable[int], *, dry_run: bool = False) -> Iterator[Step]:
    """Clean articles anew, one transaction each; one that fails does not keep the others from it.

    Raises DatabaseError where the library itself fails.
    """
    for article_id in ids:
        title = ""
        try:
            title = library.get(article_id).article.title
            yield Step(article_id, title, reclean(library, article_id, dry_run=dry_run))
        except NoSuchArticle as gone:
            yield Step(article_id, title, problem=str(gone))
        except DatabaseError:
            raise
        except Exception as defect:  # of the cleaner, on this page alone
            yield Step(article_id, title, problem=f"{type(defect).__name__} while cleaning it")
