"""Clean or search a page that may take long in a process of its own, which is bounded in time and memory.

The server's threads share one interpreter: while one of them cleans a page of very many tags the others hardly get on.
And a page may be made to take all the memory there is. So only pages that are soon done are cleaned in the server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from quietpage.article import Article, InvalidSelector, NotAnArticle, Page
from quietpage.cleaner.locate import Located, Wanted, locate
from quietpage.cleaner.pipeline import clean, readable
from quietpage.cleaner.rough import TOO_MUCH, too_much
from quietpage.cleaner.seen import Seen, seen

LARGE_CHARS = 2_000_000  # a larger page is cleaned apart: prose takes some 0.3 s a million characters,
LARGE_TAGS = 30_000  # and one of more tags: some 30 µs each; of 2,000 real pages the median has 2,000
MOST_CPU_SECONDS = 15  # for cleaning a page apart, which no honest page of 20 MB needs
MOST_SECONDS = 60  # for the same as a person waits, on a machine with much else to do; for all where no CPU is counted
MOST_MEMORY_BYTES = 1024**3  # for the same: each of a hundred thousand small elements takes some 3 KB
PROCESS = ("-m", "quietpage.web.apart")

_rooms = threading.BoundedSemaphore(2)  # a machine's memory holds two of the largest


class Job(msgspec.Struct, kw_only=True):
    """What the process is told: a page, and to clean it with these selectors, to count what it shows, or to find in it
    what is ``wanted``."""

    url: str
    html: str | None
    served: bytes | None
    title: str | None
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    count: bool = False
    wanted: tuple[Wanted, ...] = ()

    @property
    def page(self) -> Page:
        return Page(self.url, self.served if self.html is None else self.html, self.title)  # type: ignore[arg-type]


class Done(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What it answers: an article, or why there is none; a selector that is none; what the page shows; places in it."""

    article: Article | None = None
    reason: str | None = None
    invalid: str | None = None
    seen: Seen | None = None
    located: list[Located | None] | None = None


def is_large(page: Page) -> bool:
    """Whether a page may take so long that it is cleaned apart."""
    html = page.html
    if len(html) > LARGE_CHARS:
        return True
    return (html.count("<") if isinstance(html, str) else html.count(b"<")) > LARGE_TAGS


def clean_bounded(page: Page, *, keep: tuple[str, ...] = (), drop: tuple[str, ...] = ()) -> Article:
    """The clean article of a page, as ``clean`` gives it; but where that takes too much, NotAnArticle is raised, with
    the page's plain text."""
    if not is_large(page):
        return clean(page, keep=keep, drop=drop)
    done = told_apart(job_of(page, keep=keep, drop=drop))
    if done is not None and done.invalid is not None:
        raise InvalidSelector(done.invalid)
    if done is None or done.article is None:
        raise too_much(page)
    if done.reason is not None:
        raise NotAnArticle(done.reason, done.article)
    return done.article


def seen_bounded(page: Page, article: Article) -> Seen:
    """What a page shows altogether; where that cannot be counted in time, no less than what is kept of it."""
    if article.warning == TOO_MUCH:  # whoever waits for the answer has waited long enough
        return Seen(article.word_count, asks_to_sign_in=False)
    if not is_large(page):
        return seen(page)
    done = told_apart(job_of(page, count=True))
    return (done and done.seen) or Seen(article.word_count, asks_to_sign_in=False)


def locate_bounded(page: Page, wanted: Sequence[Wanted]) -> list[Located | None]:
    """Where pieces of an article stand in its page, as ``locate`` finds them; nowhere, where that takes too much."""
    if not (wanted and is_large(page)):
        return locate(page, wanted) if wanted else []
    texts = tuple(replace(one, text=readable(one.text), html=readable(one.html)) for one in wanted)
    done = told_apart(job_of(page, wanted=texts))
    return (done and done.located) or [None] * len(wanted)


def job_of(
    page: Page,
    *,
    keep: tuple[str, ...] = (),
    drop: tuple[str, ...] = (),
    count: bool = False,
    wanted: tuple[Wanted, ...] = (),
) -> Job:
    """What the process is told of a page, in texts that can be written."""
    html = readable(page.html) if isinstance(page.html, str) else None
    served = page.html if isinstance(page.html, bytes) else None
    title = readable(page.title) if page.title else None
    keep, drop = (tuple(map(readable, selectors)) for selectors in (keep, drop))
    return Job(
        url=readable(page.url), html=html, served=served, title=title, keep=keep, drop=drop, count=count, wanted=wanted
    )


def told_apart(job: Job) -> Done | None:
    """Have a process do it; None where it did not in its time and memory, or broke down."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, *PROCESS]
    with _rooms:
        try:
            ended = subprocess.run(
                command, input=msgspec.json.encode(job), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=environment, timeout=MOST_SECONDS, check=False,
            )  # fmt: skip
            return msgspec.json.decode(ended.stdout, type=Done)
        except (subprocess.TimeoutExpired, msgspec.DecodeError):
            return None


def limit_resources() -> None:
    """Bound this process, where the system can (not on Windows): a hostile page ends it, and nothing else."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS + 1))


def work(job: Job) -> Done:
    """Do what the server asks."""
    if job.count:
        return Done(seen=seen(job.page))
    if job.wanted:
        return Done(located=locate(job.page, job.wanted))
    try:
        return Done(article=clean(job.page, keep=job.keep, drop=job.drop))
    except NotAnArticle as nothing:
        return Done(article=nothing.remains, reason=nothing.reason)
    except InvalidSelector as error:
        return Done(invalid=error.selector)


if __name__ == "__main__":
    limit_resources()
    sys.stdout.buffer.write(msgspec.json.encode(work(msgspec.json.decode(sys.stdin.buffer.read(), type=Job))))
