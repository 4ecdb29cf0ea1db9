"""Published bank accounts through the official SDK: what each name stands for in a setup."""

from typing import Any, Final

import pytest
import stripe

from service.gateways import sepa_ibans
from service.gateways.published_accounts import SCHEMES
from tests.described import DESCRIBED, form
from tests.e2e.sdk import Sdk
from tests.e2e.test_sdk_families import ACCEPTED

TYPE_OF: Final = {scheme.name: scheme.type for scheme in SCHEMES.values()} | {
    "sepaDebit": "sepa_debit"
}
ACCOUNTS: Final = [
    f"pm_{scheme.name}_{name}" for scheme in SCHEMES.values() for name in scheme.named
]
IBANS: Final = [f"pm_sepaDebit_{name}" for name in sepa_ibans.BY_NAME if name.endswith("_de")]
PROCESSING: Final = {"pm_usBankAccount_processing", "pm_nzBankAccount_processing"}


def saved(sdk: Sdk, name: str, **given: Any) -> Any:
    """Set the published account *name* up for a customer."""
    return sdk.v1.setup_intents.create(
        {
            "allowed_payment_method_types": [TYPE_OF[name.split("_")[1]]],
            "confirm": True,
            "customer": sdk.v1.customers.create({"name": "Jenny"}).id,
            "mandate_data": ACCEPTED,
            "payment_method": name,
            **given,
        }
    )


@pytest.mark.parametrize("type_", sorted(DESCRIBED))
def test_each_type_is_made(sdk: Sdk, type_: str) -> None:
    """A payment method of each type is made by the SDK, and found again."""
    made = sdk.v1.payment_methods.create(form(type_))
    found = sdk.v1.payment_methods.retrieve(made.id)
    assert found.to_dict() == made.to_dict()
    assert type_ in found


@pytest.mark.parametrize("name", [*ACCOUNTS, *IBANS])
def test_a_published_account(sdk: Sdk, name: str) -> None:
    """Each published account is set up without a verification; one kind stays processing."""
    intent = saved(sdk, name)
    waits = name in PROCESSING or name.startswith("pm_bacsDebit_")
    assert intent.status == ("processing" if waits else "succeeded")
    method = sdk.v1.payment_methods.retrieve(intent.payment_method)
    assert method.type == TYPE_OF[name.split("_")[1]]


def test_is_verified_where_it_is_asked_for(sdk: Sdk) -> None:
    """Who wants microdeposits gets them for a published account, too."""
    options = {"us_bank_account": {"verification_method": "microdeposits"}}
    intent = saved(sdk, "pm_usBankAccount_success", payment_method_options=options)
    assert intent.next_action.type == "verify_with_microdeposits"


def test_takes_no_deposits(sdk: Sdk) -> None:
    """The account that no deposits can be sent to fails where they would be."""
    options = {"us_bank_account": {"verification_method": "microdeposits"}}
    with pytest.raises(stripe.StripeError) as declined:
        saved(sdk, "pm_usBankAccount_failMicrodeposits", payment_method_options=options)
    assert declined.value.code == "payment_method_microdeposit_failed"


def test_is_listed_by_its_type(sdk: Sdk) -> None:
    """A customer's accounts are found by their type."""
    intent = saved(sdk, "pm_auBecsDebit_success")
    methods = sdk.v1.customers.payment_methods
    found = methods.list(intent.customer, {"type": "au_becs_debit"}).data
    assert [one.id for one in found] == [intent.payment_method]
    assert methods.list(intent.customer, {"type": "card"}).data == []
