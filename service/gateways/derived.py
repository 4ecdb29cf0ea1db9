"""
What a simulated provider makes up: references, buyers, agreements.

Everything is derived from the attempt or the account that it is about, so that the same
question is always answered with the same words.
"""

import base64
import hashlib

_BYTES = 20


def text(length: int, label: str, subject: str) -> str:
    """Return *length* capital letters and digits (32 at the most) for *label* of *subject*."""
    digest = hashlib.blake2b(f"{label}\0{subject}".encode(), digest_size=_BYTES).digest()
    return base64.b32encode(digest).decode()[:length]
