"""What customers call things: means of payment, instruments, sums and instants."""

from datetime import UTC, datetime
from typing import Final

from service.domain.values import JsonObject

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
