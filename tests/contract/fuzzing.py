"""
Requests that schemathesis makes up from the API's own document, and what they are owed.

The same requests are made up in every run, so that a failure comes again. With
`FUZZ_REQUESTS` set, there are as many as it says, and others each time.
"""

import os
from collections import Counter
from collections.abc import Callable
from enum import Enum
from typing import Any, Final, cast
from urllib.parse import parse_qsl

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from service.reference.document import document
from tests.contract.likely import Choices
from tests.contract.living import Document, likely, with_choices
from tests.e2e.answers import assert_answered, is_as_declared
from tests.e2e.client import TIMEOUT_S, encoded
from tests.e2e.server import SECRET_KEY

_ASKED: Final = os.environ.get("FUZZ_REQUESTS")
# How many requests all files of this folder send together, at the least.
REQUESTS: Final = int(_ASKED or 10_000)

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


class Way(Enum):
    """How requests are made up: as the document says, against it, or of likely values."""

    ALLOWED = GenerationMode.POSITIVE, 0.3
    FORBIDDEN = GenerationMode.NEGATIVE, 0.07
    LIKELY = GenerationMode.POSITIVE, 0.7

    @property
    def mode(self) -> GenerationMode:
        return self.value[0]

    @property
    def examples(self) -> int:
        """How many requests to make up this way for each operation."""
        return int(REQUESTS / len(EVERY_OPERATION) * self.value[1])


def every_way_of(*paths: str) -> pytest.MarkDecorator:
    """Parametrise a test with each operation below one of *paths*, in each way."""
    cases = [
        pytest.param(operation, way, id=f"{operation.name}-{way.name}")
        for operation in EVERY_OPERATION
        if operation.path.startswith(paths) and operation.shape != "lines"
        for way in Way
    ]
    return pytest.mark.parametrize(("operation", "way"), cases)


def steady(**more: Any) -> settings:
    """Return settings with which hypothesis makes up, and does not hunt for small examples."""
    return settings(
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=_ASKED is None,
        **more,
    )


class Fuzzer:
    """
    Asks the server at *url* what its own document allows, and what it does not.

    *living* are the ids of objects that are there. *statuses* counts the answers by operation
    and status.
    """

    def __init__(self, url: str, living: Choices) -> None:
        told = told_at(url)
        as_told = schemathesis.openapi.from_dict(with_choices(told, {}))
        as_likely = schemathesis.openapi.from_dict(likely(told, living))
        self._schemas = {Way.ALLOWED: as_told, Way.FORBIDDEN: as_told, Way.LIKELY: as_likely}
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False  # There is nothing between us and the server.

    def close(self) -> None:
        self._session.close()

    @property
    def sending(self) -> dict[str, Any]:
        """How requests are sent."""
        return {
            "base_url": self.url,
            "headers": {"Authorization": f"Bearer {SECRET_KEY}"},
            "session": self._session,
            "timeout": TIMEOUT_S,
        }

    def fuzz(self, operation: Operation, way: Way) -> None:
        """Send as many requests of *operation* as there are to be, and check each answer."""
        before = self.statuses.total()
        asked = self._schemas[way][operation.path][operation.method]

        @steady(max_examples=way.examples)
        @given(case=asked.as_strategy(generation_mode=way.mode))
        def ask(case: Any) -> None:
            self.check(case, case.call(**self.sending))

        cast("Callable[[], None]", ask)()
        assert self.statuses.total() - before >= way.examples

    def check(self, case: Any, response: Response) -> None:
        """Hold an answer against the document, and against the declared resources."""
        self.statuses[case.operation.label, response.status_code] += 1
        sent = {str(name): str(value) for name, value in response.request.headers.items()}
        received = {name.lower(): values[-1] for name, values in response.headers.items()}
        assert_answered(response.status_code, received, response.content, sent)
        checks = CHECKS if is_as_declared(received, sent) else CHECKS[:-1]
        case.validate_response(response, checks=checks)


def told_at(url: str) -> Document:
    """Return the document of the API at *url*, as it is read."""
    told: Document = msgspec.json.decode(msgspec.json.encode(document(url)))
    return told


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Write nested values in brackets, numbering what is in lists."""
    if isinstance(case.body, dict):
        case.body = encoded(case.body)
    if isinstance(case.query, dict):
        case.query = dict(parse_qsl(encoded(case.query), keep_blank_values=True))
