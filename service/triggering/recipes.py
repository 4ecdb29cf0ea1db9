"""
What leads to an event of each type: a few calls, as an application would make them.

What one of them makes is named in those after it, `{customer}`. None of them depends on the
version that the account speaks.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from service.wire.hashes import Hash
from service.wire.params.customers import CustomerCreateParams, CustomerUpdateParams
from service.wire.params.payment_methods import PaymentMethodUpdateParams
from service.wire.params.setup_intents import SetupIntentCancelParams, SetupIntentCreateParams

Form = Mapping[str, Any]

NOTHING: Final[Form] = {}


class Step(NamedTuple):
    """
    A POST of *form* to *path*, or a DELETE; a decline is an answer where one *is_declined*.

    What it *takes* may be chosen by a developer, as a parameter of its *object*.
    """

    object: str
    path: str
    form: Form = NOTHING
    takes: type[Hash] | None = None
    is_delete: bool = False
    is_declined: bool = False


_INTENTS: Final = "/v1/setup_intents"
_AUTOMATIC: Final = {"automatic_payment_methods": {"enabled": True}}
_CONFIRM: Final = {**_AUTOMATIC, "confirm": True, "return_url": "https://example.com/back"}
_PERSON: Final = {"name": "Jenny Rosen", "email": "jenny@example.com"}
_TAX_ID: Final = {"type": "eu_vat", "value": "DE123456789"}
_CUSTOMER: Final = Step("customer", "/v1/customers", _PERSON, CustomerCreateParams)
_ATTACH: Final = Step(
    "payment_method", "/v1/payment_methods/pm_card_visa/attach", {"customer": "{customer}"}
)
_DETACH: Final = Step("payment_method", "/v1/payment_methods/{payment_method}/detach")
_DEBIT: Final = {
    "type": "sepa_debit",
    "sepa_debit": {"iban": "DE89370400440532013000"},
    "billing_details": _PERSON,
}
_MANDATE: Final = {"customer_acceptance": {"type": "offline"}}


def _intent(form: Form, *, is_declined: bool = False) -> Step:
    return Step("setup_intent", _INTENTS, form, SetupIntentCreateParams, is_declined=is_declined)


def _confirmed(method: str, *, is_declined: bool = False) -> Step:
    return _intent({**_CONFIRM, "payment_method": method}, is_declined=is_declined)


RECIPES: Final[Mapping[str, tuple[Step, ...]]] = {
    "setup_intent.created": (_intent(_AUTOMATIC),),
    "setup_intent.requires_action": (_confirmed("pm_card_authenticationRequired"),),
    "setup_intent.succeeded": (_confirmed("pm_card_visa"),),
    "setup_intent.setup_failed": (_confirmed("pm_card_chargeDeclined", is_declined=True),),
    "setup_intent.canceled": (
        _intent(_AUTOMATIC),
        Step("setup_intent", _INTENTS + "/{setup_intent}/cancel", takes=SetupIntentCancelParams),
    ),
    "payment_method.attached": (_CUSTOMER, _ATTACH),
    "payment_method.updated": (
        _CUSTOMER,
        _ATTACH,
        Step(
            "payment_method",
            "/v1/payment_methods/{payment_method}",
            {"billing_details": _PERSON},
            PaymentMethodUpdateParams,
        ),
    ),
    "payment_method.detached": (_CUSTOMER, _ATTACH, _DETACH),
    "mandate.updated": (
        _CUSTOMER,
        _intent(
            {
                **_CONFIRM,
                "customer": "{customer}",
                "payment_method_data": _DEBIT,
                "mandate_data": _MANDATE,
            }
        ),
        _DETACH,
    ),
    "customer.created": (_CUSTOMER,),
    "customer.updated": (
        _CUSTOMER,
        Step("customer", "/v1/customers/{customer}", {"name": "Jenny R."}, CustomerUpdateParams),
    ),
    "customer.tax_id.created": (_CUSTOMER._replace(form={**_PERSON, "tax_id_data": [_TAX_ID]}),),
    "customer.deleted": (
        _CUSTOMER,
        Step("customer", "/v1/customers/{customer}", is_delete=True),
    ),
}
