"""
The answers that the tests were given, against Stripe's own OpenAPI document.

Run by hand, while developing: record with `RECORD_ANSWERS=answers.jsonl make test`, then
`python -m tests.contract.recorded openapi.json answers.jsonl`. It tells once for each kind of
object and place what Stripe would not have sent, and ends with 1 if there is anything.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import msgspec

from tests.contract.on_purpose import is_on_purpose

_COMPONENTS: Final = "#/components/schemas/"


def validators(document: Mapping[str, Any]) -> dict[str, jsonschema_rs.Validator]:
    """Return what checks an object of each kind that *document* knows."""
    schemas = _nullable(document["components"]["schemas"])
    return {
        kind: jsonschema_rs.validator_for(
            {"$ref": f"{_COMPONENTS}{kind}", "components": {"schemas": schemas}}
        )
        for kind, schema in schemas.items()
        if kind in schema.get("properties", {}).get("object", {}).get("enum", ())
    }


def _nullable(schema: Any) -> Any:
    """Return *schema* with what OpenAPI 3.0 calls nullable said as JSON Schema says it."""
    if isinstance(schema, list):
        return [_nullable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    said = {key: _nullable(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [said, {"type": "null"}]} if schema.get("nullable") is True else said


def objects(answer: Any) -> Iterator[dict[str, Any]]:
    """Tell every object in *answer*, wherever it is embedded."""
    if isinstance(answer, list):
        for one in answer:
            yield from objects(one)
    elif isinstance(answer, dict):
        if isinstance(answer.get("object"), str) and "deleted" not in answer:
            yield answer
        for name, value in answer.items():
            if name != "metadata":
                yield from objects(value)


def faults(checks: Mapping[str, jsonschema_rs.Validator], answer: Any) -> Iterator[str]:
    """Tell what Stripe's document does not allow in *answer*, and was not meant."""
    for one in objects(answer):
        if one["object"] not in checks:
            continue
        for error in checks[one["object"]].iter_errors(one):
            where = "".join(f"[{part}]" for part in error.instance_path)
            if not is_on_purpose("gives", where.removeprefix("["), error.message):
                yield f"{one['object']}{where}: {error.message[:200]}"


def main(document: str, recorded: str) -> int:
    """Print each fault of the *recorded* answers once."""
    checks = validators(msgspec.json.decode(Path(document).read_bytes()))
    found = {
        fault
        for line in Path(recorded).read_bytes().splitlines()
        for fault in faults(checks, msgspec.json.decode(line))
    }
    for fault in sorted(found):
        print(fault)  # noqa: T201 - a script
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
