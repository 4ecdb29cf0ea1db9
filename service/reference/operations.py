"""The table of operations, as the paths of an OpenAPI document."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from service.api.answers import JSON
from service.api.lines import KIND as LINES
from service.api.operation import Operation
from service.reference.links import links_of
from service.reference.naming import marked_text, name_of, tag_of, title_of
from service.reference.refusals import refusals_of
from service.reference.schemas import Schema, Schemas
from service.wire.resources.setup_intent import PublicSetupIntent

FORM: Final = "application/x-www-form-urlencoded"
# How hashes and lists are written in a form: `metadata[order]=1`, `expand[0]=customer`.
_BRACKETED: Final = {"style": "deepObject", "explode": True}
_SCALARS: Final = frozenset({"string", "integer", "boolean"})
_PATH_PARTS: Final = re.compile(r"{(\w+)}")
# What is told with every answer: the header, and what it is.
ANSWERED: Final = {
    "Request-Id": "What the call is known by: `req_...`.",
    "Stripe-Version": "The version of the API that the answer is in.",
}
_HEADERS: Final = ("Stripe-Version", "Stripe-Account")


def paths_of(operations: Sequence[Operation], schemas: Schemas) -> dict[str, Any]:
    """Return every path, with what may be asked of it."""
    paths: dict[str, Any] = {}
    for operation in operations:
        described = _described(operation, operations, schemas)
        paths.setdefault(operation.path, {})[operation.method.lower()] = described
    return paths


def _described(
    operation: Operation, operations: Sequence[Operation], schemas: Schemas
) -> dict[str, Any]:
    taken = _taken(operation, schemas)
    described: dict[str, Any] = {
        "operationId": name_of(operation),
        "summary": title_of(operation),
        **_description(operation),
        "tags": [tag_of(operation)],
        "parameters": [*_path_parameters(operation.path), *_headers(operation)],
    }
    if operation.method == "POST":
        described["requestBody"] = _body(operation, taken, schemas)
    else:
        described["parameters"] += [_query(name, one, taken) for name, one in _properties(taken)]
    answer = {
        "description": "Done.",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ANSWERED},
        "content": {_kind(operation): {"schema": _answer(operation, schemas)}},
        "links": links_of(operation, operations),
    }
    described["responses"] = {"200": answer, **refusals_of(operation)}
    described["security"] = [{"secretKey": []}, {"secretKeyAsUser": []}]
    if operation.publishable:
        described["security"].append({"publishableKey": []})
    return described


def _description(operation: Operation) -> dict[str, str]:
    """Return what is worth knowing of the operation beside its title."""
    told = [
        marked_text(doc) for one in (operation.handler, operation.takes) if (doc := one.__doc__)
    ]
    if operation.permission is not None:
        resource, level = operation.permission
        told.append(f"A restricted key needs to {level} `{resource}`.")
    return {"description": " ".join(told)} if told else {}


def _taken(operation: Operation, schemas: Schemas) -> Schema:
    """Return every parameter that some caller may send."""
    taken = schemas.of(operation.takes)
    if operation.browser is None:
        return taken
    also = schemas.of(operation.browser)
    return {**taken, "properties": {**also["properties"], **taken["properties"]}}


def _properties(schema: Schema) -> Sequence[tuple[str, Schema]]:
    return list(schema["properties"].items())


def _path_parameters(path: str) -> list[dict[str, Any]]:
    schema = {"type": "string", "minLength": 1, "maxLength": 5000}
    return [
        {"name": part, "in": "path", "required": True, "schema": schema}
        for part in _PATH_PARTS.findall(path)
    ]


def _headers(operation: Operation) -> list[dict[str, str]]:
    names = [*_HEADERS, "Idempotency-Key"] if operation.method == "POST" else _HEADERS
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _query(name: str, schema: Schema, taken: Schema) -> dict[str, Any]:
    parameter = {
        "name": name,
        "in": "query",
        "required": name in taken.get("required", ()),
        "schema": schema,
    }
    return parameter | ({} if _is_scalar(schema) else _BRACKETED)


def _is_scalar(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") in _SCALARS or ("enum" in schema and "type" not in schema)


def _body(operation: Operation, taken: Schema, schemas: Schemas) -> dict[str, Any]:
    schema = schemas.reference(operation.takes)
    if operation.browser is not None:
        schema = {"anyOf": [schema, schemas.reference(operation.browser)]}
    bracketed = {name: _BRACKETED for name, one in _properties(taken) if not _is_scalar(one)}
    return {
        "required": bool(taken.get("required")),
        "content": {FORM: {"schema": schema, "encoding": bracketed}},
    }


def _kind(operation: Operation) -> str:
    return LINES if operation.shape == "lines" else JSON


def _answer(operation: Operation, schemas: Schemas) -> Schema:
    match operation.shape:
        case "list":
            return schemas.list_of(operation.gives)
        case "search":
            return schemas.search_of(operation.gives)
        case "deleted":
            return schemas.deleted(operation.gives)
        case "object" if operation.publishable and operation.gives == "setup_intent":
            public = schemas.reference(PublicSetupIntent)
            return {"anyOf": [schemas.object(operation.gives), public]}
        case "object" if operation.past is not None:
            kinds = (operation.gives, operation.past)
            return {"anyOf": [schemas.object(kind) for kind in kinds]}
        case "object" if operation.method == "GET":
            return schemas.found(operation.gives)
        case "object" | "lines":
            return schemas.object(operation.gives)
