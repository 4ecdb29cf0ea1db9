"""
Which secrets sign what an endpoint is told, and until when.

A roll adds a secret, and lets the older ones sign on for a while, so that a receiver can be
given the new one in its own time. When that ends nobody has to do anything: what is valid is
asked anew for every signature. Pure: what a secret's text is, the keyring knows.
"""

from collections.abc import Iterable
from typing import Final

from service.domain.events.endpoint import EndpointSecretRolled
from service.domain.values import Value, replace

# Each of them is a signature more in every request.
SECRETS_MAX: Final = 4
OVERLAP_MAX_S: Final = 86_400


class SigningSecret(Value, frozen=True, kw_only=True):
    """
    A secret that signs until *expires_at* (Unix seconds; None: until it is rolled).

    It is derived from its *generation*, or *sealed* where the owner chose it.
    """

    generation: int
    created: int
    expires_at: int | None = None
    sealed: str | None = None

    def has_expired(self, at: float) -> bool:
        """Say whether the secret signs nothing any more *at* an instant."""
        return self.expires_at is not None and self.expires_at <= at


def first_secret(created: int) -> SigningSecret:
    """Return the secret that every endpoint begins with."""
    return SigningSecret(generation=0, created=created)


def valid(secrets: Iterable[SigningSecret], at: float) -> tuple[SigningSecret, ...]:
    """Return those of *secrets* that sign *at* an instant, in their order: the newest first."""
    return tuple([secret for secret in secrets if not secret.has_expired(at)])


def rolled(
    secrets: Iterable[SigningSecret], event: EndpointSecretRolled
) -> tuple[SigningSecret, ...]:
    """Return *secrets* as they are after *event*, the newest first."""
    new = SigningSecret(generation=event.generation, created=event.at, sealed=event.sealed)
    older = (
        replace(secret, expires_at=_earlier(secret.expires_at, event.expires_at))
        for secret in secrets
    )
    return (new, *valid(older, event.at))


def _earlier(expires_at: int | None, other: int) -> int:
    return other if expires_at is None else min(expires_at, other)
