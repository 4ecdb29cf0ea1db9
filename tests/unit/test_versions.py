"""The table of API versions, walked from end to end."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import stripe

from service.wire.bad_param import BadParam
from service.wire.params.setup_intents import (
    SetupIntentConfirmParams,
    SetupIntentCreateParams,
    SetupIntentUpdateParams,
)
from service.wire.versions import (
    AUTOMATIC_METHODS_BY_DEFAULT,
    DEFAULT_VERSION,
    KNOWN,
    check_request,
    needs_rendering,
    parse_version,
    render,
)

INTENT: dict[str, Any] = {
    "id": "seti_1",
    "object": "setup_intent",
    "allowed_payment_method_types": None,
    "customer": {"id": "cus_1", "object": "customer", "customer_account": None},
    "customer_account": None,
    "excluded_payment_method_types": None,
    "last_setup_error": {
        "advice_code": "try_again_later",
        "network_advice_code": "02",
        "network_decline_code": "05",
        "payment_method": {"id": "pm_1", "object": "payment_method", "customer_account": None},
        "type": "card_error",
    },
    "managed_payments": {"enabled": False},
    "metadata": {"object": "customer", "customer_account": "mine"},
}

# From which release on each field is shown, by the way to it.
SINCE = {
    ("allowed_payment_method_types",): "2026-07-29.dahlia",
    ("customer", "customer_account"): "2025-12-15.clover",
    ("customer_account",): "2025-12-15.clover",
    ("excluded_payment_method_types",): "2025-10-29.clover",
    ("last_setup_error", "advice_code"): "2025-01-27.acacia",
    ("last_setup_error", "network_advice_code"): "2024-12-18.acacia",
    ("last_setup_error", "network_decline_code"): "2024-12-18.acacia",
    ("last_setup_error", "payment_method", "customer_account"): "2025-12-15.clover",
    ("managed_payments",): "2026-04-22.dahlia",
}


def has(shown: Mapping[str, Any], way: tuple[str, ...]) -> bool:
    for name in way[:-1]:
        shown = shown[name]
    return way[-1] in shown


def test_the_table_is_in_order() -> None:
    """Releases are dated, and stand from the oldest to the newest."""
    assert len(KNOWN) == 129
    assert list(KNOWN) == sorted(set(KNOWN))
    assert all(date.fromisoformat(name[:10]) for name in KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_version_is_read(name: str) -> None:
    """A known version is taken, shows itself as it was sent, and stands at its place."""
    version = parse_version(name)
    assert (str(version), version.place) == (name, KNOWN.index(name))


def test_the_versions_of_sdks_are_known() -> None:
    """What the official SDK sends is known, and what is pinned here too."""
    assert str(parse_version(stripe.api_version)) == "2026-10-28.endive"
    assert str(DEFAULT_VERSION) == "2026-08-26.dahlia"


@pytest.mark.parametrize(
    ("sent", "release"),
    [
        ("2026-09-30.preview", "2026-09-30.endive"),
        ("2020-08-27;orders_beta=v3", "2020-08-27"),
        ("2026-08-26.dahlia; a_beta=v1;b_beta=v22", "2026-08-26.dahlia"),
        ("2026-09-30.preview;a=v1", "2026-09-30.endive"),
    ],
)
def test_betas_and_previews_count_as_their_release(sent: str, release: str) -> None:
    """A suffix changes nothing of the place, and is shown again."""
    version = parse_version(sent)
    assert (str(version), version.place) == (sent, KNOWN.index(release))


@pytest.mark.parametrize(
    "sent",
    [
        *("", "not-a-real-version", "2026-08-26", "2026-08-26.endive", "2027-01-01.fern"),
        *("2026-08-27.preview", "2026-08-26.dahlia.preview", "2026-08-26.dahlia;", "2026-13-45"),
        *("2026-08-26.dahlia;a", "2026-08-26.dahlia ", "2026-08-26.DAHLIA", "x" * 10_000),
        "2026-08-26.dahlia" + ";a=v1" * 1000,
    ],
    ids=lambda sent: sent[:30],
)
def test_other_versions_are_refused(sent: str) -> None:
    """What is malformed, or was never released, is refused without a code or a name."""
    with pytest.raises(BadParam) as refusal:
        parse_version(sent)
    assert (refusal.value.code, refusal.value.param) == (None, None)
    assert len(refusal.value.message) < 200


@pytest.mark.parametrize("name", KNOWN)
def test_every_version_is_shown_what_it_knew(name: str) -> None:
    """A field is there from its release on, however deep, and not before."""
    version = parse_version(name)
    shown = render(version, INTENT)
    assert {way: has(shown, way) for way in SINCE} == {
        way: version.is_since(release) for way, release in SINCE.items()
    }
    assert needs_rendering(version, "setup_intent") == (shown != INTENT)


def test_rendering_leaves_the_original() -> None:
    """The object that is rendered stays as it was, and so does a caller's metadata."""
    before = repr(INTENT)
    shown = render(parse_version(KNOWN[0]), INTENT)
    assert repr(INTENT) == before
    assert shown["metadata"] == INTENT["metadata"]
    assert list(shown) == [name for name in INTENT if name in shown]


def test_lists_and_events_are_rendered_within() -> None:
    """An object is rendered wherever it stands: in a list, in an event, in an error."""
    oldest = parse_version(KNOWN[0])
    for around in (
        {"object": "list", "data": [INTENT]},
        {"object": "event", "data": {"object": INTENT}},
        {"error": {"setup_intent": INTENT}},
    ):
        assert "managed_payments" not in repr(render(oldest, around))


def test_endpoints_need_no_rendering() -> None:
    """What never changed is sent as it is to the oldest caller."""
    assert not needs_rendering(parse_version(KNOWN[0]), "webhook_endpoint")


@pytest.mark.parametrize("declared", [SetupIntentCreateParams, SetupIntentUpdateParams])
def test_types_are_no_longer_sent(
    declared: type[SetupIntentCreateParams] | type[SetupIntentUpdateParams],
) -> None:
    """From endive on payment_method_types is refused, and before it is not."""
    tree: dict[str, Any] = {"payment_method_types": {"0": "card"}}
    check_request(parse_version("2026-08-26.dahlia"), declared, tree)
    with pytest.raises(BadParam) as refusal:
        check_request(parse_version("2026-09-30.endive"), declared, tree)
    assert refusal.value.code == "payment_method_types_no_longer_supported"
    assert refusal.value.param == "payment_method_types"


def test_other_operations_lost_nothing() -> None:
    """The newest version takes all that is declared where nothing was removed."""
    check_request(parse_version(KNOWN[-1]), SetupIntentConfirmParams, {"payment_method_types": ""})
    check_request(parse_version(KNOWN[-1]), SetupIntentCreateParams, {"customer": "cus_1"})


def test_types_are_automatic_since_2023() -> None:
    """A version tells whether it takes all enabled types where none are named."""
    assert not parse_version("2022-11-15").is_since(AUTOMATIC_METHODS_BY_DEFAULT)
    assert parse_version("2023-08-16").is_since(AUTOMATIC_METHODS_BY_DEFAULT)
