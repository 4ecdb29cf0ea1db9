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
from typing import Final

_PREFIX: Final = "whsec_"


def stripe_signature(body: bytes, secrets: Sequence[str], at: int) -> str:
    """
    Return the value of `Stripe-Signature` for *body* signed at *at* (Unix seconds).

    There is one `v1` for each of *secrets*, so that a rolled secret and its successor both
    verify while they overlap.
    """
    message = b"%d.%b" % (at, body)
    digests = (_hmac(secret.encode(), message).hex() for secret in secrets)
    return ",".join((f"t={at}", *(f"v1={digest}" for digest in digests)))


def standard_headers(
    event_id: str, body: bytes, secrets: Sequence[str], at: int
) -> Mapping[str, str]:
    """Return the three headers of Standard Webhooks for *body*, whose id is *event_id*."""
    message = b"%b.%d.%b" % (event_id.encode(), at, body)
    signatures = (_hmac(key_of(secret), message) for secret in secrets)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(f"v1,{_base64(each)}" for each in signatures),
    }


def key_of(secret: str) -> bytes:
    """Return the key bytes of a `whsec_…` *secret*. Raise `ValueError` if it holds none."""
    return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)


def _hmac(key: bytes, message: bytes) -> bytes:
    # `hmac.digest` lets other threads take the interpreter each time, however short the
    # message: the two signatures of a delivery then cost more than its request.
    return hmac.new(key, message, "sha256").digest()


def _base64(digest: bytes) -> str:
    return binascii.b2a_base64(digest, newline=False).decode()
