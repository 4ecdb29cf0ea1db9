"""What we take against what the official SDK sends, name by name, to any depth."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args, get_type_hints

import pytest
from msgspec import inspect
from stripe import RequestOptions, params

from service.api.routes import OPERATIONS
from service.reference.naming import room_of
from service.wire.left_out import LEFT_OUT, why_left_out
from tests.contract.on_purpose import TAKEN_HERE, is_listed

DECLARED: Final = {
    declared.__name__: declared
    for operation in OPERATIONS
    for declared in (operation.takes, operation.browser)
    if declared is not None
}
ROOMS: Final = {operation.takes.__name__: room_of(operation) for operation in OPERATIONS}
SDKS: Final = {
    name: getattr(room, name)
    for room in (params, params.test_helpers)
    for name in DECLARED
    if hasattr(room, name)
}

# Declared, and sent by no method of the SDK.
UNPAIRED: Final = {
    "ConfirmationTokenBrowserCreateParams": "Stripe.js, with a publishable key.",
    "SetupIntentBrowserConfirmParams": "Stripe.js, with a publishable key.",
}


def names_of_sdk(declared: Any, within: str = "") -> Iterator[str]:
    """Tell every bracketed name of an SDK's typed dict."""
    # The SDK imports these names only for type checkers.
    hints = get_type_hints(declared, localns={"StripeContext": object, "Mapping": Mapping})
    for name in hints.keys() - (set() if within else RequestOptions.__annotations__.keys()):
        full = f"{within}[{name}]" if within else name
        yield full
        for below in typed_dicts(hints[name]):
            yield from names_of_sdk(below, full)


def typed_dicts(hint: Any) -> Iterator[Any]:
    if hasattr(hint, "__total__"):
        yield hint
    for one in get_args(hint):
        yield from typed_dicts(one)


def names_of_ours(declared: inspect.Type, within: str = "") -> Iterator[str]:
    """Tell every bracketed name of our declaration."""
    match declared:
        case inspect.StructType(fields=fields):
            for field in fields:
                full = f"{within}[{field.encode_name}]" if within else field.encode_name
                yield full
                yield from names_of_ours(field.type, full)
        case inspect.UnionType(types=types):
            for one in types:
                yield from names_of_ours(one, within)
        case inspect.VarTupleType(item_type=item):
            yield from names_of_ours(item, within)
        case _:
            return


def test_every_operation_is_paired() -> None:
    """There is an SDK's declaration for each of ours, but for what only a browser sends."""
    assert DECLARED.keys() - SDKS.keys() == UNPAIRED.keys()


@pytest.mark.parametrize("name", sorted(SDKS))
def test_what_the_sdk_sends_is_taken(name: str) -> None:
    """Every parameter of the SDK is declared, or is known to be left out."""
    sent = set(names_of_sdk(SDKS[name]))
    taken = set(names_of_ours(inspect.type_info(DECLARED[name])))
    assert {one for one in sent - taken if not why_left_out(ROOMS[name], one)} == set()


@pytest.mark.parametrize("name", sorted(SDKS))
def test_what_is_taken_the_sdk_sends(name: str) -> None:
    """Every declared parameter is the SDK's, or there is another who sends it."""
    sent = set(names_of_sdk(SDKS[name]))
    taken = set(names_of_ours(inspect.type_info(DECLARED[name])))
    assert {one for one in taken - sent if not is_listed(one, TAKEN_HERE)} == set()


def test_what_is_left_out_is_not_taken() -> None:
    """Nothing is said to be left out that is taken."""
    taken = {
        (ROOMS[name], one)
        for name in SDKS
        for one in names_of_ours(inspect.type_info(DECLARED[name]))
    }
    left_out = {(each.room, one) for each in LEFT_OUT for one in each.names}
    assert left_out & taken == set()
