"""What a customer is told of a step, in words that need no knowledge of Stripe's."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from service.domain.values import JsonObject, Value
from service.pages.step import Ending, Step


class Words(Value, frozen=True, kw_only=True):
    """
    How one kind of step speaks: the title that asks, what is asked, and the titles of ends.

    *sentence* is `str.format`ed with the *merchant*, the *means* of payment and its *use*.
    """

    asks: str
    sentence: str
    accepts: str = "Authorise"
    refuses: str = "Refuse"
    succeeded: str = "Authorised"
    failed: str = "Not authorised"


_AUTHENTICATION: Final = Words(
    asks="Authenticate your card",
    sentence=(
        "No bank is asked, and no card is charged. Decide what becomes of this authentication."
    ),
    accepts="Complete",
    refuses="Fail",
    succeeded="Authentication complete",
    failed="Authentication over",
)
_AUTHORISATION: Final = Words(
    asks="Set up {means}",
    sentence=(
        "{merchant} asks for your permission to use {means} {use}. In test mode nobody else "
        "is asked and nothing is charged: you decide what becomes of it."
    ),
)
_VERIFICATION: Final = Words(
    asks="Verify your bank account",
    sentence="",
    succeeded="Account verified",
    failed="Account not verified",
)

_USES: Final = {
    "off_session": "for later payments, also while you are away",
    "on_session": "for later payments that you make yourself",
}

_BRANDS: Final = {"amex": "American Express", "jcb": "JCB", "unionpay": "UnionPay"}
_MEANS: Final = {
    "acss_debit": "your bank account",
    "au_becs_debit": "BECS Direct Debit",
    "bacs_debit": "Bacs Direct Debit",
    "blik": "BLIK",
    "card": "the card",
    "cashapp": "Cash App Pay",
    "ideal": "iDEAL",
    "kr_card": "your Korean card",
    "mobilepay": "MobilePay",
    "nz_bank_account": "your bank account",
    "paypal": "PayPal",
    "payto": "PayTo",
    "sepa_debit": "SEPA Direct Debit",
    "twint": "TWINT",
    "upi": "UPI",
    "us_bank_account": "your bank account",
}

_WITHOUT_CENTS: Final = frozenset(
    (
        *("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga"),
        *("pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf"),
    )
)


def words_of(step: Step) -> Words:
    """Return how the kind of *step* speaks."""
    if step.verifies:
        return _VERIFICATION
    return _AUTHENTICATION if step.type == "card" else _AUTHORISATION


def means_of(type_: str) -> str:
    """Return what customers call a type of payment method."""
    return _MEANS.get(type_) or type_.replace("_", " ").title()


def use_of(usage: str) -> str:
    """Return what the payment method is set up for."""
    return _USES.get(usage, _USES["off_session"])


def instrument_of(type_: str, details: JsonObject) -> str:
    """Return an instrument as its holder knows it: `Visa ending in 3155`."""
    last4 = details.get("last4")
    if last4 is None:
        return means_of(type_)
    brand = str(details.get("brand") or "")
    name = _BRANDS.get(brand) or brand.replace("_", " ").title()
    return f"{name or details.get('bank_name') or 'Account'} ending in {last4}"


def sum_of(amount: int, currency: str) -> str:
    """Return an amount in the smallest unit of a currency as it is read: `10.00 EUR`."""
    whole = currency in _WITHOUT_CENTS
    return f"{amount if whole else format(amount / 100, '.2f')} {currency.upper()}"


def instant(at: int) -> str:
    """Return an instant as it is read: `23 November 2026, 08:15 UTC`."""
    when = datetime.fromtimestamp(at, UTC)
    return f"{when.day} {when:%B %Y, %H:%M} UTC"


_ENDED: Final[Mapping[Ending, tuple[str, str]]] = {
    Ending.SUCCEEDED: ("", "{means} has been set up."),
    Ending.PENDING: (
        "Being set up",
        "{means} is being set up, which can take a while. The merchant is told how it ends.",
    ),
    Ending.FAILED: ("", "{means} has not been set up."),
    Ending.EXHAUSTED: ("", "All tries are used up, and {means} has not been set up."),
    Ending.EXPIRED: (
        "Too late",
        "The time for this is over, and {means} has not been set up. Begin again at the merchant.",
    ),
    Ending.CANCELED: ("Called off", "The merchant has called this off, so nothing was set up."),
    Ending.REPLACED: (
        "Replaced by another page",
        "The merchant has begun anew since this page was made. Go on with the newer page.",
    ),
}


def told(step: Step, ending: Ending | None) -> tuple[str, str]:
    """Return the title and the sentence that tell of *ending*; None: it is decided elsewhere."""
    if ending is None:
        return "Nothing to do here", "This is not decided on this page."
    words = words_of(step)
    title, sentence = _ENDED[ending]
    failed = dict.fromkeys((Ending.FAILED, Ending.EXHAUSTED), words.failed)
    titles = {Ending.SUCCEEDED: words.succeeded, **failed}
    text = sentence.format(means=means_of(step.type))
    # Not every name may begin with a capital: iDEAL's does not.
    begins = text.startswith(("the ", "your "))
    return titles.get(ending, title), text[0].upper() + text[1:] if begins else text
