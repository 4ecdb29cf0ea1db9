"""The OpenAPI document that is made of the declarations."""

from collections.abc import Iterator
from typing import Any

import pytest

from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from service.reference.document import document
from service.wire.resources import RESOURCES

DOCUMENT = document("http://127.0.0.1:12111")
SCHEMAS = DOCUMENT["components"]["schemas"]


def described(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][path][method.lower()]
    return found


def references(within: Any) -> Iterator[str]:
    """Tell every reference in the document."""
    if isinstance(within, dict):
        if isinstance(within.get("$ref"), str):
            yield within["$ref"]
        for below in within.values():
            yield from references(below)
    elif isinstance(within, list):
        for below in within:
            yield from references(below)


@pytest.mark.parametrize("operation", EVERY_OPERATION, ids=lambda operation: operation.name)
def test_every_operation_is_described(operation: Operation) -> None:
    """Each operation is there, with every parameter it takes and what it answers."""
    told = described(operation.method, operation.path)
    named = {one.get("name") for one in told["parameters"]}
    taken = set(operation.takes.__struct_encode_fields__)
    if operation.method == "POST":
        assert SCHEMAS[operation.takes.__name__]["properties"].keys() == taken
    else:
        assert taken <= named
    assert "200" in told["responses"]
    assert told["summary"]


def test_operations_have_names_of_their_own() -> None:
    """A tool that makes a method of each operation has one for each."""
    names = [one["operationId"] for path in DOCUMENT["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names) == len(EVERY_OPERATION)


def test_every_reference_leads_somewhere() -> None:
    """What is referred to is in the document."""
    for reference in set(references(DOCUMENT)):
        found = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


@pytest.mark.parametrize("kind", sorted(RESOURCES))
def test_every_resource_is_a_schema(kind: str) -> None:
    """Each kind of object has a schema, closed, that tells its `object`."""
    schema = SCHEMAS[RESOURCES[kind].__name__]
    assert schema["properties"]["object"]["enum"] == [kind]
    assert schema["additionalProperties"] is False


def test_hashes_and_lists_are_bracketed() -> None:
    """Nested values are written in brackets, in bodies and in queries."""
    create = described("POST", "/v1/setup_intents")["requestBody"]["content"]
    encoding = create["application/x-www-form-urlencoded"]["encoding"]
    assert encoding["payment_method_data"] == {"style": "deepObject", "explode": True}
    assert "description" not in encoding
    (created,) = (
        one
        for one in described("GET", "/v1/setup_intents")["parameters"]
        if one.get("name") == "created"
    )
    assert created["style"] == "deepObject"


def test_what_an_id_expands_to_is_told() -> None:
    """An expandable field is an id or the object that it stands for."""
    field = SCHEMAS["SetupIntent"]["properties"]["customer"]["anyOf"][0]
    assert field["anyOf"][0] == {"type": "string"}
    whole = [one["$ref"].rpartition("/")[2] for one in field["anyOf"][1]["anyOf"]]
    assert whole == ["Customer", "DeletedCustomer"]


def test_links_lead_from_create_to_cancel() -> None:
    """What a creation gives is linked to what can be done with it."""
    created = described("POST", "/v1/setup_intents")["responses"]["200"]["links"]
    assert {"setup_intents.confirm", "setup_intents.cancel"} <= created.keys()
    confirmed = described("POST", "/v1/setup_intents/{intent}/confirm")["responses"]["200"]
    assert confirmed["links"]["setup_intents.cancel"] == {
        "operationId": "setup_intents.cancel",
        "parameters": {"intent": "$response.body#/id"},
    }


def test_public_operations_take_publishable_keys() -> None:
    """Only what is open to pages names publishable keys."""
    open_to_pages = {
        (method, path)
        for path, item in DOCUMENT["paths"].items()
        for method, one in item.items()
        if {"publishableKey": []} in one["security"]
    }
    expected = {(one.method.lower(), one.path) for one in EVERY_OPERATION if one.publishable}
    assert open_to_pages == expected
