"""How calls are turned down, status by status, in words for those who write clients."""

from typing import Any, Final

from service.api.operation import Operation
from service.reference.schemas import Schemas
from service.wire.resources.error import ErrorBody

REFUSALS: Final = {
    400: "A parameter is missing, unknown or not valid, names what is not there, or asks for "
    "what the object's state does not allow. Nothing was changed.",
    401: "There is no API key, or it is not valid.",
    402: "The card's issuer, or the bank, said no; a failed attempt is kept with the intent.",
    403: "The key may not make this call, or not for this account.",
    404: "There is no such object, or it is another account's.",
    405: "The path has no such method.",
    409: "Another request with this Idempotency-Key is still being carried out.",
    413: "The body is too large.",
    429: "There are too many requests, for the account or for one object at a time.",
    500: "Something went wrong on the server's side.",
    503: "What is asked for cannot be answered for a moment. Ask again.",
}
_DECLINED: Final = 402


def refusals_of(operation: Operation) -> dict[str, Any]:
    """Return the responses by which *operation* may be turned down."""
    return {
        str(status): {"$ref": f"#/components/responses/{status}"}
        for status in REFUSALS
        if status != _DECLINED or operation.method == "POST"
    }


def responses(schemas: Schemas) -> dict[str, Any]:
    """Return the responses that `refusals_of` refers to."""
    content = {"application/json": {"schema": schemas.reference(ErrorBody)}}
    return {
        str(status): {"description": description, "content": content}
        for status, description in REFUSALS.items()
    }
