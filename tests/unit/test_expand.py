"""What may be expanded, and what may not."""

import pytest

from service.wire.bad_param import BadParam
from service.wire.expand import MAX_LEVELS, Expansion, expansion_of
from service.wire.other_products import LEADS
from service.wire.resources import RESOURCES

GRANTED: list[tuple[str, list[str], Expansion]] = [
    ("setup_intent", [], {}),
    ("setup_intent", ["customer"], {"customer": {}}),
    (
        "setup_intent",
        ["payment_method.customer", "payment_method", "latest_attempt"],
        {"payment_method": {"customer": {}}, "latest_attempt": {}},
    ),
    (
        "setup_intent",
        ["latest_attempt.payment_method", "latest_attempt.setup_intent.customer"],
        {"latest_attempt": {"payment_method": {}, "setup_intent": {"customer": {}}}},
    ),
    ("setup_intent", ["application", "on_behalf_of"], {"application": {}, "on_behalf_of": {}}),
    ("setup_intent", ["mandate", "single_use_mandate"], {"mandate": {}, "single_use_mandate": {}}),
    # What is always whole may be named.
    (
        "setup_intent",
        ["next_action", "last_setup_error"],
        {"next_action": {}, "last_setup_error": {}},
    ),
    ("setup_attempt", ["setup_intent"], {"setup_intent": {}}),
    ("payment_method", ["customer"], {"customer": {}}),
    (
        "customer",
        ["invoice_settings.default_payment_method"],
        {"invoice_settings": {"default_payment_method": {}}},
    ),
    (
        "customer",
        ["discount", "sources", "tax_ids"],
        {"discount": {}, "sources": {}, "tax_ids": {}},
    ),
    (
        "setup_intent",
        ["last_setup_error.payment_method.customer"],
        {"last_setup_error": {"payment_method": {"customer": {}}}},
    ),
]


@pytest.mark.parametrize(("kind", "paths", "expansion"), GRANTED)
def test_paths_become_a_tree(kind: str, paths: list[str], expansion: Expansion) -> None:
    """Paths that share a beginning are expanded once, and what is below them together."""
    assert expansion_of(kind, paths) == expansion


@pytest.mark.parametrize(
    "path",
    [
        "default_source.customer",
        "sources.data.customer",
        "sources.data.owner",
        "subscriptions.data.default_payment_method",
        "subscriptions.data.default_payment_method.customer",
        "subscriptions.data.discounts.promotion_code",
        "subscriptions.data.items.data",
        "subscriptions.data.latest_invoice.payment_intent",
        "subscriptions.data.pending_setup_intent.latest_attempt",
        "subscriptions.data.plan.product",
        "subscriptions.data.transfer_data.destination",
        "tax_ids.data.customer",
        "tax_ids.data.owner.customer",
    ],
)
def test_what_is_below_a_customers_lists_is_taken(path: str) -> None:
    """Objects of other products, of which there are never any, are passed through as Stripe's."""
    assert expansion_of("customer", [path])
    within = f"customer.{path}"
    if within.count(".") < MAX_LEVELS:
        assert expansion_of("setup_intent", [within])


@pytest.mark.parametrize("kind", LEADS)
def test_what_is_declared_is_not_declared_again(kind: str) -> None:
    """Nothing that Seti has itself is said to be another product's."""
    assert kind not in RESOURCES


def test_lists_expand_their_data() -> None:
    """In a list every path starts with `data`."""
    expansion = expansion_of("setup_intent", ["data.customer"], in_list=True)
    assert expansion == {"data": {"customer": {}}}


def refusal_of(kind: str, path: str, *, in_list: bool = False) -> BadParam:
    with pytest.raises(BadParam) as refusal:
        expansion_of(kind, [path], in_list=in_list)
    return refusal.value


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("setup_intent", "wat"),
        ("setup_intent", ""),
        ("setup_intent", "."),
        ("setup_intent", "customer."),
        ("setup_intent", "status"),
        ("setup_intent", "id"),
        ("setup_intent", "customer.wat"),
        ("setup_intent", "customer.sources.data.wat"),
        ("customer", "subscriptions.data.status"),
        ("customer", "subscriptions.data.latest_invoice.wat"),
        ("customer", "subscriptions.default_payment_method"),
        ("customer", "tax_ids.data.value"),
        ("setup_intent", "application.owner"),
        ("setup_intent", "metadata.customer"),
        ("setup_intent", "data.customer"),
        ("webhook_endpoint", "secret"),
        ("event", "data.object"),
    ],
)
def test_what_does_not_expand_is_refused(kind: str, path: str) -> None:
    """A path that leads nowhere is refused without a code or a name, and shown."""
    refusal = refusal_of(kind, path)
    assert (refusal.code, refusal.param) == (None, None)
    assert f"({path})" in refusal.message


def test_a_list_hints_at_its_data() -> None:
    """A list that is asked to expand as one object tells how to ask."""
    assert "'data.customer'" in refusal_of("setup_intent", "customer", in_list=True).message


@pytest.mark.parametrize(
    ("path", "in_list"),
    [
        ("latest_attempt.setup_intent.latest_attempt.setup_intent.customer", False),
        ("data.latest_attempt.setup_intent.latest_attempt.setup_intent", True),
        (".".join(["customer"] * 1000), False),
    ],
)
def test_too_deep_an_expansion_is_refused(path: str, *, in_list: bool) -> None:
    """Four levels are the most, and `data` is one of them."""
    assert "more than 4 levels" in refusal_of("setup_intent", path, in_list=in_list).message
    deepest = ".".join(path.split(".")[:4])
    if not path.startswith("customer"):
        assert expansion_of("setup_intent", [deepest], in_list=in_list)
