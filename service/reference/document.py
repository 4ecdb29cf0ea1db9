"""The whole OpenAPI document: what the API is, for tools."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from service.api.idempotency import KEY_LENGTH_MAX
from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from service.reference.operations import ANSWERED, paths_of
from service.reference.refusals import responses
from service.reference.schemas import Schemas
from service.wire.resources.error import ErrorBody
from service.wire.resources.setup_intent import PublicSetupIntent
from service.wire.versions import DEFAULT_VERSION, KNOWN

_SECURITY: Final = {
    "secretKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "A secret key: `Authorization: Bearer sk_...`.",
    },
    "secretKeyAsUser": {
        "type": "http",
        "scheme": "basic",
        "description": "A secret key as the user name, without a password: `curl -u sk_...:`.",
    },
    "publishableKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "A publishable key, `pk_...`, with the intent's `client_secret`.",
    },
}
_HEADERS: Final[Sequence[tuple[str, str, dict[str, Any]]]] = (
    (
        "Idempotency-Key",
        "Makes repeating the request safe for a day.",
        {"maxLength": KEY_LENGTH_MAX},
    ),
    ("Stripe-Account", "The connected account to act for. Stripe-Context names it as well.", {}),
    (
        "Stripe-Version",
        f"The API version to speak; {DEFAULT_VERSION} where none is named.",
        {"examples": list(KNOWN[-3:])},
    ),
)


@cache
def document(url: str, operations: Sequence[Operation] = EVERY_OPERATION) -> dict[str, Any]:
    """Return the document of the API that is served at *url*."""
    declared = [operation.takes for operation in operations]
    browsers = [operation.browser for operation in operations if operation.browser is not None]
    schemas = Schemas([ErrorBody, PublicSetupIntent, *declared, *browsers])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Seti",
            "summary": "SetupIntents, as Stripe's API has them.",
            "version": str(DEFAULT_VERSION),
        },
        "servers": [{"url": url}],
        "paths": paths_of(operations, schemas),
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "responses": responses(schemas),
            "parameters": {name: _header(name, text, more) for name, text, more in _HEADERS},
            "headers": {
                name: {"description": text, "required": True, "schema": {"type": "string"}}
                for name, text in ANSWERED.items()
            },
            "securitySchemes": _SECURITY,
        },
    }


def _header(name: str, description: str, more: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, **more}
    return {"name": name, "in": "header", "description": description, "schema": schema}
