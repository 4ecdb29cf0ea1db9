"""A call as it is typed: with what is needed, and a word in the place of what the caller has."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.reference.schemas import COMPONENTS, Schema

Document = Mapping[str, Any]


def curl(document: Document, method: str, path: str, taken: Schema) -> str:
    """Return the command line that calls an operation with what it needs."""
    words = [f"curl {document['servers'][0]['url']}{path.replace('{', '$').replace('}', '')}"]
    words.append('-u "$SETI_SECRET_KEY:"')
    sent = [
        f'-d "{name}={value}"'
        for name in taken["required"]
        if f"{{{name}}}" not in path
        for name, value in _examples(document, name, taken["properties"][name])
    ]
    if method == "get" and sent:
        words.append("-G")
    elif method == "delete" or (method == "post" and not sent):
        words.append(f"-X {method.upper()}")
    return " \\\n  ".join([" ".join(words), *sent])


def _examples(document: Document, name: str, schema: Schema) -> Iterator[tuple[str, str]]:
    """Tell what to send for *name*, and for all that is needed in it."""
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].removeprefix(COMPONENTS)]
        for below in schema.get("required", ()):
            yield from _examples(document, f"{name}[{below}]", schema["properties"][below])
    elif schema.get("type") == "array":
        yield from _examples(document, f"{name}[]", schema["items"])
    elif "enum" in schema:
        yield name, str(schema["enum"][0])
    else:
        yield name, {"integer": "1", "boolean": "true"}.get(schema.get("type", ""), "...")
