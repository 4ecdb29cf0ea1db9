"""
An OpenAPI document as flat facts: of each operation, every name that it takes or gives.

Two documents that say the same in different ways, by references, unions or in place, are the
same once they are flat.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Document = Mapping[str, Any]
Schema = Mapping[str, Any]
Side = Literal["takes", "gives"]

_METHODS: Final = ("get", "post", "delete")
_LONG: Final = 5000
# What Stripe.js is shown in the place of options: a way of its own, beside each.
_FOR_BROWSERS: Final = "payment_method_options_client"


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an *operation* takes or gives, in brackets; `[]` is within a list."""

    operation: str
    side: Side
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a name. *longest* is told where it is not the usual bound of a text."""

    required: bool
    kinds: frozenset[str]
    choices: frozenset[str]
    longest: int | None


def flat(document: Document) -> dict[Name, Fact]:
    """Return the facts of every operation of *document*."""
    return {
        Name(f"{method.upper()} {path}", side, name): fact
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item
        for side, schema in _sides(document, item[method])
        for name, fact in _names(document, schema)
    }


def _sides(document: Document, operation: Schema) -> Iterator[tuple[Side, Schema]]:
    parameters = [_followed(document, one) for one in operation.get("parameters", ())]
    asked = [one for one in parameters if one["in"] == "query"]
    taken: Schema = {
        "properties": {one["name"]: one["schema"] for one in asked},
        "required": [one["name"] for one in asked if one.get("required")],
    }
    for content in operation.get("requestBody", {}).get("content", {}).values():
        taken = content["schema"]
    yield "takes", taken
    (given,) = operation["responses"]["200"]["content"].values()
    yield "gives", given["schema"]


def _followed(document: Document, schema: Schema) -> Schema:
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _names(document: Document, schema: Schema, within: str = "") -> Iterator[tuple[str, Fact]]:
    """Tell every name in *schema*, to any depth but that of other objects."""
    for name, said in _properties(document, schema).items():
        full = f"{within}[{name}]" if within else name
        below = {"anyOf": [one for one, _ in said]}
        yield full, _fact(document, below, required=all(required for _, required in said))
        yield from _names(document, {"anyOf": _hashes(document, below, full)}, full)
        items = {"anyOf": [one["items"] for one in _ways(document, below) if "items" in one]}
        yield from _names(document, {"anyOf": _hashes(document, items, full)}, f"{full}[]")


def _properties(document: Document, schema: Schema) -> dict[str, list[tuple[Schema, bool]]]:
    """Return all that is said of each property in *schema*, and whether it is required."""
    found: dict[str, list[tuple[Schema, bool]]] = {}
    for way in _ways(document, schema):
        for name, below in way.get("properties", {}).items():
            found.setdefault(name, []).append((below, name in way.get("required", ())))
    return found


def _hashes(document: Document, schema: Schema, full: str) -> list[Schema]:
    """Return the ways of *schema* that are hashes, and no objects with a life of their own."""
    found = [way for way in _ways(document, schema) if "properties" in way]
    return [way for way in found if full == "data" or "object" not in way["properties"]]


def _ways(document: Document, schema: Schema) -> Iterator[Schema]:
    """Tell each of the ways in which a value of *schema* may look."""
    if schema.get("$ref", "").endswith(_FOR_BROWSERS):
        return
    schema = _followed(document, schema)
    if schema.get("nullable"):
        yield {"type": "null"}
    if "anyOf" not in schema:
        yield schema
    for way in schema.get("anyOf", ()):
        yield from _ways(document, way)


def _fact(document: Document, schema: Schema, *, required: bool) -> Fact:
    ways = list(_ways(document, schema))
    items = [way for one in ways for way in _ways(document, one.get("items", {}))]
    lengths = [one.get("maxLength", _LONG) for one in ways if _kind(one) == "string"]
    return Fact(
        required=required,
        kinds=frozenset(_kind(one) for one in ways),
        choices=frozenset(str(one) for way in ways + items for one in way.get("enum", ())),
        longest=max((length for length in lengths if length != _LONG), default=None),
    )


def _kind(schema: Schema) -> str:
    if "type" in schema:
        return str(schema["type"])
    if "enum" in schema:
        return "boolean" if True in schema["enum"] else "string"
    return "anything"
