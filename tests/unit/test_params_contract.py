"""What we take against what the official SDK sends, name by name, to any depth."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args, get_type_hints

import pytest
from msgspec import inspect
from stripe import RequestOptions, params

from service.wire.hashes import Hash
from service.wire.params import accounts, customers, events, payment_methods, setup_intents
from service.wire.params import webhook_endpoints as endpoints

PAIRS: Final = {
    declared.__name__: declared
    for room in (accounts, customers, endpoints, events, payment_methods, setup_intents)
    for declared in vars(room).values()
    if isinstance(declared, type) and declared.__module__ == room.__name__
    if hasattr(params, declared.__name__)
}

# Sent by the SDK, and not taken.
NOT_SUPPORTED: Final = {
    "cash_balance": "Cash balances belong to bank transfers, which are no setup.",
    "custom": "Custom payment methods run on a processor that is not ours.",
    "default_source": "Sources came before payment methods, and are not kept.",
    "source": "As default_source.",
    "tax": "Tax is computed by a product of its own.",
    "tax_id_data": "As tax.",
    "test_clock": "Time is not simulated.",
    "validate": "It steers the check of a source.",
}

# Taken, and not sent by the SDK.
OURS_ALONE: Final = {
    "client_attribution_metadata": "Stripe.js.",
    "client_secret": "Stripe.js, on a confirmation.",
    "expected_payment_method_type": "Stripe.js.",
    "guid": "Stripe.js.",
    "muid": "Stripe.js.",
    "pasted_fields": "Stripe.js.",
    "payment_user_agent": "Stripe.js.",
    "referrer": "Stripe.js.",
    "sid": "Stripe.js.",
    "time_on_page": "Stripe.js.",
    "payment_method_types": "API versions before 2026-09-30.endive.",
    "payment_method_data[card]": "Stripe.js, and anybody with a test card.",
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


def is_listed(name: str, table: dict[str, str]) -> bool:
    """Tell whether *name*, what it stands in, or what it is called alone, is in *table*."""
    parts = name.replace("]", "").split("[")
    wholes = [parts[0] + "".join(f"[{part}]" for part in parts[1:at]) for at in range(1, 9)]
    return any(part in table for part in parts) or any(whole in table for whole in wholes)


def test_every_operation_is_paired() -> None:
    """There is an SDK's declaration for each of ours, but for what only a browser sends."""
    unpaired = {
        declared.__name__
        for room in (accounts, customers, endpoints, events, payment_methods, setup_intents)
        for declared in vars(room).values()
        if isinstance(declared, type) and issubclass(declared, Hash)
        if declared.__name__.endswith("Params") and declared.__module__ == room.__name__
    } - PAIRS.keys()
    assert unpaired == {"SetupIntentBrowserConfirmParams"}


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_what_the_sdk_sends_is_taken(name: str) -> None:
    """Every parameter of the SDK is declared, or is known not to be supported."""
    sent = set(names_of_sdk(getattr(params, name)))
    taken = set(names_of_ours(inspect.type_info(PAIRS[name])))
    assert {one for one in sent - taken if not is_listed(one, NOT_SUPPORTED)} == set()


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_what_is_taken_the_sdk_sends(name: str) -> None:
    """Every declared parameter is the SDK's, or there is another who sends it."""
    sent = set(names_of_sdk(getattr(params, name)))
    taken = set(names_of_ours(inspect.type_info(PAIRS[name])))
    assert {one for one in taken - sent if not is_listed(one, OURS_ALONE)} == set()
