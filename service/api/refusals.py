"""
Every no, rendered: the domain's, a parameter's, HTTP's, and our own bugs.

A bug is told by the id of the request and nothing else; its traceback goes to the log.
"""

from typing import Any, cast

import structlog

from projections.views import ViewsIncomplete
from service.api.answers import Answered, json_reply
from service.api.problems import AGAIN, NOT_AGAIN, Problem
from service.commands.turns import LockTimeout
from service.domain.errors import CardRefused, Refused
from service.store.protocol import StoreUnavailable
from service.wire.bad_param import BadParam
from service.wire.problems import ErrorType, problem, problem_of

log = structlog.get_logger()


def reply_to(reason: Exception, version: str | None, request_id: str) -> Answered:
    """Return the answer that tells of *reason*."""
    match reason:
        case BadParam():
            return Answered(json_reply(problem_of(reason), 400), version)
        case Problem():
            return _problem(reason, version)
        case Refused():
            return Answered(json_reply(error_of(reason), status_of(reason)), version)
        case LockTimeout():
            text = "The object is being changed by other requests. Try again in a moment."
            body = problem("invalid_request_error", text, code="lock_timeout")
            return Answered(json_reply(body, 429), version, headers=AGAIN)
        case ViewsIncomplete():
            return _unavailable("Lists are being rebuilt. Try again in a moment.", version)
        case StoreUnavailable():
            return _unavailable("The store does not answer. Try again in a moment.", version)
        case _:
            log.error("request.failed", request=request_id, exc_info=reason)
            text = f"Something went wrong on our side. The request's id is {request_id}."
            return Answered(json_reply(problem("api_error", text), 500), version, headers=NOT_AGAIN)


def status_of(refused: Refused) -> int:
    """Return the HTTP status of a refusal."""
    if refused.declined:
        return 402
    return 404 if refused.absent else 400


def error_of(refused: Refused, **beside: Any) -> dict[str, Any]:
    """Return the body of a refusal. *beside* are objects shown beside it (`setup_intent`)."""
    if isinstance(refused, CardRefused):
        return {"error": {**refused.reason.as_error(), **beside}}
    kind = cast("ErrorType", refused.type)
    return problem(kind, refused.message, code=refused.code, param=refused.param, **beside)


def _problem(reason: Problem, version: str | None) -> Answered:
    body = problem(reason.error_type, reason.message, code=reason.code, param=reason.param)
    return Answered(json_reply(body, reason.status), version, headers=reason.headers)


def _unavailable(text: str, version: str | None) -> Answered:
    return Answered(json_reply(problem("api_error", text), 503), version, headers=AGAIN)
