"""How a no is rendered: its status, its body, and whether an SDK is to try again."""

from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from projections.views import ViewsIncomplete
from service.api.call import Call
from service.api.idempotency import InFlight
from service.api.problems import Problem
from service.api.refusals import reply_to
from service.commands.path import Keyed
from service.commands.turns import LockTimeout
from service.domain.errors import ResourceMissing
from service.store.protocol import StoreUnavailable
from service.wire.bad_param import BadParam

RETRY = "Stripe-Should-Retry"
VERSION = "2026-08-26.dahlia"


def in_use() -> Problem:
    """Return what the second of two calls under one key is told."""
    keys = InFlight()
    held = SimpleNamespace(keyed=Keyed(b"digest", b"asked"), idempotency_key="twice")
    keys.hold(cast("Call", held))
    with pytest.raises(Problem) as refused:
        keys.hold(cast("Call", held))
    keys.release(cast("Call", held))
    keys.hold(cast("Call", held))
    return refused.value


# What went wrong; then status, type, code, and whether to try again.
ROWS: dict[str, tuple[Exception, int, str, str | None, str | None]] = {
    "a key in use": (in_use(), 409, "idempotency_error", "idempotency_key_in_use", "true"),
    "a lost race": (LockTimeout(), 429, "invalid_request_error", "lock_timeout", "true"),
    "lists that are rebuilt": (ViewsIncomplete(), 503, "api_error", None, "true"),
    "a store that is not there": (StoreUnavailable("gone"), 503, "api_error", None, "true"),
    "a bug": (ZeroDivisionError(), 500, "api_error", None, "false"),
    "a bad parameter": (
        BadParam("No.", code="parameter_unknown", param="wat"),
        400,
        "invalid_request_error",
        "parameter_unknown",
        None,
    ),
    "something missing": (
        ResourceMissing("customer", "cus_1", param="customer"),
        400,
        "invalid_request_error",
        "resource_missing",
        None,
    ),
    "something missing at its own address": (
        ResourceMissing("customer", "cus_1", param="customer", absent=True),
        404,
        "invalid_request_error",
        "resource_missing",
        None,
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_every_no_is_rendered(row: str) -> None:
    """Each has its status and Stripe's type and code, and tells SDKs what to do where it helps."""
    reason, status, kind, code, again = ROWS[row]
    answered = reply_to(reason, VERSION, "req_1")
    error: dict[str, Any] = msgspec.json.decode(answered.reply.body)["error"]
    assert (answered.reply.status, error["type"], error.get("code")) == (status, kind, code)
    assert answered.headers.get(RETRY) == again
    assert answered.version == VERSION


def test_a_bug_tells_nothing_but_the_request() -> None:
    """What failed is for the log alone."""
    answered = reply_to(ZeroDivisionError("4242424242424242"), VERSION, "req_1")
    assert b"4242" not in answered.reply.body
    assert b"req_1" in answered.reply.body
