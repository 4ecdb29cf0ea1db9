"""One life with the official SDK that asks for everything there is to ask for."""

from contextlib import closing
from urllib.parse import urlsplit

from tests.e2e.covering import left_out_of
from tests.e2e.sdk import CheckedClient, Sdk, client_of
from tests.e2e.server import SECRET_KEY, Server

ACCOUNT = {"account_number": "000123456789", "routing_number": "110000000"}
DEBIT = {
    "allowed_payment_method_types": ["us_bank_account"],
    "confirm": True,
    "mandate_data": {"customer_acceptance": {"type": "offline", "offline": {}}},
    "payment_method_data": {
        "type": "us_bank_account",
        "us_bank_account": {**ACCOUNT, "account_holder_type": "individual"},
        "billing_details": {"name": "Jenny Rosen"},
    },
    "payment_method_options": {"us_bank_account": {"verification_method": "microdeposits"}},
}
CARD = {"allowed_payment_method_types": ["card"]}


def test_asks_for_every_operation(quiet_server: Server) -> None:
    """Every operation that the SDK has a method for is there, and answers as it is declared."""
    with closing(CheckedClient()) as http_client:
        sdk = client_of(http_client, quiet_server.url, SECRET_KEY)
        about_the_house(sdk)
        customer = about_customers(sdk)
        about_payment_methods(sdk, customer)
        about_tokens(sdk)
        about_configurations(sdk)
        about_setup_intents(sdk, customer)
        about_bank_accounts(sdk)
        sdk.v1.customers.delete(customer)
    asked = [(method, urlsplit(url).path) for method, url in http_client.asked]
    assert left_out_of(asked) == set()


def about_the_house(sdk: Sdk) -> None:
    account = sdk.v1.accounts.retrieve_current()
    sdk.v1.accounts.retrieve(account.id)
    sdk.v1.accounts.list()
    made = sdk.v1.webhook_endpoints.create({"url": "http://127.0.0.1:9", "enabled_events": ["*"]})
    sdk.v1.webhook_endpoints.update(made.id, {"disabled": True})
    sdk.v1.webhook_endpoints.retrieve(made.id)
    sdk.v1.webhook_endpoints.list()
    sdk.v1.webhook_endpoints.delete(made.id)


def about_customers(sdk: Sdk) -> str:
    made = sdk.v1.customers.create({"email": "every@example.com"})
    sdk.v1.customers.update(made.id, {"name": "Jenny"})
    sdk.v1.customers.retrieve(made.id)
    sdk.v1.customers.list()
    sdk.v1.customers.search({"query": "email:'every@example.com'"})
    event = sdk.v1.events.list({"type": "customer.created"}).data[0]
    sdk.v1.events.retrieve(event.id)
    return str(made.id)


def about_payment_methods(sdk: Sdk, customer: str) -> None:
    made = sdk.v1.payment_methods.create({"type": "card", "card": {"token": "tok_visa"}})
    sdk.v1.payment_methods.attach(made.id, {"customer": customer})
    sdk.v1.payment_methods.update(made.id, {"metadata": {"a": "b"}})
    sdk.v1.payment_methods.retrieve(made.id)
    sdk.v1.payment_methods.list({"customer": customer})
    sdk.v1.customers.payment_methods.list(customer)
    sdk.v1.customers.payment_methods.retrieve(customer, made.id)
    sdk.v1.payment_methods.detach(made.id)


def about_tokens(sdk: Sdk) -> None:
    card = {"number": "4242424242424242", "exp_month": "12", "exp_year": "2034"}
    token = sdk.v1.tokens.create({"card": card})
    sdk.v1.tokens.retrieve(token.id)
    confirming = sdk.v1.test_helpers.confirmation_tokens.create({"payment_method": "pm_card_visa"})
    sdk.v1.confirmation_tokens.retrieve(confirming.id)


def about_configurations(sdk: Sdk) -> None:
    made = sdk.v1.payment_method_configurations.create({"name": "Only cards"})
    sdk.v1.payment_method_configurations.update(
        made.id, {"link": {"display_preference": {"preference": "off"}}}
    )
    sdk.v1.payment_method_configurations.retrieve(made.id)
    sdk.v1.payment_method_configurations.list()


def about_setup_intents(sdk: Sdk, customer: str) -> None:
    made = sdk.v1.setup_intents.create({**CARD, "customer": customer})
    sdk.v1.setup_intents.update(made.id, {"description": "For the flat"})
    sdk.v1.setup_intents.confirm(made.id, {"payment_method": "pm_card_visa"})
    sdk.v1.setup_intents.retrieve(made.id)
    sdk.v1.setup_intents.list()
    sdk.v1.setup_attempts.list({"setup_intent": made.id})
    sdk.v1.setup_intents.cancel(sdk.v1.setup_intents.create(CARD).id)


def about_bank_accounts(sdk: Sdk) -> None:
    waiting = sdk.v1.setup_intents.create(DEBIT)
    verified = sdk.v1.setup_intents.verify_microdeposits(waiting.id, {"descriptor_code": "SM11AA"})
    assert sdk.v1.mandates.retrieve(verified.mandate).status == "active"
