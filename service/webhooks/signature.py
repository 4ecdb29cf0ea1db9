"""
How a receiver knows that a delivery is ours. Pure: bytes in, header values out.

Two families are sent with every request. Stripe's is keyed with the whole `whsec_…` text.
Standard Webhooks' is keyed with the bytes that the part after `whsec_` stands for in base64;
our secrets have 32 characters of base 62, which is the base64 of 24 bytes, so that family's
libraries take the very same secret as it is.
"""

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_PREFIX: Final = "whsec_"
# As many secrets sign without being taken in anew for each body.
_KEPT_MAX: Final = 4096


class _Keyed(NamedTuple):
    """A secret, ready to sign: as Stripe has it, and as Standard Webhooks has it."""

    stripe: hmac.HMAC
    standard: hmac.HMAC


def stripe_signature(body: bytes, secrets: Sequence[str], at: int) -> str:
    """
    Return the value of `Stripe-Signature` for *body* signed at *at* (Unix seconds).

    There is one `v1` for each of *secrets*, so that a rolled secret and its successor both
    verify while they overlap.
    """
    message = b"%d.%b" % (at, body)
    digests = [_signed(_keyed(secret).stripe, message).hex() for secret in secrets]
    return f"t={at},v1=" + ",v1=".join(digests)


def standard_headers(
    event_id: str, body: bytes, secrets: Sequence[str], at: int
) -> Mapping[str, str]:
    """Return the three headers of Standard Webhooks for *body*, whose id is *event_id*."""
    message = b"%b.%d.%b" % (event_id.encode(), at, body)
    signatures = [_base64(_signed(_keyed(secret).standard, message)) for secret in secrets]
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(at),
        "webhook-signature": "v1," + " v1,".join(signatures),
    }


def key_of(secret: str) -> bytes:
    """Return the key bytes of a `whsec_…` *secret*. Raise `ValueError` if it holds none."""
    return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)


@lru_cache(_KEPT_MAX)
def _keyed(secret: str) -> _Keyed:
    # `hmac.digest` lets other threads take the interpreter each time, however short the
    # message: the two signatures of a delivery then cost more than its request.
    return _Keyed(
        hmac.new(secret.encode(), digestmod="sha256"), hmac.new(key_of(secret), digestmod="sha256")
    )


def _signed(keyed: hmac.HMAC, message: bytes) -> bytes:
    signing = keyed.copy()
    signing.update(message)
    return signing.digest()


def _base64(digest: bytes) -> str:
    return binascii.b2a_base64(digest, newline=False).decode()
