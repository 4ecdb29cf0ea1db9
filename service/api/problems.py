"""
How a call is turned down for a reason that is not the domain's.

The domain's own reasons are `Refused`, a parameter's are `BadParam`; this room adds those of
HTTP. `refusals` renders all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from service.wire.problems import ErrorType

# What an SDK is told, in a header that overrules what it would decide by the status.
AGAIN: Final = {"Stripe-Should-Retry": "true"}
NOT_AGAIN: Final = {"Stripe-Should-Retry": "false"}


@dataclass(eq=False)
class Problem(Exception):
    """A call that is not carried out. *error_type*, *code* and *param* are Stripe's."""

    status: int
    message: str
    code: str | None = None
    param: str | None = None
    error_type: ErrorType = "invalid_request_error"
    headers: Mapping[str, str] = field(default_factory=dict)
