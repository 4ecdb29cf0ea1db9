"""What an attempt shows of an authentication."""

import uuid
from typing import Any, Final

from service.domain.values import JsonObject
from service.gateways.port import Attempt

VERSION: Final = "2.2.0"

# How the indicator of an electronic commerce transaction is written: Mastercard's way, or
# that of all others. First authenticated in full, then merely attempted.
_INDICATORS: Final = {"mastercard": ("02", "01")}
_OTHER_INDICATORS: Final = ("05", "06")

# What the issuer's access control server has said elsewhere, where that lets the card pass.
_PASSED: Final = {"Y": "authenticated", "A": "attempt_acknowledged", "I": "exempted"}


def was_asked_for(attempt: Attempt) -> bool:
    """Say whether the merchant wants the customer authenticated in any case."""
    card = attempt.options.get("card") or {}
    return card.get("request_three_d_secure") in ("any", "challenge")


def is_left_out(attempt: Attempt) -> bool:
    """Say whether nobody can be asked: a mail order or a call, with no customer there."""
    return bool((attempt.options.get("card") or {}).get("moto"))


def elsewhere(attempt: Attempt) -> JsonObject | None:
    """Return what the attempt shows of an authentication that was passed with another service."""
    given = (attempt.options.get("card") or {}).get("three_d_secure") or {}
    status = given.get("ares_trans_status", "Y")
    if not given or status not in _PASSED:
        return None
    told = {
        "electronic_commerce_indicator": given.get("electronic_commerce_indicator"),
        "transaction_id": given.get("transaction_id"),
        "version": given.get("version", VERSION),
    }
    return {**_result(attempt, _PASSED[status]), **told}


def is_supported(attempt: Attempt) -> bool:
    """Say whether the card can authenticate its holder at all."""
    usage = attempt.payment_method.details.get("three_d_secure_usage") or {}
    return bool(usage.get("supported"))


def authenticated(attempt: Attempt) -> JsonObject:
    """The customer has passed a challenge."""
    full, _ = _indicators(attempt)
    return _result(attempt, "authenticated", flow="challenge", indicator=full)


def acknowledged(attempt: Attempt) -> JsonObject:
    """The issuer was asked, and lets the card pass, as it is not enrolled."""
    _, attempted = _indicators(attempt)
    return _result(attempt, "attempt_acknowledged", flow="frictionless", indicator=attempted)


def rejected(attempt: Attempt) -> JsonObject:
    """The customer has failed the challenge."""
    return _result(attempt, "failed", flow="challenge", reason="rejected")


def abandoned(attempt: Attempt) -> JsonObject:
    """The customer has never come to the challenge, or left it."""
    return _result(attempt, "failed", flow="challenge", reason="abandoned")


def unreachable(attempt: Attempt) -> JsonObject:
    """The authentication could not begin."""
    return _result(attempt, "processing_error", reason="protocol_error")


def _indicators(attempt: Attempt) -> tuple[str, str]:
    brand = attempt.payment_method.details.get("brand", "")
    return _INDICATORS.get(brand, _OTHER_INDICATORS)


def _result(
    attempt: Attempt,
    result: str,
    *,
    flow: str | None = None,
    indicator: str | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    return {
        "authentication_flow": flow,
        "electronic_commerce_indicator": indicator,
        "result": result,
        "result_reason": reason,
        # Derived, so that the same attempt always tells the same.
        "transaction_id": str(uuid.uuid5(uuid.NAMESPACE_OID, attempt.id)),
        "version": VERSION,
    }
