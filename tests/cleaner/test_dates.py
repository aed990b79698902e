"""When a page was published and changed, however it says it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from cleaner.metadata_pages import MARCH_3, facts, json_ld, meta


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld(datePublished="2024-03-03T08:30:00+01:00"), ""),
        (meta("article:published_time", "2024-03-03T07:30:00Z"), ""),
        (meta("article:published_time", "2024-03-03T08:30:00+0100"), ""),
        ('<meta name="date" content="Sun, 03 Mar 2024 07:30:00 GMT">', ""),
        ("", '<article><time datetime="2024-03-03T07:30Z">yesterday</time></article>'),
        ("", '<span itemprop="datePublished" content="2024-03-03 07:30:00">today</span>'),
    ],
)
def test_the_date_is_read_as_data_say_it(head: str, body: str) -> None:
    assert facts(head, body).published_at == datetime(2024, 3, 3, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["March 3, 2024", "3 March 2024", "3. März 2024", "3 mars 2024", "3 de marzo de 2024", "03.03.2024", "2024年3月3日",
     "Published: Sunday, 3rd March 2024 at 8:30", "3 марта 2024", "3 marca 2024", "2024년 3월 3일",
     "Ann Lee · 3.3.2024", "2024/03/03", "3 de marzo del 2024", "le 3 mars 2024 à 8 h"],
)  # fmt: skip
def test_a_date_written_near_the_headline_is_read(line: str) -> None:
    found = facts("<title>The last ferry</title>", f"<h1>The last ferry</h1><p>{line}</p><p>It left.</p>").published_at
    assert found == datetime(2024, 3, 3, tzinfo=UTC)


def test_a_date_keeps_the_pages_own_offset() -> None:
    found = facts(meta("article:published_time", "2024-03-03T23:30:00-05:00")).published_at
    assert found and found.isoformat() == "2024-03-03T23:30:00-05:00", "in UTC it would be the next day"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld(datePublished="2024-03-03", dateModified="2024-03-05"), ""),
        (meta("article:modified_time", "2024-03-05T00:00:00Z"), ""),
        ("", '<time itemprop="dateModified" datetime="2024-03-05">5 March</time>'),
        ("<title>The last ferry</title>", "<h1>The last ferry</h1><p>Last updated: March 5, 2024</p><p>It left.</p>"),
    ],
)
def test_when_a_page_was_changed_is_another_date(head: str, body: str) -> None:
    assert facts(head, body).modified_at == datetime(2024, 3, 5, tzinfo=UTC)


def test_a_date_that_may_be_two_days_is_not_guessed() -> None:
    assert facts("<title>The ferry</title>", "<h1>The ferry</h1><p>03/04/2024</p>").published_at is None


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("en-US", "03/04/2024", (2024, 3, 4)),
        ("en-GB", "03/04/2024", (2024, 4, 3)),
        ("fr", "03/04/2024", (2024, 4, 3)),
        ("en", "15/04/2024", (2024, 4, 15)),
        ("", "04-15-2024", (2024, 4, 15)),
        ("", "04/04/2024", (2024, 4, 4)),
    ],
)
def test_the_language_tells_the_order_of_day_and_month(language: str, line: str, day: tuple[int, int, int]) -> None:
    body = f"<h1>The last ferry</h1><p>{line}</p><p>It left.</p>"
    found = facts("<title>The last ferry</title>", body, root=f'lang="{language}"').published_at
    assert found == datetime(*day, tzinfo=UTC)


def test_a_date_in_utc_falls_on_the_day_the_page_shows() -> None:
    head = "<title>The last ferry</title>" + meta("article:published_time", "2024-03-04T02:30:00Z")
    found = facts(head, "<h1>The last ferry</h1><p>March 3, 2024</p><p>It left.</p>").published_at
    assert found == datetime(2024, 3, 4, 2, 30, tzinfo=UTC)
    assert found and found.date() == date(2024, 3, 3)
    by_address = facts(head, url="https://harbor.example/2024/03/03/ferry").published_at
    assert by_address == found and by_address.date() == date(2024, 3, 3)


def test_of_two_dates_in_data_the_one_that_is_shown_is_meant() -> None:
    head = (
        "<title>The last ferry</title>"
        + json_ld(datePublished="2019-01-01")
        + '<meta name="date" content="2024-03-03">'
    )
    assert facts(head, "<h1>The last ferry</h1><p>3 March 2024</p><p>It left.</p>").published_at == MARCH_3
    assert facts(head, "<h1>The last ferry</h1><p>It left.</p>").published_at == datetime(2019, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "fact",
    ['<meta name="date" content="March 3, 2024">', '<meta name="pub_date" content="2024-3-3">',
     '<meta name="article.created" content="2024-03-03T99:99">',
     '<meta itemprop="datePublished" content="2024-03-03">'],
)  # fmt: skip
def test_a_date_in_data_is_read_however_it_is_named_and_written(fact: str) -> None:
    assert facts(fact).published_at == MARCH_3


def test_a_line_far_from_the_headline_may_say_when_a_page_was_published_or_changed() -> None:
    story = "<h1>The last ferry</h1>" + "<p>It left at dawn, and nobody waved.</p>" * 20
    found = facts(body=f"{story}<p>Posted by Ann Lee on 3 March 2024</p><p>Last updated: March 5, 2024.</p>")
    assert found.published_at == MARCH_3
    assert found.modified_at == datetime(2024, 3, 5, tzinfo=UTC)
    assert facts(body=f'{story}<div class="comments"><p>Posted on 3 March 2024</p></div>').published_at is None


def test_the_date_of_a_change_near_the_headline_is_not_that_of_publishing() -> None:
    body = (
        "<h1>The last ferry</h1><p>Updated on March 5, 2024</p>"
        + "<p>It left.</p>" * 20
        + "<p class=date>1 May 2024</p>"
    )
    found = facts("<title>The last ferry</title>", body)
    assert found.published_at is None
    assert found.modified_at == datetime(2024, 3, 5, tzinfo=UTC)


def test_a_date_in_the_address_is_the_last_resort() -> None:
    assert facts(url="https://harbor.example/2024/03/03/ferry").published_at == datetime(2024, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["0000-00-00", "2024-13-45", "soon", "9999-99-99T99:99:99Z", "1", "2024-02-30T00:00:00Z", "9" * 5000,
     "99999999999999999999-01-01", "0001-01-01T00:00:00+23:59", "1970-01-01", "https://a.example/2024/03/03",
     "Fri, 99 Mar 2024 07:30:00 +9999"],
)  # fmt: skip
def test_a_date_that_is_none_is_none(text: str) -> None:
    assert facts(meta("article:published_time", text)).published_at is None


@pytest.mark.parametrize(
    "dates",
    [
        {"datePublished": "2025-01-01T10:00:00Z", "dateModified": "2025-01-01T10:00:00Z"},
        {"datePublished": "Jan 1, 2025"},
    ],
)
def test_a_date_that_may_be_the_last_builds_gives_way_to_a_shown_one(dates: dict[str, str]) -> None:
    head = "<title>The last ferry</title>" + json_ld(**dates)
    assert facts(head, "<h1>The last ferry</h1><p>3 March 2024</p><p>It left.</p>").published_at == MARCH_3
    found = facts(head, "<h1>The last ferry</h1><p>It left.</p>").published_at
    assert found and found.date() == date(2025, 1, 1)
