"""An error: the body of a refusal, and what a SetupIntent and its attempt keep of one."""

from typing import Annotated

from msgspec import UNSET

from service.wire.problems import ErrorType
from service.wire.resources.shape import Json, Maybe, Resource, whole


class ApiError(Resource, frozen=True, kw_only=True):
    """
    Nothing in here is null: what is not known is left out.

    So is `request_log_url`, which leads to a dashboard, and there is none; the id in the
    header `Request-Id` finds the call in the log.
    """

    advice_code: Maybe[str] = UNSET
    code: Maybe[str] = UNSET
    decline_code: Maybe[str] = UNSET
    doc_url: Maybe[str] = UNSET
    message: Maybe[str] = UNSET
    network_advice_code: Maybe[str] = UNSET
    network_decline_code: Maybe[str] = UNSET
    param: Maybe[str] = UNSET
    payment_method: Maybe[Annotated[Json, whole("payment_method")]] = UNSET
    payment_method_type: Maybe[str] = UNSET
    setup_intent: Maybe[Annotated[Json, whole("setup_intent")]] = UNSET
    type: ErrorType


class ErrorBody(Resource, frozen=True, kw_only=True):
    error: ApiError
