"""
Every operation of Stripe's that there is, and the handler that answers it. The path's parts
are `param`s.

What a handler reads (`call.params`) is what its row says that it takes; a test asks each.
A group names the resource that a restricted key needs a permission for. What Stripe does not
have is in a table of its own (`own`), and both together are `EVERY_OPERATION`.
"""

from typing import Final

from service.api import (
    accounts,
    confirmation_tokens,
    customers,
    events,
    mandates,
    payment_method_configurations,
    payment_methods,
    setup_attempts,
    setup_intents,
    tokens,
    webhook_endpoints,
)
from service.api.operation import Group, Operation, public
from service.api.own.routes import OWN_OPERATIONS
from service.wire.params import accounts as acct
from service.wire.params import confirmation_tokens as ctoken
from service.wire.params import customers as cus
from service.wire.params import events as evt
from service.wire.params import payment_method_configurations as pmc
from service.wire.params import payment_methods as pm
from service.wire.params import setup_intents as seti
from service.wire.params import tokens as tok
from service.wire.params import webhook_endpoints as we
from service.wire.params.mandates import MandateRetrieveParams

_INTENTS: Final = Group("/v1/setup_intents", setup_intents.KIND, "setup_intents")
_ATTEMPTS: Final = Group("/v1/setup_attempts", setup_attempts.KIND, "setup_intents")
_MANDATES: Final = Group("/v1/mandates", mandates.KIND, "mandates")
_METHODS: Final = Group("/v1/payment_methods", payment_methods.KIND, "payment_methods")
_CUSTOMERS: Final = Group("/v1/customers", customers.KIND, "customers")
_SAVED: Final = Group(
    "/v1/customers/{customer}/payment_methods", payment_methods.KIND, "payment_methods"
)
_EVENTS: Final = Group("/v1/events", events.KIND, "events")
_ENDPOINTS: Final = Group("/v1/webhook_endpoints", webhook_endpoints.KIND, "webhook_endpoints")
_TOKENS: Final = Group("/v1/tokens", tokens.KIND, "tokens")
_ACCOUNT: Final = Group("/v1/account", accounts.KIND, "accounts")
_ACCOUNTS: Final = Group("/v1/accounts", accounts.KIND, "accounts")
_CONFIGURATIONS: Final = Group(
    "/v1/payment_method_configurations",
    payment_method_configurations.KIND,
    "payment_method_configurations",
)
_CONFIRMATIONS: Final = Group(
    "/v1/confirmation_tokens", confirmation_tokens.KIND, "confirmation_tokens"
)
_TEST_HELPERS: Final = Group(
    "/v1/test_helpers/confirmation_tokens", confirmation_tokens.KIND, "confirmation_tokens"
)

OPERATIONS: Final = (
    _INTENTS.post("", setup_intents.create, seti.SetupIntentCreateParams),
    _INTENTS.list(setup_intents.list_all, seti.SetupIntentListParams),
    public(_INTENTS.get("/{intent}", setup_intents.retrieve, seti.SetupIntentRetrieveParams)),
    _INTENTS.post("/{intent}", setup_intents.update, seti.SetupIntentUpdateParams),
    public(
        _INTENTS.post("/{intent}/confirm", setup_intents.confirm, seti.SetupIntentConfirmParams),
        browser=seti.SetupIntentBrowserConfirmParams,
    ),
    _INTENTS.post("/{intent}/cancel", setup_intents.cancel, seti.SetupIntentCancelParams),
    public(
        _INTENTS.post(
            "/{intent}/verify_microdeposits",
            setup_intents.verify_microdeposits,
            seti.SetupIntentVerifyMicrodepositsParams,
        )
    ),
    _MANDATES.get("/{mandate}", mandates.retrieve, MandateRetrieveParams),
    _ATTEMPTS.list(setup_attempts.list_all, seti.SetupAttemptListParams),
    public(_METHODS.post("", payment_methods.create, pm.PaymentMethodCreateParams)),
    _METHODS.list(payment_methods.list_all, pm.PaymentMethodListParams),
    _METHODS.get("/{payment_method}", payment_methods.retrieve, pm.PaymentMethodRetrieveParams),
    _METHODS.post("/{payment_method}", payment_methods.update, pm.PaymentMethodUpdateParams),
    _METHODS.post("/{payment_method}/attach", payment_methods.attach, pm.PaymentMethodAttachParams),
    _METHODS.post("/{payment_method}/detach", payment_methods.detach, pm.PaymentMethodDetachParams),
    _CUSTOMERS.post("", customers.create, cus.CustomerCreateParams),
    _CUSTOMERS.list(customers.list_all, cus.CustomerListParams),
    _CUSTOMERS.search(customers.search, cus.CustomerSearchParams),
    _CUSTOMERS.get("/{customer}", customers.retrieve, cus.CustomerRetrieveParams),
    _CUSTOMERS.post("/{customer}", customers.update, cus.CustomerUpdateParams),
    _CUSTOMERS.delete("/{customer}", customers.delete, cus.CustomerDeleteParams),
    _SAVED.list(customers.list_payment_methods, pm.CustomerPaymentMethodListParams),
    _SAVED.get(
        "/{payment_method}",
        customers.retrieve_payment_method,
        pm.CustomerPaymentMethodRetrieveParams,
    ),
    _EVENTS.list(events.list_all, evt.EventListParams),
    _EVENTS.get("/{id}", events.retrieve, evt.EventRetrieveParams),
    _ENDPOINTS.post("", webhook_endpoints.create, we.WebhookEndpointCreateParams),
    _ENDPOINTS.list(webhook_endpoints.list_all, we.WebhookEndpointListParams),
    _ENDPOINTS.get(
        "/{webhook_endpoint}", webhook_endpoints.retrieve, we.WebhookEndpointRetrieveParams
    ),
    _ENDPOINTS.post(
        "/{webhook_endpoint}", webhook_endpoints.update, we.WebhookEndpointUpdateParams
    ),
    _ENDPOINTS.delete(
        "/{webhook_endpoint}", webhook_endpoints.delete, we.WebhookEndpointDeleteParams
    ),
    public(_TOKENS.post("", tokens.create, tok.TokenCreateParams)),
    _TOKENS.get("/{token}", tokens.retrieve, tok.TokenRetrieveParams),
    public(
        _CONFIRMATIONS.post(
            "", confirmation_tokens.create, ctoken.ConfirmationTokenBrowserCreateParams
        )
    ),
    _CONFIRMATIONS.get(
        "/{confirmation_token}",
        confirmation_tokens.retrieve,
        ctoken.ConfirmationTokenRetrieveParams,
    ),
    _TEST_HELPERS.post(
        "", confirmation_tokens.create_for_test, ctoken.ConfirmationTokenCreateParams
    ),
    _CONFIGURATIONS.post(
        "", payment_method_configurations.create, pmc.PaymentMethodConfigurationCreateParams
    ),
    _CONFIGURATIONS.list(
        payment_method_configurations.list_all, pmc.PaymentMethodConfigurationListParams
    ),
    _CONFIGURATIONS.get(
        "/{configuration}",
        payment_method_configurations.retrieve,
        pmc.PaymentMethodConfigurationRetrieveParams,
    ),
    _CONFIGURATIONS.post(
        "/{configuration}",
        payment_method_configurations.update,
        pmc.PaymentMethodConfigurationUpdateParams,
    ),
    _ACCOUNT.get("", accounts.retrieve_current, acct.AccountRetrieveCurrentParams),
    _ACCOUNTS.list(accounts.list_all, acct.AccountListParams),
    _ACCOUNTS.get("/{account}", accounts.retrieve, acct.AccountRetrieveParams),
)

EVERY_OPERATION: Final[tuple[Operation, ...]] = (*OPERATIONS, *OWN_OPERATIONS)
