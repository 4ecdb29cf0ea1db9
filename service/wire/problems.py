"""
The body of an error, as every Stripe SDK reads it.

An SDK tells an error from an answer by the top-level `error`, and picks its exception by the
status, `type` and `code`. Inside `error` nothing is null: what is not known is left out.
"""

from typing import Any, Final, Literal, TypeAlias

from service.wire.bad_param import BadParam, without_numbers

ErrorType: TypeAlias = Literal[
    "api_error", "card_error", "idempotency_error", "invalid_request_error"
]

_DOCS: Final = "https://stripe.com/docs/error-codes"


def error_object(kind: ErrorType, message: str, **more: Any) -> dict[str, Any]:
    """
    Return the error itself, as it also stands in `last_setup_error`.

    *more* are its further fields by Stripe's names (`code`, `param`, `decline_code`,
    `payment_method`, ...). A `code` brings its `doc_url`. Fields that are None are left out.
    """
    code = more.get("code")
    fields = {"type": kind, "message": message, "doc_url": code and doc_url(code), **more}
    return {name: fields[name] for name in sorted(fields) if fields[name] is not None}


def problem(kind: ErrorType, message: str, **more: Any) -> dict[str, Any]:
    """
    Return the whole body of an error answer. *more* is as in `error_object`.

    The *message* may name what a caller took for an id, so numbers of accounts are blotted out.
    """
    return {"error": error_object(kind, without_numbers(message), **more)}


def problem_of(refusal: BadParam) -> dict[str, Any]:
    """Return the whole body that tells of a bad parameter."""
    return problem("invalid_request_error", refusal.message, code=refusal.code, param=refusal.param)


def doc_url(code: str) -> str:
    """Return where Stripe explains *code*."""
    return f"{_DOCS}/{code.replace('_', '-')}"
