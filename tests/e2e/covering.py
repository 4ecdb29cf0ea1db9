"""Which operations the calls of a test come to, and which it has left out."""

import re
from collections.abc import Iterable
from typing import Final

from service.api.operation import Operation
from service.api.routes import OPERATIONS

# What no official SDK has a method for: Stripe.js asks for it.
_ONLY_BROWSERS: Final = frozenset({"POST /v1/confirmation_tokens"})


def left_out_of(calls: Iterable[tuple[str, str]]) -> set[str]:
    """Return the names of the operations that none of *calls*, each a method and a path, is of."""
    called = {name for method, path in calls if (name := operation_of(method, path))}
    return {operation.name for operation in OPERATIONS} - called - _ONLY_BROWSERS


def operation_of(method: str, path: str) -> str | None:
    """Return the name of the operation that *method* on *path* is, if it is one."""
    for operation in OPERATIONS:
        if operation.method == method and _pattern(operation).fullmatch(path):
            return operation.name
    return None


def _pattern(operation: Operation) -> re.Pattern[str]:
    return re.compile(re.sub(r"{\w+}", "[^/]+", operation.path))
