"""
How the commands call a running server: over HTTP, with a secret key, as any application would.

A command that asks a server is given the flags of `cli.calling.Server`, and gets a client:

    client = server.client()
    page = client.get("/seti/v1/things", {"limit": 10})
    made = client.post("/seti/v1/things", {"url": url, "types": ["card"]})
    for thing in client.pages("/seti/v1/things"): ...
    for line in client.lines("/seti/v1/log", {"after": 17}): ...

It catches nothing: `cli.main` ends a command whose server is not there with one line on
stderr and exit code 2 (`Unreachable`), and one that the API has refused with the refusal's
own sentence and exit code 1 (`ApiRefused`). No key is ever shown.
"""

from collections.abc import Mapping
from typing import Any

from service.config import CannotStart


class Unreachable(CannotStart):
    """The server does not answer, or what answers is no Seti. The sentence says which."""


class ApiRefused(Exception):
    """The server said no, with *status* and, where it told one, *code* and *param*."""

    def __init__(self, status: int, error: Mapping[str, Any]) -> None:
        super().__init__(str(error.get("message") or f"HTTP {status}"))
        self.status = status
        self.code: str | None = error.get("code")
        self.param: str | None = error.get("param")
