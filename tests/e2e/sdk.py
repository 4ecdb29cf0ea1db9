"""The official SDK, pointed at a server, with every answer that it receives checked."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import stripe

from tests.e2e.answers import assert_answered

# A `stripe.StripeClient` as tests use it. To its types, whatever may be expanded or null is
# a union, although each test knows which it asked for.
Sdk: TypeAlias = Any


class CheckedClient(stripe.RequestsClient):
    """The SDK's own HTTP client. It keeps what it asked for, and what it received last."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.sent: Mapping[str, str] = {}
        self.received: Mapping[str, str] = {}

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> Any:
        """Send as the SDK would, and check what comes back."""
        self.asked.append((method.upper(), url))
        self.sent = dict(headers or {})
        body, status, received = super().request(method, url, headers, post_data)
        self.received = {name.lower(): value for name, value in received.items()}
        asked = (method.upper(), urlsplit(url).path)
        assert_answered(status, self.received, body, self.sent, asked)
        return body, status, received


@contextmanager
def sdk(url: str, key: str, version: str | None = None) -> Iterator[Sdk]:
    """Give a client of the SDK that calls the server at *url* with *key*, and never retries."""
    with closing(CheckedClient()) as http_client:
        yield client_of(http_client, url, key, version)


def client_of(http_client: CheckedClient, url: str, key: str, version: str | None = None) -> Sdk:
    """Return a client of the SDK that calls the server at *url* through *http_client*."""
    return stripe.StripeClient(
        key,
        base_addresses={"api": url},
        http_client=http_client,
        max_network_retries=0,
        stripe_version=version,
    )


@contextmanager
def module_level(url: str, key: str) -> Iterator[CheckedClient]:
    """Point the SDK's module-level API at the server at *url* while the block runs."""
    settings = ("api_base", "api_key", "default_http_client", "max_network_retries")
    kept = [getattr(stripe, name) for name in settings]
    with closing(CheckedClient()) as http_client:
        try:
            for name, value in zip(settings, (url, key, http_client, 0), strict=True):
                setattr(stripe, name, value)
            yield http_client
        finally:
            for name, value in zip(settings, kept, strict=True):
                setattr(stripe, name, value)
