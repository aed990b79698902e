"""From a request's body or query to a checked schema, or a problem that names the field and what was expected."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from flask import request

from quietpage.article import Page
from quietpage.pdf import UnreadablePdf, page_from_pdf
from quietpage.web.problems import Problem
from quietpage.web.schemas import MOST_HTML_CHARS, MOST_PDF_BYTES, Capture, FieldError

Schema = TypeVar("Schema", bound=msgspec.Struct)


def read_body(schema: type[Schema]) -> Schema:
    """Return the request's JSON body as ``schema``.

    Raises Problem: unsupported-media-type, body-too-large, invalid-json or validation.
    """
    if request.mimetype != "application/json":
        raise Problem("unsupported-media-type", f"The body came as “{request.mimetype or 'nothing'}”.")
    body = request.get_data(cache=False)
    try:
        return msgspec.json.decode(body, type=schema)
    except msgspec.ValidationError as error:
        raise invalid(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return convert(_read_with_lone_surrogates(body), schema)


def _read_with_lone_surrogates(body: bytes) -> Any:
    """Return the JSON of a page whose scripts left half characters in its text.

    Browsers write them as ``"\\ud83d"``, which is valid JSON and no valid text: each becomes U+FFFD.
    """
    try:
        return mend(json.loads(body))
    except (ValueError, RecursionError):
        raise Problem("invalid-json", "The body cannot be read as JSON in UTF-8.") from None


def mend(value: Any) -> Any:
    """Replace lone surrogates in the texts of a JSON object; pairs of them become the character they stand for."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {mend(key): mend(inner) for key, inner in value.items() if isinstance(inner, str | int | float | None)}
    return value


def read_query(schema: type[Schema]) -> Schema:
    """Return the request's query string as ``schema``; raises Problem (validation)."""
    return convert(request.args.to_dict(), schema, strict=False)


def convert(values: Any, schema: type[Schema], *, strict: bool = True) -> Schema:
    """Return ``values`` as ``schema``; raises Problem (validation)."""
    try:
        return msgspec.convert(values, schema, strict=strict)
    except msgspec.ValidationError as error:
        raise invalid(str(error)) from None


def invalid(message: str) -> Problem:
    """The problem for a message of msgspec's, which names the field as ``at `$.field` `` or ``required field``."""
    expected, _, path = message.partition(" - at ")
    missing = re.search(r"missing required field `(\w+)`", expected)
    field = missing[1] if missing else path.strip("`").removeprefix("$").removeprefix(".")
    expected = "This field is required." if missing else expected.replace("`", "") + "."
    return field_problem(field, expected)


def field_problem(field: str, expected: str) -> Problem:
    """A validation problem with one field."""
    detail = f"{field}: {expected}" if field else expected
    return Problem("validation", detail, errors=[FieldError(field, expected)])


def page_of(capture: Capture) -> Page:
    """The page of a capture; raises Problem where its address, size or time cannot be, or a PDF holds no text."""
    return Page(
        url=web_address(capture.url),
        html=html_of(capture),
        title=capture.title.replace("\0", " ") if capture.title else None,
        captured_at=captured_at(capture.captured_at),
        capture_id=capture.capture_id,
    )


def html_of(capture: Capture) -> str:
    """A capture's HTML, or its PDF as HTML; raises Problem."""
    if (capture.html is None) == (capture.pdf is None):
        raise field_problem("html", "Expected either html or pdf, and not both.")
    if capture.html is not None:
        if len(capture.html) > MOST_HTML_CHARS:
            raise Problem("body-too-large", "The page's HTML is longer than 20 MiB.")
        return capture.html
    if len(pdf := capture.pdf or b"") > MOST_PDF_BYTES:
        raise Problem("body-too-large", "The PDF document is larger than 20 MiB.")
    try:
        return page_from_pdf(pdf)
    except UnreadablePdf as why:
        raise Problem("unreadable-pdf", str(why)) from None


def web_address(url: str) -> str:
    """Return ``url``, an absolute http or https address; raises Problem (validation) otherwise."""
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and not re.search(r"[\x00-\x20\x7f]", url)
    except ValueError:
        raise field_problem("url", "Expected an absolute http or https address.") from None
    if parts.scheme not in ("http", "https"):
        raise field_problem("url", f"Expected an http or https address; “{parts.scheme or 'no'}:” cannot be saved.")
    if not usable:
        raise field_problem("url", "Expected an absolute http or https address.")
    return url


def captured_at(moment: datetime | None) -> datetime | None:
    """Return the time of capture in UTC; raises Problem (validation) at the edges of the calendar."""
    try:
        return moment and moment.astimezone(UTC)
    except OverflowError:
        raise field_problem("captured_at", "Expected a time that also exists in UTC.") from None
