"""The OpenAPI 3.1 document, made from what the code says of each call: its schemas, its answers, its problems."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import msgspec
from flask import Flask

from quietpage import __version__
from quietpage.web.problems import MEDIA_TYPE, TYPES
from quietpage.web.row_number import MOST_ID
from quietpage.web.schemas import FieldError, Kept

View = TypeVar("View", bound=Callable[..., Any])
Access = Literal["anyone", "token", "own pages"]
SECURITY: dict[Access, list[dict[str, list[str]]]] = {
    "anyone": [],
    "token": [{"token": []}, {"session": []}],
    "own pages": [{"session": []}],
}
ALWAYS = ("foreign-host", "extension-too-old", "internal")  # what any call may answer …
WRONG_TOKEN = ("token-missing", "token-unknown", "too-many-attempts")  # … and what one that needs a token may


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: what it takes, what it answers (status → schema or None), which problems, and who may ask.

    ``body`` is JSON of that schema, or bytes of that media type.
    """

    answers: dict[int, type[msgspec.Struct] | None]
    body: type[msgspec.Struct] | str | None = None
    query: type[msgspec.Struct] | None = None
    problems: tuple[str, ...] = ()
    access: Access = "token"


OPERATIONS: dict[str, Operation] = {}  # by the view's name


def operation(said: Operation) -> Callable[[View], View]:
    """Say what a view takes and answers."""

    def remember(view: View) -> View:
        OPERATIONS[view.__name__] = said
        return view

    return remember


def document(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI document of every call under ``/api``."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in app.url_map.iter_rules():
        said = OPERATIONS.get(rule.endpoint.removeprefix("api."))
        if said is None:
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            view = app.view_functions[rule.endpoint]
            paths.setdefault(path, {})[method.lower()] = _operation_object(said, view, rule.rule)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Quietpage",
            "version": __version__,
            "description": "Save web pages clean, on your own machine, and find them again.",
        },
        "paths": dict(sorted(paths.items())),
        "components": _components(),
    }


def _operation_object(said: Operation, view: Callable[..., Any], rule: str) -> dict[str, Any]:
    summary, _, description = (inspect.getdoc(view) or "").partition("\n")
    found: dict[str, Any] = {
        "operationId": view.__name__,
        "summary": summary,
        "security": SECURITY[said.access],
        "parameters": [*_path_parameters(rule), *_query_parameters(said.query)],
        "responses": _responses(said),
    }
    if description.strip():
        found["description"] = description.strip()
    if said.body:
        found["requestBody"] = {"required": True, "content": _body_content(said.body)}
    return found


def _body_content(body: type[msgspec.Struct] | str) -> dict[str, Any]:
    if body == "multipart/form-data":
        fields = {"file": {"type": "string", "format": "binary"}, "url": {"type": "string", "format": "uri"}}
        return {body: {"schema": {"type": "object", "properties": fields, "required": ["file", "url"]}}}
    if isinstance(body, str):
        return {body: {"schema": {"type": "string", "format": "binary"}}}
    return {"application/json": {"schema": _ref(body)}}


def _responses(said: Operation) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status, schema in said.answers.items():
        responses[str(status)] = {"description": (schema and inspect.getdoc(schema)) or "Done."}
        if schema:
            responses[str(status)]["content"] = {"application/json": {"schema": _ref(schema)}}
    problems = (*said.problems, *ALWAYS, *(WRONG_TOKEN if said.access == "token" else ()))
    if said.access == "own pages":
        problems = (*problems, "session-missing")
    for slug in sorted(problems, key=lambda slug: TYPES[slug].status):
        kind = TYPES[slug]
        told = f"`{slug}`: {kind.meaning}"
        known = responses.get(str(kind.status))
        if known:
            known["description"] += "\n\n" + told
            continue
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        responses[str(kind.status)] = {"description": told, "content": content}
    return dict(sorted(responses.items()))


def _path_parameters(rule: str) -> list[dict[str, Any]]:
    kinds = {"int": {"type": "integer", "minimum": 0, "maximum": MOST_ID}}
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds.get(kind, {"type": "string"})}
        for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", rule)
    ]


def _query_parameters(query: type[msgspec.Struct] | None) -> list[dict[str, Any]]:
    if query is None:
        return []
    _, components = msgspec.json.schema_components([query], ref_template="#/components/schemas/{name}")
    schema = components[query.__name__]
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": told}
        for name, told in schema["properties"].items()
    ]


def _components() -> dict[str, Any]:
    used: list[type[msgspec.Struct]] = [FieldError, Kept]  # in problems
    for said in OPERATIONS.values():
        schemas = [schema for schema in (said.body, *said.answers.values()) if schema and not isinstance(schema, str)]
        used += [schema for schema in schemas if schema not in used]
    _, components = msgspec.json.schema_components(used, ref_template="#/components/schemas/{name}")
    return {"schemas": {**components, "Problem": _problem_schema()}, "securitySchemes": _security()}


def _problem_schema() -> dict[str, Any]:
    return {
        "title": "Problem",
        "description": "Problem details, RFC 9457.",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "enum": [f"/problems/{slug}" for slug in TYPES]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What happened, for a person."},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
            "kept": {"$ref": "#/components/schemas/Kept"},
        },
    }


def _security() -> dict[str, Any]:
    return {
        "token": {"type": "http", "scheme": "bearer", "description": "The token of a connected browser."},
        "session": {"type": "apiKey", "in": "cookie", "name": "quietpage-8765", "description": "Own pages."},
    }


def _ref(schema: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema.__name__}"}
