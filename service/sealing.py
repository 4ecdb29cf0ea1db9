"""
Secrets that somebody else chose, and that we have to send or to sign with: kept encrypted.

What is sealed is bound to its *use* and its *subject*, so that a text which was put in
another's place by hand does not open there. The cipher is AES-256-GCM, the nonce random.
"""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_LENGTH: Final = 32
_NONCE_LENGTH: Final = 12


class BrokenSeal(Exception):
    """What was sealed does not open: it was altered, moved, or sealed with another key."""


class Sealing:
    """Seals texts with *key*, of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, text: str, use: str, subject: str) -> str:
        """Return *text* as it may be kept, in characters of base64url."""
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        sealed = self._cipher.encrypt(nonce, text.encode(), _bound_to(use, subject))
        return urlsafe_b64encode(nonce + sealed).rstrip(b"=").decode()

    def open(self, sealed: str, use: str, subject: str) -> str:
        """Return the text that was *sealed* for this use and subject. Raise `BrokenSeal`."""
        try:
            kept = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
            nonce, cipher_text = kept[:_NONCE_LENGTH], kept[_NONCE_LENGTH:]
            return self._cipher.decrypt(nonce, cipher_text, _bound_to(use, subject)).decode()
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise BrokenSeal(f"What was sealed as a {use} of {subject} does not open.") from error


def _bound_to(use: str, subject: str) -> bytes:
    return f"{use}\0{subject}".encode()
