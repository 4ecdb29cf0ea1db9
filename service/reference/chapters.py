"""The parts of the page: every operation, every hash and object, and what is refused."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from service.api.lines import KIND as LINES
from service.api.operation import OWN
from service.reference.curl import curl
from service.reference.markup import Inside, tag
from service.reference.naming import marked_text
from service.reference.schemas import COMPONENTS, Schema
from service.reference.wording import anchor, in_words
from service.wire.left_out import LEFT_OUT

Document = Mapping[str, Any]


def operations(document: Document) -> list[Element]:
    """Return every operation of Stripe's, grouped as they belong together."""
    return _grouped(document, own=False)


def own_operations(document: Document) -> list[Element]:
    """Return every operation of our own, grouped as well."""
    return _grouped(document, own=True)


def _grouped(document: Document, *, own: bool) -> list[Element]:
    every = [
        (method, path, one)
        for path, item in document["paths"].items()
        if path.startswith(OWN) is own
        for method, one in item.items()
    ]
    return [
        tag(
            "section",
            tag("h3", room.rpartition(".")[2].replace("_", " ")),
            [_operation(document, *one) for one in of_room],
        )
        for room, of_room in groupby(every, lambda one: one[2]["tags"][0])
    ]


def hashes(document: Document) -> list[Element]:
    """Return every schema that others refer to, but for the parameters of one operation."""
    return [
        _entry(name, tag("span", name.rpartition(".")[2]), _about(schema), _fields(schema))
        for name, schema in document["components"]["schemas"].items()
        if not name.endswith("Params")
    ]


def statuses(document: Document) -> list[Element]:
    """Return what each status of a refusal means."""
    told = document["components"]["responses"].items()
    return [tag("dl", [(tag("dt", status), tag("dd", one["description"])) for status, one in told])]


def left_out(_: Document) -> list[Element]:
    """Return which parameters of Stripe's are refused by name, and why."""
    rows = [
        tag(
            "tr",
            tag("td", each.room.replace("_", " ")),
            tag("td", [[tag("code", name), " "] for name in each.names]),
            tag("td", each.why),
        )
        for each in LEFT_OUT
    ]
    head = tag("tr", [tag("th", title, scope="col") for title in ("of", "parameters", "why")])
    return [tag("div", tag("table", tag("thead", head), tag("tbody", rows)), class_="wide")]


def _operation(document: Document, method: str, path: str, one: Document) -> Element:
    heading: list[Inside] = [
        tag("span", method.upper(), class_=f"method {method}"),
        " ",
        tag("code", path),
        " ",
        tag("span", one["summary"], class_="title"),
    ]
    taken = _taken(document, one)
    inside: list[Inside] = [
        _about(one),
        tag("h4", "Parameters"),
        _fields(taken),
        tag("h4", "Answer"),
        tag("p", _answered(one["responses"]["200"]["content"])),
        tag("h4", "With curl"),
        tag("pre", tag("code", curl(document, method, path, taken))),
    ]
    return _entry(one["operationId"], heading, inside)


def _answered(content: Document) -> list[Inside]:
    ((kind, answer),) = content.items()
    words = in_words(answer["schema"])
    return ["lines, each a ", *words] if kind == LINES else words


def _entry(name: str, heading: Inside, *inside: Inside) -> Element:
    return tag("details", tag("summary", heading), *inside, id=anchor(name), class_="entry")


def _about(one: Document) -> list[Element]:
    return [tag("p", _with_code(one["description"]))] if "description" in one else []


def _with_code(text: str) -> list[Inside]:
    parts = marked_text(text).split("`")
    return [tag("code", part) if at % 2 else part for at, part in enumerate(parts)]


def _taken(document: Document, one: Document) -> Schema:
    """Return the parameters of an operation that are its own, wherever they are sent."""
    named = [each for each in one["parameters"] if each.get("in") in {"path", "query"}]
    required = [each["name"] for each in named if each["required"]]
    properties = {each["name"]: each["schema"] for each in named}
    for content in one.get("requestBody", {}).get("content", {}).values():
        for way in content["schema"].get("anyOf", [content["schema"]]):
            form = document["components"]["schemas"][way["$ref"].removeprefix(COMPONENTS)]
            properties = {**form["properties"], **properties}
            required += form.get("required", ())
    return {"properties": properties, "required": required}


def _fields(schema: Schema) -> Element:
    if not schema["properties"]:
        return tag("p", "None.")
    needed = schema.get("required", ())
    return tag("dl", [_field(name, one, needed) for name, one in _sorted(schema)])


def _sorted(schema: Schema) -> Iterable[tuple[str, Schema]]:
    needed = schema.get("required", ())
    return sorted(schema["properties"].items(), key=lambda item: (item[0] not in needed, item[0]))


def _field(name: str, schema: Schema, needed: Sequence[str]) -> list[Element]:
    mark: list[Inside] = [" ", tag("em", "always")] if name in needed else []
    return [tag("dt", tag("code", name), mark), tag("dd", in_words(schema))]
