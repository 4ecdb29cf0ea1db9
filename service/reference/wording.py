"""What a schema says, in words: which values there may be, and how long and how many."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element

from service.reference.markup import Inside, tag
from service.reference.schemas import COMPONENTS, Schema

_MANY: Final = 8
_USUAL_LENGTH: Final = 5000
_NAMES: Final = {"boolean": "true or false", "null": "null", "object": "hash", "number": "number"}


def in_words(schema: Schema) -> list[Inside]:
    """Return what *schema* allows, with links to the hashes and objects that it names."""
    ways = sorted((way for way in _ways(schema) if way), key=_is_empty)
    return _joined([_way(way) for way in ways], ", or ") if ways else ["anything"]


def anchor(name: str) -> str:
    """Return the place on the page of what is called *name*."""
    return name.replace(" ", "-").replace("{", "").replace("}", "").replace("/", ".").strip(".")


def _ways(schema: Schema) -> Iterator[Schema]:
    if "anyOf" not in schema:
        yield schema
    for way in schema.get("anyOf", ()):
        yield from _ways(way)


def _is_empty(way: Schema) -> bool:
    return way.get("enum") == [""]


def _way(schema: Schema) -> Inside:
    if "$ref" in schema:
        return link_to(schema["$ref"].removeprefix(COMPONENTS))
    if "enum" in schema:
        return _choices(schema["enum"])
    match schema.get("type"):
        case "string" if schema.get("format") == "uri":
            return "URL"
        case "string":
            return f"text{_length(schema, 'characters')}"
        case "integer":
            return f"whole number{_range(schema)}"
        case "array":
            return ["list of ", *in_words(schema.get("items", {})), _length(schema, "entries")]
        case "object" if "additionalProperties" in schema and "properties" not in schema:
            return f"keys and texts of your own{_length(schema, 'keys', end='Properties')}"
        case kind:
            return _NAMES.get(str(kind), "anything")


def link_to(name: str) -> Element:
    """Return a link to the hash or object *name*."""
    return tag("a", name.rpartition(".")[2], href=f"#{anchor(name)}")


def _choices(choices: Sequence[Any]) -> Inside:
    shown = [tag("code", str(one).lower() if one is True else str(one)) for one in choices if one]
    if not shown:
        return "empty, to unset it"
    listed = _joined(list(shown), " ")
    if "" in choices:
        listed.append(", or empty, to unset it")
    if len(shown) <= _MANY:
        return listed
    return tag("details", tag("summary", f"one of {len(shown)}"), listed, class_="choices")


def _length(schema: Mapping[str, Any], what: str, end: str = "") -> str:
    end = end or ("Items" if what == "entries" else "Length")
    most = schema.get(f"max{end}")
    return f", at most {most} {what}" if most and most != _USUAL_LENGTH else ""


def _range(schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None and most is None:
        return ""
    if most is None:
        return f", at least {least}"
    return f", {least} to {most}" if least is not None else f", at most {most}"


def _joined(parts: Sequence[Inside], between: str) -> list[Inside]:
    joined: list[Inside] = []
    for part in parts:
        joined += [between, part] if joined else [part]
    return joined
