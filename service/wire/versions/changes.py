"""
What came with which release, and what went: one row for each change that our objects show.

A row names a field by its way through an object of a *kind*, and where only some values of it
are new, those. For older callers a list loses the new values, and a single new value is null;
where null itself came later, the field is left out.

What a customer has to do next is shown to everybody, whatever it is: an older caller who set
such a payment method up would otherwise never learn how to go on.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from service.wire.hashes import Hash
from service.wire.params.payment_methods import PaymentMethodUpdateParams
from service.wire.params.setup_intents import SetupIntentCreateParams, SetupIntentUpdateParams
from service.wire.problems import doc_url

# From this release on, an intent that names no types takes all that are enabled.
AUTOMATIC_METHODS_BY_DEFAULT: Final = "2023-08-16"
# The first release that searches.
SEARCH: Final = "2020-08-27"

# What an error is called here: it has no `object` of its own.
ERROR: Final = "error"

_INTENT: Final = "setup_intent"
_ATTEMPT: Final = "setup_attempt"
_MANDATE: Final = "mandate"


class Gained(NamedTuple):
    """A field that came with a release, or some *values* of one that was there."""

    release: str
    kind: str
    field: str
    values: frozenset[str | None] = frozenset()


class Lost(NamedTuple):
    """A parameter that an operation lost with a release. *instead* is the sentence to add."""

    release: str
    declared: type[Hash]
    param: str
    code: str
    instead: str


class Renamed(NamedTuple):
    """A value that a parameter had until a release, and what it is called now."""

    release: str
    param: tuple[str, ...]
    was: str
    is_now: str


def _errors(release: str, *codes: str) -> Iterator[Gained]:
    # In an error nothing is null: what an older caller is not told is left out.
    yield Gained(release, ERROR, "code", frozenset({*codes, None}))
    yield Gained(release, ERROR, "doc_url", frozenset({*map(doc_url, codes), None}))


def _types(release: str, *names: str) -> Iterator[Gained]:
    """Give the rows of payment methods that are new altogether."""
    yield Gained(release, _INTENT, "excluded_payment_method_types", frozenset(names))
    yield Gained(release, _INTENT, "payment_method_types", frozenset(names))


def _options(release: str, *fields: str) -> Iterator[Gained]:
    return (Gained(release, _INTENT, f"payment_method_options.{field}") for field in fields)


def _everywhere(release: str, field: str, *kinds: str) -> Iterator[Gained]:
    return (Gained(release, kind, field) for kind in kinds)


GAINED: Final[tuple[Gained, ...]] = (
    *_errors(
        "2022-11-15",
        "payment_method_customer_decline",
        "payment_method_provider_decline",
        "payment_method_provider_timeout",
        "setup_intent_setup_attempt_expired",
    ),
    Gained("2024-12-18.acacia", ERROR, "network_advice_code"),
    Gained("2024-12-18.acacia", ERROR, "network_decline_code"),
    *_options(
        "2024-12-18.acacia",
        "bacs_debit.mandate_options.reference_prefix",
        "sepa_debit.mandate_options.reference_prefix",
    ),
    Gained("2025-01-27.acacia", ERROR, "advice_code"),
    Gained("2025-10-29.clover", _INTENT, "excluded_payment_method_types"),
    *_everywhere(
        "2025-12-15.clover", "customer_account", "customer", "payment_method", _ATTEMPT, _INTENT
    ),
    *_types("2025-12-15.clover", "payto"),
    *_options("2025-12-15.clover", "payto"),
    *_types("2026-03-25.dahlia", "upi"),
    *_options("2026-03-25.dahlia", "upi"),
    Gained("2026-04-22.dahlia", _INTENT, "managed_payments"),
    Gained("2026-04-22.dahlia", _INTENT, "payment_method_types", frozenset({"pix"})),
    *_options("2026-04-22.dahlia", "pix"),
    Gained("2026-04-22.dahlia", _ATTEMPT, "payment_method_details.card.moto"),
    Gained("2026-04-22.dahlia", _MANDATE, "multi_use.amount"),
    Gained("2026-04-22.dahlia", _MANDATE, "multi_use.currency"),
    *_types("2026-05-27.dahlia", "bizum", "scalapay"),
    *_options("2026-05-27.dahlia", "bizum"),
    Gained("2026-07-29.dahlia", _INTENT, "allowed_payment_method_types"),
    Gained(
        "2026-07-29.dahlia",
        _ATTEMPT,
        "payment_method_details.card.three_d_secure.result",
        frozenset({"data_share_only"}),
    ),
    Gained("2026-08-26.dahlia", _INTENT, "allowed_payment_method_types", frozenset({None})),
    *_types("2026-09-30.endive", "paypay", "sequra"),
    Gained(
        "2026-09-30.endive",
        _INTENT,
        "allowed_payment_method_types",
        frozenset({"card_present", "interac_present"}),
    ),
    Gained("2026-09-30.endive", "payment_method_configuration", "paypay"),
    Gained("2026-09-30.endive", "payment_method_configuration", "sequra"),
    *_options("2026-09-30.endive", "blik"),
    *_everywhere("2026-09-30.endive", "payment_method_details.blik", _ATTEMPT, _MANDATE),
    Gained("2026-09-30.endive", _MANDATE, "payment_method_details.card.india"),
    *_options("2026-10-28.endive", "card.setup_credential_usage"),
)

LOST: Final[tuple[Lost, ...]] = (
    *(
        Lost(
            "2026-09-30.endive",
            declared,
            "payment_method_types",
            "payment_method_types_no_longer_supported",
            "Send allowed_payment_method_types instead.",
        )
        for declared in (SetupIntentCreateParams, SetupIntentUpdateParams)
    ),
    Lost(
        "2026-09-30.endive",
        PaymentMethodUpdateParams,
        "payto",
        "parameter_unknown",
        "Make a new payment method instead.",
    ),
)

RENAMED: Final[tuple[Renamed, ...]] = (
    Renamed(
        "2024-04-10",
        ("payment_method_options", "card", "request_three_d_secure"),
        "challenge_only",
        "challenge",
    ),
)
