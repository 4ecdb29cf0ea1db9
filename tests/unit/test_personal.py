"""What is personal: that every field is decided about, and what is left once it is forgotten."""

from typing import Any, Final, get_args

import msgspec
import pytest

from projections import setup_attempt
from projections.fold import Shown, show
from service.commands.deciders import decider_of
from service.domain import blanks
from service.domain.events import Event, MandateCreated, PersonalDataForgotten, SetupIntentCreated
from service.domain.personal import PERSONAL, forgotten, left_of, left_of_actor
from service.domain.values import SYSTEM, Actor, MandateStatus, fields, replace
from service.wire.params.customers import CustomerCreateParams
from tests import histories as a

# What no field of an event tells of a person, by the field's name: ids, kinds, states, and
# what the business says of itself. A new name has to be decided about, here or in `PERSONAL`.
NOT_PERSONAL: Final = frozenset(
    {
        "account",
        "account_id",
        "action",
        "allow_redisplay",
        "allowed_payment_method_types",
        "api_version",
        "application",
        "attempt",
        "automatic_payment_methods",
        "code",
        "configuration_id",
        "confirmation_token_id",
        "country",
        "customer",
        "customer_account",
        "customer_id",
        "default_currency",
        "digest",
        "enabled_events",
        "endpoint_id",
        "error",
        "excluded_payment_method_types",
        "flow_directions",
        "headers",
        "instrument",
        "kind",
        "mandate",
        "mandate_id",
        "masked",
        "on_behalf_of",
        "origin",
        "payment_method",
        "payment_method_configuration",
        "payment_method_id",
        "payment_method_options",
        "payment_method_types",
        "permissions",
        "platform",
        "preferences",
        "radar_options",
        "reason",
        "request",
        "return_url",
        "scenario",
        "sealed",
        "setup_future_usage",
        "setup_intent",
        "setup_intent_id",
        "shown",
        "single_use",
        "source",
        "status",
        "subject_id",
        "tax_id",
        "token_id",
        "type",
        "url",
        "usage",
        "used_by",
    }
)
# The business's own, which other events call as customers' data is called.
OF_THE_BUSINESS: Final = frozenset(
    {
        ("AccountCreated", "name"),
        ("AccountCreated", "email"),
        ("AccountUpdated", "changed"),
        ("ApiKeyAdded", "name"),
        ("ConfigurationCreated", "name"),
        ("ConfigurationUpdated", "changed"),
        ("EndpointCreated", "description"),
        ("EndpointCreated", "metadata"),
        ("EndpointUpdated", "changed"),
    }
)
# What customers are asked for that tells of nobody.
NOT_OF_A_CUSTOMER: Final = frozenset(
    {
        "balance",
        "cash_balance",
        "expand",
        "invoice_prefix",
        "next_invoice_sequence",
        "payment_method",
        "preferred_locales",
        "tax_exempt",
    }
)
# What customers are asked for and keep in events of its own.
TOLD_ELSEWHERE: Final = {"tax_id_data": a.TAX_ID_ADDED}
# Where only some of what a hash tells is of a person, that.
HASHES: Final = {
    "invoice_settings": {"footer": "Jenny's"},
    "metadata": {"a": "b"},
    "tax": {"ip_address": "203.0.113.7"},
}
FIELDS: Final = [
    (event, field.name)
    for event in get_args(Event)
    for field in fields(event)
    if field.type not in {int, bool, int | None, bool | None}
]

EMAIL: Final = "jenny@example.com"
METHOD: Final = {
    "id": a.PM,
    "object": "payment_method",
    "billing_details": a.BILLING,
    "metadata": {"who": "Jenny"},
    "paypal": {"country": "US", "payer_email": EMAIL, "payer_id": "Jenny-1"},
    "type": "paypal",
}
PAYPAL: Final = {"paypal": METHOD["paypal"], "type": "paypal"}
ACCEPTANCE: Final = {
    "accepted_at": 7,
    "online": {"ip_address": "203.0.113.7", "user_agent": "Mozilla/5.0"},
    "type": "online",
}
FULL_CARD: Final = {
    **a.CARD,
    **dict.fromkeys(("country", "exp_month", "exp_year", "fingerprint", "funding")),
    "checks": dict.fromkeys(("address_line1_check", "address_postal_code_check", "cvc_check")),
    "networks": {"preferred": None},
    "regulated_status": None,
}
MANDATE_CREATED: Final = MandateCreated(
    mandate_id=a.MANDATE,
    at=a.AT,
    account=a.ACCT,
    livemode=False,
    status=MandateStatus.ACTIVE,
    payment_method=a.PM,
    payment_method_details={"paypal": {"payer_id": "Jenny-1"}, "type": "paypal"},
    customer_acceptance=ACCEPTANCE,
)
HISTORIES: Final[dict[str, tuple[Event, ...]]] = {
    "customer": (
        replace(
            a.CUSTOMER_CREATED,
            attributes={
                **a.CUSTOMER_CREATED.attributes,
                "individual_name": "Jenny",
                "invoice_settings": {"default_payment_method": None, "footer": "Jenny's"},
                "metadata": {},
                "tax": {"ip_address": "203.0.113.7"},
            },
        ),
        replace(a.TAX_ID_ADDED, value="Jenny-1"),
        a.CUSTOMER_UPDATED,
        replace(a.CUSTOMER_UPDATED, changed={"email": None}),
    ),
    "payment method": (
        replace(a.METHOD_CREATED, metadata={"who": "Jenny"}),
        a.METHOD_UPDATED,
        replace(a.ATTACHED, details={**a.CARD, "wallet": {"link": {}, "name": "Jenny"}}),
    ),
    "mandate": (MANDATE_CREATED,),
    "confirmation token": (a.CONFIRMATION_CREATED, a.CONFIRMATION_USED),
    "token": (
        replace(a.CARD_TOKEN_CREATED, instrument=replace(a.INSTRUMENT, details=FULL_CARD)),
        a.TOKEN_USED,
    ),
    "intent": (
        replace(a.INTENT_CREATED, customer=a.CUS, description="Jenny's", metadata={"a": "Jenny"}),
        a.INTENT_UPDATED,
        replace(
            a.ATTEMPT_STARTED,
            payment_method_details=PAYPAL,
            mandate_data={"customer_acceptance": ACCEPTANCE},
        ),
        replace(a.SETUP_FAILED, payment_method_snapshot=METHOD, payment_method_details=PAYPAL),
    ),
}
PERSONAL_WORDS: Final = (b"enny", b"203.0.113.7", b"Mozilla", b"94105")


def gone(history: tuple[Event, ...]) -> PersonalDataForgotten:
    return PersonalDataForgotten(subject_id=a.stream_of(history[0]), at=a.AT + 9, customer=a.CUS)


def shown(*history: Event) -> Shown | None:
    return show(a.recorded(*history))


@pytest.mark.parametrize(("event", "field"), FIELDS)
def test_every_field_is_decided_about(event: type[Event], field: str) -> None:
    """A field that may tell of a person is declared personal, or known not to be."""
    assert (
        (field in PERSONAL.get(event, {}))
        + ((event.__name__, field) in OF_THE_BUSINESS)
        + (field in NOT_PERSONAL and field not in PERSONAL.get(event, {}))
    ) == 1


@pytest.mark.parametrize("field", CustomerCreateParams.__struct_fields__)
def test_every_attribute_of_a_customer_is_decided_about(field: str) -> None:
    """What a customer is asked for is either forgotten or known not to tell of anybody."""
    value = HASHES.get(field, "Jenny")
    is_left = blanks.customer({field: value}) == {field: value}
    assert is_left is (field in NOT_OF_A_CUSTOMER or field in TOLD_ELSEWHERE)


@pytest.mark.parametrize("event", TOLD_ELSEWHERE.values(), ids=TOLD_ELSEWHERE)
def test_what_a_customer_keeps_elsewhere_is_forgotten_too(event: Event) -> None:
    """What is no attribute of a customer leaves nothing of it either."""
    assert left_of(event)


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
class TestForgetting:
    def test_shows_the_same_with_or_without_the_keys(self, history: tuple[Event, ...]) -> None:
        """A fold from before comes to the same as one of what is left in the log."""
        left = [forgotten(event) for event in history]
        assert shown(*history, gone(history)) == shown(*left, gone(history))

    def test_leaves_nothing_of_a_person(self, history: tuple[Event, ...]) -> None:
        """Neither what is shown nor what is left of the events tells of anybody."""
        left = [forgotten(event) for event in history]
        told = msgspec.json.encode([shown(*history, gone(history)), left])
        assert not [word for word in PERSONAL_WORDS if word in told]
        assert [word for word in PERSONAL_WORDS if word in msgspec.json.encode(shown(*history))]

    def test_decides_the_same_with_or_without_the_keys(self, history: tuple[Event, ...]) -> None:
        """What is known for deciding does not depend on when the stream was read."""
        fold = decider_of(a.stream_of(history[0])).fold
        left = [forgotten(event) for event in history]
        assert fold([*history, gone(history)]) == fold([*left, gone(history)])

    def test_is_done_once(self, history: tuple[Event, ...]) -> None:
        """What is left has nothing personal in it."""
        assert not [left for left in map(left_of, map(forgotten, history)) if left]


def test_attempts_show_nothing_of_a_person_once_forgotten() -> None:
    """The attempts of an intent are forgotten with it."""
    history: Any = (*HISTORIES["intent"], gone(HISTORIES["intent"]))
    told = msgspec.json.encode(setup_attempt.attempts(history))
    assert not [word for word in PERSONAL_WORDS if word in told]


class TestWordsOfAnIntent:
    def test_are_not_personal_without_a_customer(self) -> None:
        """There is nobody who could ask."""
        created: SetupIntentCreated = replace(a.INTENT_CREATED, description="A spare card")
        assert left_of(created) == {}
        assert left_of(replace(created, customer=a.CUS)) == {"description": None}


class TestActors:
    @pytest.mark.parametrize("key", ["sk_test_...4242", "rk_live_...4242", "operator"])
    def test_that_are_servers_keep_their_address(self, key: str) -> None:
        """The business's own calls are told of whole."""
        actor = Actor(key=key, address="198.51.100.1")
        assert left_of_actor(actor) is actor
        assert left_of_actor(SYSTEM) is SYSTEM

    @pytest.mark.parametrize("key", ["pk_test_...4242", None])
    def test_that_are_people_do_not(self, key: str | None) -> None:
        """A browser's address is its owner's."""
        assert left_of_actor(Actor(key=key, address="203.0.113.7")) == Actor(key=key)
