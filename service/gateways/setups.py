"""
What comes of setting up anything but a card.

Each type takes one of a few ways. Most banks take a mandate at once; some want to see the
account's owner verified first, or answer only later. Wallets and bank redirects send the
customer to a page, some to an app by a QR code. What the published scenarios do, they do to
later payments, except where it says otherwise here.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from service.domain.facts import PaymentMethodFacts
from service.domain.values import JsonObject
from service.domain.verdicts import (
    MICRODEPOSITS,
    ActionRequired,
    Declined,
    Processing,
    Reason,
    Succeeded,
    Verdict,
)
from service.gateways import declines, microdeposits, pix_code, provider_declines
from service.gateways.bank_accounts import UNVERIFIED
from service.gateways.findings import approved
from service.gateways.mandates import mandate_of
from service.gateways.port import Attempt, Fingerprint

_DELAY_S: Final = 180
_DELAYED: Final = "Delayed"
# An app is answered within seconds; until it is, the attempt waits without a page.
_APP_ANSWERS_S: Final = 10


class _Page(NamedTuple):
    """
    What the customer is asked to do, and for how long.

    *refusal* is the reason for which the attempt fails where the customer says no. *shown*
    returns what the action tells beside addresses, where it tells anything.
    """

    action: str
    lasts_s: int | None = None
    refusal: Reason = provider_declines.CUSTOMER_DECLINED
    shown: Callable[[Attempt], JsonObject] | None = None


_REDIRECT: Final = _Page("redirect_to_url", refusal=declines.NOT_AUTHENTICATED)
_PAGES: Final[Mapping[str, _Page]] = {
    "blik": _Page("blik_authorize", _APP_ANSWERS_S),
    "cashapp": _Page("cashapp_handle_redirect_or_display_qr_code", 600),
    "pix": _Page("pix_display_qr_code", 4 * 3600, shown=pix_code.shown),
    "upi": _Page("upi_handle_redirect_or_display_qr_code", 300),
}


def check(payment_method: PaymentMethodFacts) -> Verdict:
    """Say that an account which is not verified has to be set up before anybody gets it."""
    if _is_unverified(payment_method):
        return ActionRequired(details=payment_method.details, action=MICRODEPOSITS)
    return Succeeded(details=payment_method.details)


def set_up(attempt: Attempt, fingerprint: Fingerprint) -> Verdict:
    """Return what comes of the attempt, as its payment method's type has it."""
    way = _WAYS.get(attempt.payment_method.type, _ask_on_a_page)
    return way(attempt, fingerprint)


def authenticate(attempt: Attempt, fingerprint: Fingerprint, *, completed: bool) -> Verdict:
    """Go on where the customer has *completed* what was asked for, or refused to."""
    if completed:
        return approved(attempt, fingerprint)
    page = _PAGES.get(attempt.payment_method.type, _REDIRECT)
    return _declined(attempt, page.refusal)


def take(attempt: Attempt, fingerprint: Fingerprint) -> Verdict:
    """Take an account whose owner need not show, or has shown, that it is theirs."""
    if _scenario(attempt) == "processing":
        return _processing(attempt, settles_at=None)
    return approved(attempt, fingerprint)


def settle(attempt: Attempt, fingerprint: Fingerprint) -> Verdict:
    """Return what the bank said of the mandate, once it has."""
    refusal = _REFUSALS.get((attempt.payment_method.type, _scenario(attempt)))
    return approved(attempt, fingerprint) if refusal is None else _declined(attempt, refusal)


def expire(attempt: Attempt, fingerprint: Fingerprint) -> Verdict:
    """Return what came of an attempt whose time has passed."""
    type_ = attempt.payment_method.type
    if type_ == "blik":
        return approved(attempt, fingerprint)
    late = type_ in _VERIFIED
    return _declined(attempt, provider_declines.DEPOSITS_LATE if late else declines.EXPIRED)


def _later(attempt: Attempt, _: Fingerprint) -> Verdict:
    delay_s = _DELAY_S if _scenario(attempt).endswith(_DELAYED) else 0
    return _processing(attempt, settles_at=attempt.at + delay_s)


def _once_verified(attempt: Attempt, fingerprint: Fingerprint) -> Verdict:
    """Deposits are sent to an account that nobody has verified, or where they are asked for."""
    account = attempt.payment_method
    unverified = _is_unverified(account)
    options = attempt.options.get(account.type) or {}
    method = options.get("verification_method", "automatic")
    if not unverified and (method != "microdeposits" or account.customer is not None):
        return take(attempt, fingerprint)
    if method == "instant":
        return _declined(attempt, provider_declines.NOT_VERIFIED)
    if _scenario(attempt) == "failMicrodeposits":
        return _declined(attempt, provider_declines.DEPOSITS_NOT_SENT)
    return ActionRequired(
        details=account.details,
        action=MICRODEPOSITS,
        shown=microdeposits.shown(attempt),
        expires_at=attempt.at + microdeposits.VERIFIABLE_S,
        mandate=mandate_of(attempt),
    )


def _ask_on_a_page(attempt: Attempt, _: Fingerprint) -> Verdict:
    page = _PAGES.get(attempt.payment_method.type, _REDIRECT)
    expires_at = None if page.lasts_s is None else attempt.at + page.lasts_s
    return ActionRequired(
        details=attempt.payment_method.details,
        action=page.action,
        shown=page.shown(attempt) if page.shown else {},
        expires_at=expires_at,
    )


def _processing(attempt: Attempt, settles_at: int | None) -> Processing:
    return Processing(
        details=attempt.payment_method.details,
        mandate=mandate_of(attempt),
        settles_at=settles_at,
    )


def _declined(attempt: Attempt, reason: Reason) -> Declined:
    return Declined(details=attempt.payment_method.details, reason=reason)


def _scenario(attempt: Attempt) -> str:
    return attempt.payment_method.scenario.removesuffix(UNVERIFIED)


def _is_unverified(payment_method: PaymentMethodFacts) -> bool:
    """An account that a customer has was verified before the customer got it."""
    return payment_method.customer is None and payment_method.scenario.endswith(UNVERIFIED)


_VERIFIED: Final = frozenset({"acss_debit", "us_bank_account"})
_WAYS: Final[Mapping[str, Callable[[Attempt, Fingerprint], Verdict]]] = {
    **dict.fromkeys(("au_becs_debit", "boleto", "nz_bank_account", "sepa_debit"), take),
    **dict.fromkeys(("bacs_debit", "payto"), _later),
    **dict.fromkeys(_VERIFIED, _once_verified),
}
# Who says no to a mandate: the bank, or the customer in the bank's app.
_REFUSALS: Final[Mapping[tuple[str, str], Reason]] = {
    ("bacs_debit", "mandateRefused"): provider_declines.MANDATE_REFUSED,
    ("payto", "debitNotAuthorized"): provider_declines.CUSTOMER_DECLINED,
}
