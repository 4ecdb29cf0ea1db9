"""Endpoints as rows of the ledger, and back."""

import json
from typing import Any, Final

import msgspec

from service.domain.signing_secrets import SigningSecret, first_secret
from service.domain.values import Owner
from service.webhooks.ledger.values import Endpoint

_secrets: Final = msgspec.json.Decoder(tuple[SigningSecret, ...]).decode


def row_of(endpoint: Endpoint) -> dict[str, Any]:
    """Return *endpoint* as the parameters of `put_endpoint`."""
    return {
        "id": endpoint.id,
        "account": endpoint.owner.account,
        "livemode": endpoint.owner.livemode,
        "url": endpoint.url,
        "enabled_events": json.dumps(sorted(endpoint.enabled_events)),
        "enabled": endpoint.enabled,
        "api_version": endpoint.api_version,
        "since": endpoint.since,
        "connect": endpoint.connect,
        "ordered": endpoint.ordered,
        "headers": json.dumps(dict(endpoint.headers)),
        "secrets": msgspec.json.encode(endpoint.secrets).decode(),
        "tried_from": endpoint.tried_from,
        "parked_upto": endpoint.parked_upto,
    }


def endpoint_of(row: tuple[Any, ...]) -> Endpoint:
    """Return a *row* of `endpoints` as an endpoint."""
    id_, account, livemode, url, enabled_events, enabled, api_version, since, *more = row
    connect, ordered, headers, secrets, tried_from, parked_upto = more
    return Endpoint(
        id=id_,
        owner=Owner(account, bool(livemode)),
        url=url,
        enabled_events=frozenset(json.loads(enabled_events)),
        enabled=bool(enabled),
        api_version=api_version,
        since=since,
        connect=bool(connect),
        ordered=bool(ordered),
        headers=json.loads(headers),
        # A ledger from before secrets were rolled says nothing of them.
        secrets=_secrets(secrets) or (first_secret(0),),
        tried_from=tried_from,
        parked_upto=parked_upto,
    )
