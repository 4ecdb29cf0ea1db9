"""Every operation there is, and the handler that answers it. The path's parts are `param`s."""

from typing import Final

from service.api import (
    customers,
    events,
    payment_methods,
    setup_attempts,
    setup_intents,
    webhook_endpoints,
)
from service.api.door import Handler, Operation


def _get(path: str, handler: Handler, *, publishable: bool = False) -> Operation:
    return Operation(method="GET", path=path, handler=handler, publishable=publishable)


def _post(path: str, handler: Handler, *, publishable: bool = False) -> Operation:
    return Operation(method="POST", path=path, handler=handler, publishable=publishable)


def _delete(path: str, handler: Handler) -> Operation:
    return Operation(method="DELETE", path=path, handler=handler)


OPERATIONS: Final = (
    _post("/v1/setup_intents", setup_intents.create),
    _get("/v1/setup_intents", setup_intents.list_all),
    _get("/v1/setup_intents/{intent}", setup_intents.retrieve, publishable=True),
    _post("/v1/setup_intents/{intent}", setup_intents.update),
    _post("/v1/setup_intents/{intent}/confirm", setup_intents.confirm, publishable=True),
    _post("/v1/setup_intents/{intent}/cancel", setup_intents.cancel),
    _get("/v1/setup_attempts", setup_attempts.list_all),
    _post("/v1/payment_methods", payment_methods.create, publishable=True),
    _get("/v1/payment_methods", payment_methods.list_all),
    _get("/v1/payment_methods/{payment_method}", payment_methods.retrieve),
    _post("/v1/payment_methods/{payment_method}", payment_methods.update),
    _post("/v1/payment_methods/{payment_method}/attach", payment_methods.attach),
    _post("/v1/payment_methods/{payment_method}/detach", payment_methods.detach),
    _post("/v1/customers", customers.create),
    _get("/v1/customers", customers.list_all),
    _get("/v1/customers/{customer}", customers.retrieve),
    _post("/v1/customers/{customer}", customers.update),
    _delete("/v1/customers/{customer}", customers.delete),
    _get("/v1/customers/{customer}/payment_methods", customers.list_payment_methods),
    _get(
        "/v1/customers/{customer}/payment_methods/{payment_method}",
        customers.retrieve_payment_method,
    ),
    _get("/v1/events", events.list_all),
    _get("/v1/events/{id}", events.retrieve),
    _post("/v1/webhook_endpoints", webhook_endpoints.create),
    _get("/v1/webhook_endpoints", webhook_endpoints.list_all),
    _get("/v1/webhook_endpoints/{webhook_endpoint}", webhook_endpoints.retrieve),
    _post("/v1/webhook_endpoints/{webhook_endpoint}", webhook_endpoints.update),
    _delete("/v1/webhook_endpoints/{webhook_endpoint}", webhook_endpoints.delete),
)
