"""
What every answer owes its caller, whoever asked and whatever came of it.

Every client of these tests passes what it received through `assert_answered`, so an answer
that drifts from its declaration fails the test that happened to see it first.
"""

import json
import os
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from service.api.lines import KIND as LINES
from service.wire.versions import DEFAULT_VERSION, parse_version
from tests.e2e.covering import assert_given, operation_of
from tests.shapes import assert_shaped

# The keys of a SetupIntent that its publishable key may be shown, in their order.
PUBLIC: Final = (
    "id",
    "object",
    "cancellation_reason",
    "client_secret",
    "created",
    "description",
    "last_setup_error",
    "livemode",
    "next_action",
    "payment_method",
    "payment_method_types",
    "status",
    "usage",
)
_OK: Final = 200
_UNAVAILABLE: Final = 503
_RECORD: Final = os.environ.get("RECORD_ANSWERS")


def assert_answered(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    sent: Mapping[str, str],
    asked: tuple[str, str] | None = None,
) -> None:
    """
    Assert what holds of every answer of the API; *headers* have names in small letters.

    *asked* is the method and the path that it answers, where they are known.
    """
    assert headers["request-id"].startswith("req_"), headers
    assert status < 500 or status == _UNAVAILABLE, body
    if headers["content-type"] == LINES:
        assert status == _OK, body
        for line in body.splitlines():
            assert_all_shaped(json.loads(line))
        return
    assert headers["content-type"] == "application/json", headers
    if not body:
        return
    told = json.loads(body)
    assert ("error" in told) is (status >= 400), body
    if "error" in told:
        assert_shaped({"error": {k: v for k, v in told["error"].items() if k != "setup_intent"}})
    operation = operation_of(*asked) if asked and status == _OK else None
    if operation is not None:
        assert_given(operation, told)
    if is_as_declared(headers, sent):
        assert_all_shaped(told, public=_is_publishable(sent))
        _record(body)


def _record(body: bytes) -> None:
    """Keep *body* for `tests.contract.recorded`, where somebody asked for that."""
    if _RECORD:
        with Path(_RECORD).open("ab") as kept:
            kept.write(json.dumps(json.loads(body)).encode() + b"\n")


def is_as_declared(headers: Mapping[str, str], sent: Mapping[str, str]) -> bool:
    """
    Tell whether an answer has everything that is declared.

    Older versions are shown less; their own tests say what. A replay is in the version of
    the call that was answered first.
    """
    name = sent.get("Stripe-Version", headers.get("stripe-version"))
    if "idempotent-replayed" in headers:
        return False
    if name is None:
        return True
    try:
        return parse_version(name).is_since(str(DEFAULT_VERSION))
    except Exception:  # noqa: BLE001 - a version that is none is refused in the default's shape
        return True


def _is_publishable(sent: Mapping[str, str]) -> bool:
    scheme, _, credentials = sent.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        credentials = b64decode(credentials).decode(errors="replace")
    return credentials.startswith("pk_")


def assert_all_shaped(told: Any, *, public: bool = False) -> None:
    """Hold every object in *told* against its declaration, wherever it is embedded."""
    if isinstance(told, list):
        for one in told:
            assert_all_shaped(one, public=public)
        return
    if not isinstance(told, Mapping):
        return
    if public and told.get("object") == "setup_intent":
        assert tuple(told) == PUBLIC, list(told)
    elif isinstance(told.get("object"), str):
        assert_shaped(told)
    for name, value in told.items():
        if name != "metadata":
            assert_all_shaped(value, public=public)
