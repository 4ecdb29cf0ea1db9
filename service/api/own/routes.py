"""Every operation that Stripe does not have, and the handler that answers it."""

from dataclasses import replace
from typing import Final

from service.api import events as told
from service.api.operation import Group, Operation
from service.api.own import (
    attempts,
    customers,
    deliveries,
    endpoints,
    events,
    listeners,
    log,
    replays,
)
from service.api.own.past import WEBHOOK_ENDPOINTS
from service.api.own.past_routes import PAST_OPERATIONS
from service.wire.params import customers as cus
from service.wire.params import deliveries as dlv
from service.wire.params import endpoints as we
from service.wire.params import log as log_params

_LOG: Final = Group("/seti/v1/log", log.KIND, "log")

_CUSTOMERS: Final = Group("/seti/v1/customers", customers.KIND, "customers")
_EVENTS: Final = Group("/seti/v1/events", events.KIND, "events")
_LISTENERS: Final = Group("/seti/v1/listeners", listeners.KIND, "webhook_endpoints")
_ENDPOINTS: Final = Group("/seti/v1/webhook_endpoints", endpoints.KIND, "webhook_endpoints")
_DELIVERIES: Final = Group("/seti/v1/deliveries", deliveries.KIND, "webhook_endpoints")
_ATTEMPTS: Final = Group(
    "/seti/v1/deliveries/{delivery}/attempts", attempts.KIND, "webhook_endpoints"
)
_REPLAYS: Final = Group("/seti/v1/replays", replays.KIND, "webhook_endpoints")

OWN_OPERATIONS: Final[tuple[Operation, ...]] = (
    *PAST_OPERATIONS,
    _LOG.lines("", log.read, log_params.LogParams),
    _CUSTOMERS.post("/{customer}/forget", customers.forget, cus.CustomerForgetParams),
    _EVENTS.lines("/stream", events.stream, log_params.EventStreamParams),
    _LISTENERS.post("", listeners.create, log_params.ListenerCreateParams),
    _ENDPOINTS.post("", endpoints.create, we.EndpointCreateParams),
    _ENDPOINTS.list(endpoints.list_all, we.EndpointListParams),
    replace(
        _ENDPOINTS.get("/{webhook_endpoint}", endpoints.retrieve, we.EndpointRetrieveParams),
        past=WEBHOOK_ENDPOINTS.kind,
    ),
    _ENDPOINTS.post("/{webhook_endpoint}", endpoints.update, we.EndpointUpdateParams),
    _ENDPOINTS.post(
        "/{webhook_endpoint}/roll_secret", endpoints.roll_secret, we.EndpointRollSecretParams
    ),
    replace(
        _ENDPOINTS.post("/{webhook_endpoint}/ping", endpoints.ping, we.EndpointPingParams),
        gives=told.KIND,
    ),
    _DELIVERIES.list(deliveries.list_all, dlv.DeliveryListParams),
    _DELIVERIES.get("/{delivery}", deliveries.retrieve, dlv.DeliveryRetrieveParams),
    _DELIVERIES.post("/{delivery}/resend", deliveries.resend, dlv.DeliveryResendParams),
    _ATTEMPTS.list(attempts.list_attempts, dlv.AttemptListParams),
    _REPLAYS.post("", replays.create, dlv.ReplayCreateParams),
    _REPLAYS.list(replays.list_all, dlv.ReplayListParams),
    _REPLAYS.get("/{replay}", replays.retrieve, dlv.ReplayRetrieveParams),
    _REPLAYS.post("/{replay}/pause", replays.pause, dlv.ReplayTurnParams),
    _REPLAYS.post("/{replay}/resume", replays.resume, dlv.ReplayTurnParams),
    _REPLAYS.post("/{replay}/cancel", replays.cancel, dlv.ReplayTurnParams),
)
