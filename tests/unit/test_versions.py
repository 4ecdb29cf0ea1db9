"""The releases of the API: what is one, and what a request of each may send."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import stripe

from service.wire.bad_param import BadParam
from service.wire.hashes import Hash
from service.wire.params.payment_methods import PaymentMethodUpdateParams
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
    parse_version,
)


def test_the_table_is_in_order() -> None:
    """Releases are dated, and stand from the oldest to the newest."""
    assert len(KNOWN) == 129
    assert list(KNOWN) == sorted(set(KNOWN))
    assert all(date.fromisoformat(name[:10]) for name in KNOWN)


def test_every_known_version_is_read() -> None:
    """A known version is taken, shows itself as it was sent, and stands at its place."""
    for place, name in enumerate(KNOWN):
        version = parse_version(name)
        assert (str(version), version.place) == (name, place)


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


def test_payto_is_no_longer_changed() -> None:
    """From endive on an update of a payment method does not know payto."""
    tree: dict[str, Any] = {"payto": {"pay_id": "a@b.example"}}
    check_request(parse_version("2026-08-26.dahlia"), PaymentMethodUpdateParams, tree)
    with pytest.raises(BadParam) as refusal:
        check_request(parse_version("2026-09-30.endive"), PaymentMethodUpdateParams, tree)
    assert (refusal.value.code, refusal.value.param) == ("parameter_unknown", "payto")


def test_other_operations_lost_nothing() -> None:
    """The newest version takes all that is declared where nothing was removed."""
    check_request(parse_version(KNOWN[-1]), SetupIntentConfirmParams, {"payment_method_types": ""})
    check_request(parse_version(KNOWN[-1]), SetupIntentCreateParams, {"customer": "cus_1"})


def test_types_are_automatic_since_2023() -> None:
    """A version tells whether it takes all enabled types where none are named."""
    assert not parse_version("2022-11-15").is_since(AUTOMATIC_METHODS_BY_DEFAULT)
    assert parse_version("2023-08-16").is_since(AUTOMATIC_METHODS_BY_DEFAULT)


OPTIONS: dict[str, Any] = {"card": {"request_three_d_secure": "challenge_only"}}


@pytest.mark.parametrize("declared", [SetupIntentCreateParams, SetupIntentConfirmParams])
@pytest.mark.parametrize(
    ("name", "now"),
    [("2020-08-27", "challenge"), ("2023-10-16", "challenge"), ("2024-04-10", "challenge_only")],
)
def test_a_challenge_had_another_name(declared: type[Hash], name: str, now: str) -> None:
    """Before 2024-04-10 challenge_only was a value, and means what challenge does."""
    tree: dict[str, Any] = {"payment_method_options": deepcopy(OPTIONS)}
    check_request(parse_version(name), declared, tree)
    assert tree["payment_method_options"]["card"]["request_three_d_secure"] == now


@pytest.mark.parametrize(
    "options", ["x", {}, {"card": "x"}, {"card": {"network": "visa"}}, {"": ["x"]}]
)
def test_what_is_no_such_value_is_left(options: Any) -> None:
    """A form that is wrong otherwise is left to whoever says what is wrong with it."""
    tree: dict[str, Any] = {"payment_method_options": deepcopy(options)}
    check_request(parse_version(KNOWN[0]), SetupIntentCreateParams, tree)
    assert tree == {"payment_method_options": options}
