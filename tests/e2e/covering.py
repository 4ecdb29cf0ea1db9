"""Which operations calls are of: what each owes its caller, and which a test has left out."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION, OPERATIONS

# What no official SDK has a method for: Stripe.js asks for it.
_ONLY_BROWSERS: Final = frozenset({"POST /v1/confirmation_tokens"})

_PATTERNS: Final = [
    (operation, re.compile(re.sub(r"{\w+}", "[^/]+", operation.path)))
    for operation in EVERY_OPERATION
]


def left_out_of(calls: Iterable[tuple[str, str]]) -> set[str]:
    """Return the names of Stripe's operations that no method and path of *calls* is of."""
    called = {found.name for method, path in calls if (found := operation_of(method, path))}
    return {operation.name for operation in OPERATIONS} - called - _ONLY_BROWSERS


def operation_of(method: str, path: str) -> Operation | None:
    """Return the operation that *method* on *path* is, if it is one."""
    for operation, pattern in _PATTERNS:
        if operation.method == method and pattern.fullmatch(path):
            return operation
    return None


def assert_given(operation: Operation, told: Mapping[str, Any]) -> None:
    """Assert that what was *told* is what *operation* says that it gives."""
    match operation.shape:
        case "list":
            assert told["object"] == "list", told
            assert {one["object"] for one in told["data"]} <= {operation.gives}, told
        case "search":
            assert told["object"] == "search_result", told
        case "deleted":
            assert (told["object"], told["deleted"]) == (operation.gives, True), told
        case "object":
            assert told["object"] in (operation.gives, operation.past), told
