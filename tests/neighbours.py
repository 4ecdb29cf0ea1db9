"""One example of each message about what stands beside a SetupIntent, imported `as n`."""

from typing import Any, Final

from msgspec.structs import replace

from service.domain import events as e
from service.domain.commands import account as ac
from service.domain.commands import customer as cc
from service.domain.commands import endpoint as ec
from service.domain.commands import payment_method as pc
from service.domain.verdicts import Succeeded
from tests.builders import AT, CARD, CHECKED_CARD, CUSTOMER, INTENT, METHOD, OWNER

ENDPOINT: Final = "we_00000000000000000endpoint"
URL: Final = "https://shop.example/hook"
DIGEST: Final = "d1"
BILLING: Final[dict[str, Any]] = {
    "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
    "email": None,
    "name": "Jenny Rosen",
    "phone": None,
    "tax_id": None,
}
ATTRIBUTES: Final[dict[str, Any]] = {"email": None, "metadata": {}, "name": "Jenny Rosen"}


def create_method(**changes: Any) -> pc.Create:
    command = pc.Create(
        payment_method_id=METHOD,
        at=AT,
        owner=OWNER,
        type="card",
        details=CARD,
        scenario="visa",
        billing_details=BILLING,
    )
    return replace(command, **changes)


def update_method(**changes: Any) -> pc.Update:
    return pc.Update(payment_method_id=METHOD, at=AT, changes=changes)


def attach(**changes: Any) -> pc.Attach:
    verdict = Succeeded(details=CHECKED_CARD)
    command = pc.Attach(payment_method_id=METHOD, at=AT, customer=CUSTOMER, verdict=verdict)
    return replace(command, **changes)


def detach() -> pc.Detach:
    return pc.Detach(payment_method_id=METHOD, at=AT)


def check(**changes: Any) -> pc.Check:
    command = pc.Check(payment_method_id=METHOD, at=AT, setup_intent=INTENT, details=CHECKED_CARD)
    return replace(command, **changes)


def method_created(**changes: Any) -> e.PaymentMethodCreated:
    event = e.PaymentMethodCreated(
        payment_method_id=METHOD,
        at=AT,
        account=OWNER.account,
        livemode=OWNER.livemode,
        type="card",
        details=CARD,
        scenario="visa",
        billing_details=BILLING,
    )
    return replace(event, **changes)


def method_updated(**changed: Any) -> e.PaymentMethodUpdated:
    return e.PaymentMethodUpdated(payment_method_id=METHOD, at=AT, changed=changed)


def method_checked(**changes: Any) -> e.PaymentMethodChecked:
    event = e.PaymentMethodChecked(
        payment_method_id=METHOD, at=AT, setup_intent=INTENT, details=CHECKED_CARD
    )
    return replace(event, **changes)


def method_attached(**changes: Any) -> e.PaymentMethodAttached:
    event = e.PaymentMethodAttached(
        payment_method_id=METHOD, at=AT, customer=CUSTOMER, details=CHECKED_CARD
    )
    return replace(event, **changes)


def method_detached() -> e.PaymentMethodDetached:
    return e.PaymentMethodDetached(payment_method_id=METHOD, at=AT, customer=CUSTOMER)


def create_customer(**changes: Any) -> cc.Create:
    command = cc.Create(customer_id=CUSTOMER, at=AT, owner=OWNER, attributes=ATTRIBUTES)
    return replace(command, **changes)


def update_customer(**changes: Any) -> cc.Update:
    return cc.Update(customer_id=CUSTOMER, at=AT, changes=changes)


def delete_customer() -> cc.Delete:
    return cc.Delete(customer_id=CUSTOMER, at=AT)


def add_method(payment_method: str = METHOD) -> cc.AddPaymentMethod:
    return cc.AddPaymentMethod(customer_id=CUSTOMER, at=AT, payment_method=payment_method)


def remove_method(payment_method: str = METHOD) -> cc.RemovePaymentMethod:
    return cc.RemovePaymentMethod(customer_id=CUSTOMER, at=AT, payment_method=payment_method)


def customer_created(**attributes: Any) -> e.CustomerCreated:
    shown = {**ATTRIBUTES, **attributes}
    return e.CustomerCreated(
        customer_id=CUSTOMER,
        at=AT,
        account=OWNER.account,
        livemode=OWNER.livemode,
        attributes=shown,
    )


def customer_updated(**changed: Any) -> e.CustomerUpdated:
    return e.CustomerUpdated(customer_id=CUSTOMER, at=AT, changed=changed)


def tax_id_added(tax_id: str, type_: str, value: str) -> e.CustomerTaxIdAdded:
    return e.CustomerTaxIdAdded(customer_id=CUSTOMER, at=AT, tax_id=tax_id, type=type_, value=value)


def customer_deleted() -> e.CustomerDeleted:
    return e.CustomerDeleted(customer_id=CUSTOMER, at=AT)


def method_added(payment_method: str = METHOD) -> e.CustomerPaymentMethodAdded:
    return e.CustomerPaymentMethodAdded(customer_id=CUSTOMER, at=AT, payment_method=payment_method)


def method_removed(payment_method: str = METHOD) -> e.CustomerPaymentMethodRemoved:
    return e.CustomerPaymentMethodRemoved(
        customer_id=CUSTOMER, at=AT, payment_method=payment_method
    )


def create_endpoint(**changes: Any) -> ec.Create:
    command = ec.Create(endpoint_id=ENDPOINT, at=AT, owner=OWNER, url=URL, enabled_events=("*",))
    return replace(command, **changes)


def update_endpoint(**changes: Any) -> ec.Update:
    return ec.Update(endpoint_id=ENDPOINT, at=AT, changes=changes)


def disable_endpoint(**changes: Any) -> ec.Disable:
    command = ec.Disable(endpoint_id=ENDPOINT, at=AT + 9, reason="failing", since=AT)
    return replace(command, **changes)


def roll_secret(at: int = AT, lasts: int = 60, sealed: str | None = None) -> ec.RollSecret:
    return ec.RollSecret(endpoint_id=ENDPOINT, at=at, expires_at=at + lasts, sealed=sealed)


def ping() -> ec.Ping:
    return ec.Ping(endpoint_id=ENDPOINT, at=AT)


def delete_endpoint() -> ec.Delete:
    return ec.Delete(endpoint_id=ENDPOINT, at=AT)


def endpoint_created(**changes: Any) -> e.EndpointCreated:
    event = e.EndpointCreated(
        endpoint_id=ENDPOINT,
        at=AT,
        account=OWNER.account,
        livemode=OWNER.livemode,
        url=URL,
        enabled_events=("*",),
    )
    return replace(event, **changes)


def endpoint_updated(**changed: Any) -> e.EndpointUpdated:
    return e.EndpointUpdated(endpoint_id=ENDPOINT, at=AT, changed=changed)


def endpoint_disabled(**changes: Any) -> e.EndpointDisabled:
    event = e.EndpointDisabled(endpoint_id=ENDPOINT, at=AT + 9, reason="failing", since=AT)
    return replace(event, **changes)


def secret_rolled(
    generation: int, at: int = AT, lasts: int = 60, sealed: str | None = None
) -> e.EndpointSecretRolled:
    return e.EndpointSecretRolled(
        endpoint_id=ENDPOINT,
        at=at,
        generation=generation,
        expires_at=at + lasts,
        sealed=sealed,
    )


def pinged() -> e.EndpointPinged:
    return e.EndpointPinged(endpoint_id=ENDPOINT, at=AT)


def endpoint_deleted() -> e.EndpointDeleted:
    return e.EndpointDeleted(endpoint_id=ENDPOINT, at=AT)


def create_account(**changes: Any) -> ac.Create:
    return replace(ac.Create(account_id=OWNER.account, at=AT), **changes)


def update_account(**changes: Any) -> ac.Update:
    return ac.Update(account_id=OWNER.account, at=AT, changes=changes)


def add_key(**changes: Any) -> ac.AddKey:
    command = ac.AddKey(
        account_id=OWNER.account,
        at=AT,
        digest=DIGEST,
        kind="secret",
        livemode=False,
        masked="sk_test_****abcd",
    )
    return replace(command, **changes)


def revoke_key(digest: str = DIGEST) -> ac.RevokeKey:
    return ac.RevokeKey(account_id=OWNER.account, at=AT, digest=digest)


def expire_key(digest: str = DIGEST, expires_at: int = AT + 60) -> ac.ExpireKey:
    return ac.ExpireKey(account_id=OWNER.account, at=AT, digest=digest, expires_at=expires_at)


def account_created(**changes: Any) -> e.AccountCreated:
    return replace(e.AccountCreated(account_id=OWNER.account, at=AT), **changes)


def account_updated(**changed: Any) -> e.AccountUpdated:
    return e.AccountUpdated(account_id=OWNER.account, at=AT, changed=changed)


def key_expiring(expires_at: int = AT + 60) -> e.ApiKeyExpiring:
    return e.ApiKeyExpiring(account_id=OWNER.account, at=AT, digest=DIGEST, expires_at=expires_at)


def key_added(**changes: Any) -> e.ApiKeyAdded:
    event = e.ApiKeyAdded(
        account_id=OWNER.account,
        at=AT,
        digest=DIGEST,
        kind="secret",
        livemode=False,
        masked="sk_test_****abcd",
    )
    return replace(event, **changes)


def key_revoked(digest: str = DIGEST) -> e.ApiKeyRevoked:
    return e.ApiKeyRevoked(account_id=OWNER.account, at=AT, digest=digest)
