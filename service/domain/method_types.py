"""
The types of payment methods that can be set up, and how.

All others can be made into payment methods and used elsewhere; a SetupIntent takes none of
them. Stripe offers more types than anybody wants at once: those of `DEFAULT_ENABLED` are on
where no configuration says otherwise, the rest are taken where a request names them.
"""

from collections.abc import Mapping
from typing import Final

from service.domain.values import Value


class MethodType(Value, frozen=True, kw_only=True):
    """
    How payment methods of one type are set up.

    *redirects*: it sends the customer to another page. *mandate*: its setup makes a mandate,
    and needs the customer's acceptance. *single_use*: the mandate may be for one payment.
    *microdeposits*: the account is verified by them. *generates* is the type of payment
    method that its setup makes, which then is what later payments are made with.
    """

    name: str
    redirects: bool = False
    mandate: bool = False
    single_use: bool = False
    microdeposits: bool = False
    generates: str | None = None


def _bank(name: str, *, microdeposits: bool = False, single_use: bool = True) -> MethodType:
    return MethodType(name=name, mandate=True, single_use=single_use, microdeposits=microdeposits)


def _wallet(name: str, *, single_use: bool = False) -> MethodType:
    return MethodType(name=name, redirects=True, mandate=True, single_use=single_use)


def _into_sepa(name: str, *, single_use: bool = True) -> MethodType:
    return MethodType(
        name=name, redirects=True, mandate=True, single_use=single_use, generates="sepa_debit"
    )


# A card comes first wherever types are listed; the others follow by name.
TYPES: Final[Mapping[str, MethodType]] = {
    each.name: each
    for each in (
        MethodType(name="card"),
        _bank("acss_debit", microdeposits=True),
        _wallet("amazon_pay"),
        _bank("au_becs_debit"),
        _bank("bacs_debit"),
        _into_sepa("bancontact"),
        MethodType(name="bizum", redirects=True),
        MethodType(name="blik", mandate=True),
        MethodType(name="boleto", single_use=True),
        _wallet("cashapp"),
        _into_sepa("ideal"),
        _wallet("kakao_pay"),
        _wallet("klarna"),
        _wallet("kr_card"),
        _wallet("link", single_use=True),
        _wallet("naver_pay"),
        _bank("nz_bank_account", single_use=False),
        _wallet("paypal"),
        MethodType(name="payto", mandate=True),
        MethodType(name="pix", mandate=True),
        _wallet("revolut_pay"),
        MethodType(name="satispay", redirects=True),
        _bank("sepa_debit"),
        _into_sepa("sofort", single_use=False),
        _wallet("twint"),
        _wallet("upi"),
        _bank("us_bank_account", microdeposits=True),
    )
}

DEFAULT_ENABLED: Final = (
    "card",
    "amazon_pay",
    "bancontact",
    "cashapp",
    "ideal",
    "klarna",
    "link",
    "paypal",
    "sepa_debit",
    "us_bank_account",
)
