"""
Webhook endpoints as our own operations show them: Stripe's fields, and more.

Stripe's object stays true to the letter. What is ours is folded from the log when it is asked
for, and is in no view; an account has few endpoints, and their streams are short.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from projections.endpoint import status_details
from projections.fold import show
from projections.view import ordered
from service.api.call import Call
from service.commands.unit import Unit
from service.domain import endpoint as decider
from service.domain.endpoint_health import UNTRIED, Fared, tried_anew
from service.domain.endpoint_state import Endpoint
from service.domain.signing_secrets import valid
from service.reveal import secret_marker

KIND: Final = "endpoint"

# A value whose end is shown is long enough that the rest of it stays a secret.
_SHOWN: Final = 4
_HIDDEN_MIN: Final = 12

View = dict[str, Any]


async def of_unit(call: Call, unit: Unit, name: str, *, with_secret: bool = False) -> View:
    """Return what *unit* has made of the endpoint *name*; the newest secret is shown if asked."""
    shown = unit.shown(name)
    assert shown is not None  # noqa: S101 (It was decided upon.)
    fared = await call.house.health([name])
    endpoint: Endpoint = unit.state(name)
    more = {"secret": secret_marker(name, endpoint.secrets[0])} if with_secret else {}
    return _whole(call, {**shown.view, **more}, endpoint, fared.get(name, UNTRIED))


async def found(call: Call, names: Sequence[str]) -> list[View | None]:
    """Return the caller's endpoints *names*, None for what is no endpoint of the caller's."""
    histories = await call.house.store.load_many([(name, None) for name in names])
    fared = await call.house.health(names)
    shown = [show(history) for history in histories]
    return [
        None
        if one is None or one.owner != call.owner or one.view.get("deleted")
        else _whole(
            call,
            one.view,
            decider.fold(recorded.event for recorded in history),
            fared.get(name, UNTRIED),
        )
        for name, one, history in zip(names, shown, histories, strict=True)
    ]


def opened_headers(call: Call, endpoint: Endpoint) -> dict[str, str]:
    """Return the headers that are sent to *endpoint*, whole."""
    kept: Mapping[str, str] = endpoint.attributes["headers"]
    open_header = call.house.keyring.open_header
    return {name: open_header(endpoint.id, name, sealed) for name, sealed in kept.items()}


def _whole(call: Call, view: View, endpoint: Endpoint, fared: Fared) -> View:
    headers = opened_headers(call, endpoint)
    disabled = endpoint.disabled
    return ordered(
        {
            **view,
            "object": KIND,
            "headers": {name: _masked(headers[name]) for name in sorted(headers)},
            "health": _health(fared, endpoint.tried_from),
            "ordered": endpoint.attributes["ordered"],
            "secrets": [
                {"created": secret.created, "expires_at": secret.expires_at}
                for secret in valid(endpoint.secrets, call.at)
            ],
            "status_details": None if disabled is None else status_details(disabled),
        }
    )


def _health(fared: Fared, tried_from: int) -> View:
    # The ledger comes to know a moment later that an endpoint is tried anew.
    health = tried_anew(fared.health, tried_from)
    return {
        "failing_since": _seconds(health.failing_since),
        "failures": health.failures,
        "last_failure_at": _seconds(health.last_failure_at),
        "last_outcome": health.last_outcome,
        "last_status": health.last_status,
        "last_success_at": _seconds(health.last_success_at),
        "open": fared.open,
        "parked": fared.parked,
    }


def _seconds(at_ms: int | None) -> int | None:
    return None if at_ms is None else at_ms // 1000


def _masked(value: str) -> str:
    """Return a header's value as it may be shown: its end, if enough of it is hidden."""
    return "*" * 8 + (value[-_SHOWN:] if len(value) >= _SHOWN + _HIDDEN_MIN else "")
