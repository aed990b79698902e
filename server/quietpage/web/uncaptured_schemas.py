"""What the API takes and gives of entries that are not captured yet."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from quietpage.library.uncaptured import Entries, Entry, Failure, Why
from quietpage.web.schemas import Limit

Status = Annotated[int, Meta(ge=100, le=599, description="The status that the site sent, where it sent one.")]


class UncapturedQuery(Struct, kw_only=True):
    """Those to try, or those that ``failed``; the newest come first."""

    failed: bool = False
    limit: Limit = 20
    cursor: str | None = None


class FailureAnswer(Struct):
    """Why a page was not captured, and when that was tried."""

    why: Why
    status: int | None
    tried_at: datetime


class NewFailure(Struct):
    """Why a page was not captured."""

    why: Why
    status: Status | None = None


class EntryAnswer(Struct):
    """An entry without its page."""

    id: int
    url: str
    title: str
    saved_at: datetime
    failure: FailureAnswer | None


class UncapturedAnswer(Struct):
    """Some entries without their pages; how many there are ``to_try``, and how many ``failed`` and rest for now.

    Give ``next_cursor`` as ``cursor`` to get the next.
    """

    entries: tuple[EntryAnswer, ...]
    to_try: int
    failed: int
    next_cursor: str | None


def uncaptured_answer(found: Entries) -> UncapturedAnswer:
    """What the API says of some entries."""
    return UncapturedAnswer(tuple(map(entry_answer, found.entries)), found.to_try, found.failed, found.next_cursor)


def entry_answer(one: Entry) -> EntryAnswer:
    """What the API says of an entry."""
    return EntryAnswer(one.id, one.url, one.title, one.saved_at, failure_answer(one.failure) if one.failure else None)


def failure_answer(one: Failure) -> FailureAnswer:
    """What the API says of a failure."""
    return FailureAnswer(one.why, one.status, one.tried_at)
