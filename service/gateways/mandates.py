"""
What a mandate shows of the payment method that it is for, type by type.

The address of the mandate's own page is not a gateway's to know, nor how the mandate fares
later; both are put in where a mandate is shown.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from service.domain.e_mandates import makes_e_mandate
from service.domain.values import JsonObject
from service.gateways import derived
from service.gateways.port import Attempt

_REFERENCE_LENGTH: Final = 16
_BACS_REFERENCE_LENGTH_MAX: Final = 18
_PAYTO: Final[Mapping[str, Any]] = {
    "amount": None,
    "amount_type": "maximum",
    "end_date": None,
    "payment_schedule": "adhoc",
    "payments_per_period": None,
    "purpose": None,
    "start_date": None,
}
_PIX_DAYS_AHEAD: Final = 3
_PIX_USUAL: Final[Mapping[str, Any]] = {
    "amount_includes_iof": "never",
    "amount_type": "maximum",
    "payment_schedule": "monthly",
}
_UPI: Final = ("amount", "amount_type", "description", "end_date")
_PIX: Final = (
    "amount_includes_iof",
    "amount_type",
    "end_date",
    "payment_schedule",
    "reference",
    "start_date",
)


def mandate_of(attempt: Attempt, type_: str | None = None) -> JsonObject | None:
    """
    Return the `payment_method_details` of the mandate that *attempt* makes, if it makes one.

    *type_* is that of the payment method it is for, where the setup makes another one.
    """
    type_ = type_ or attempt.payment_method.type
    describe = _DETAILS.get(type_)
    if describe is None or (type_ == "card" and not _is_electronic(attempt)):
        return None
    return dict(sorted({"type": type_, type_: dict(sorted(describe(attempt).items()))}.items()))


def _options(attempt: Attempt, type_: str) -> Mapping[str, Any]:
    """Return the mandate's options; what was unset again counts as not given."""
    options = (attempt.options.get(type_) or {}).get("mandate_options") or {}
    return {name: value for name, value in options.items() if value not in ("", None)}


def _is_electronic(attempt: Attempt) -> bool:
    method = attempt.payment_method
    return makes_e_mandate(method.type, method.details, attempt.options)


def _card(_: Attempt) -> dict[str, Any]:
    return {"india": {"inactive_reason": None}}


def _nothing(_: Attempt) -> dict[str, Any]:
    return {}


def _acss_debit(attempt: Attempt) -> dict[str, Any]:
    options = _options(attempt, "acss_debit")
    details = {
        "interval_description": options.get("interval_description"),
        "payment_schedule": options.get("payment_schedule", "sporadic"),
        "transaction_type": options.get("transaction_type", "personal"),
    }
    return {**details, **{name: options[name] for name in ("default_for",) if name in options}}


def _bacs_debit(attempt: Attempt) -> dict[str, Any]:
    prefix = _options(attempt, "bacs_debit").get("reference_prefix", "")
    reference = prefix + derived.text(_REFERENCE_LENGTH, "mandate", attempt.id)
    return {
        "display_name": None,
        "reference": reference[:_BACS_REFERENCE_LENGTH_MAX],
        "revocation_reason": None,
        "service_user_number": None,
    }


def _blik(attempt: Attempt) -> dict[str, Any]:
    return {
        "expires_at": _options(attempt, "blik").get("expires_at"),
        "type": "off_session",
    }


def _paypal(attempt: Attempt) -> dict[str, Any]:
    given = (attempt.options.get("paypal") or {}).get("billing_agreement_id")
    return {
        "billing_agreement_id": given or "B-" + derived.text(17, "agreement", attempt.id),
        "payer_id": payer_id(attempt),
    }


def payer_id(attempt: Attempt) -> str:
    """Return the id that PayPal knows the payer by."""
    return derived.text(13, "payer", attempt.payment_method.id)


def _payto(attempt: Attempt) -> dict[str, Any]:
    """Payments are made once a period, from the confirmation on, where nothing else is said."""
    details = {**_PAYTO, "start_date": _day(attempt, 0), **_options(attempt, "payto")}
    if details["payments_per_period"] is None and details["payment_schedule"] != "adhoc":
        details["payments_per_period"] = 1
    return details


def _pix(attempt: Attempt) -> dict[str, Any]:
    options = _options(attempt, "pix")
    given = {name: options[name] for name in _PIX if name in options}
    return {**_PIX_USUAL, "start_date": _day(attempt, _PIX_DAYS_AHEAD), **given}


def _day(attempt: Attempt, days_ahead: int) -> str:
    """Return the day that is *days_ahead* of the attempt's, as mandates write it."""
    day = datetime.fromtimestamp(attempt.at, UTC) + timedelta(days=days_ahead)
    return day.date().isoformat()


def _sepa_debit(attempt: Attempt) -> dict[str, Any]:
    prefix = _options(attempt, "sepa_debit").get("reference_prefix", "")
    return {"reference": prefix + derived.text(_REFERENCE_LENGTH, "mandate", attempt.id)}


def _upi(attempt: Attempt) -> dict[str, Any]:
    options = _options(attempt, "upi")
    return {name: options.get(name) for name in _UPI}


def _us_bank_account(attempt: Attempt) -> dict[str, Any]:
    options = _options(attempt, "us_bank_account")
    return {name: options[name] for name in ("collection_method",) if name in options}


_DETAILS: Final[Mapping[str, Callable[[Attempt], dict[str, Any]]]] = {
    **dict.fromkeys(
        (
            "amazon_pay",
            "au_becs_debit",
            "cashapp",
            "kakao_pay",
            "klarna",
            "kr_card",
            "link",
            "naver_pay",
            "nz_bank_account",
            "revolut_pay",
            "twint",
        ),
        _nothing,
    ),
    "acss_debit": _acss_debit,
    "bacs_debit": _bacs_debit,
    "blik": _blik,
    "card": _card,
    "paypal": _paypal,
    "payto": _payto,
    "pix": _pix,
    "sepa_debit": _sepa_debit,
    "upi": _upi,
    "us_bank_account": _us_bank_account,
}
