"""What only we and an endpoint's owner know of it: its signing secrets, its headers' values."""

from functools import lru_cache
from typing import Final

from service.domain.signing_secrets import valid
from service.keyring import Keyring
from service.webhooks.ledger.values import Endpoint

# They are kept for a while: deriving one costs as much as signing with it.
_KEPT_MAX: Final = 4096


class Credentials:
    """Reads them with *keyring*. They are never written down."""

    def __init__(self, keyring: Keyring) -> None:
        self._secret = lru_cache(_KEPT_MAX)(keyring.signing_secret)
        self._header = lru_cache(_KEPT_MAX)(keyring.open_header)

    def secrets(self, endpoint: Endpoint, at: float) -> tuple[str, ...]:
        """Return the secrets that sign *at* an instant (Unix seconds), the newest first."""
        return tuple([self._secret(endpoint.id, secret) for secret in valid(endpoint.secrets, at)])

    def headers(self, endpoint: Endpoint) -> dict[str, str]:
        """Return the headers that the owner wants sent along."""
        return {
            name: self._header(endpoint.id, name, sealed)
            for name, sealed in endpoint.headers.items()
        }
