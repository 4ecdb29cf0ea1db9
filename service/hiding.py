"""
How personal data is hidden at rest, so that it can be forgotten.

Each event that tells of a person has a key of its own for what is personal in it, derived
from the master key and a seed of chance. The seed is kept beside the log and nowhere else.
Whoever has a copy of the log alone can read nothing personal in it, and once the seed is
destroyed nobody can. A key of its own for each event needs no look-up when it is written,
and is never used twice; a customer's are all those of the streams that belong to it.
"""

import secrets
from collections.abc import Callable
from typing import Final

from service.sealing import Sealing

SEED_LENGTH: Final = 16
# What stands in the place of a seed that was destroyed.
DESTROYED: Final = bytes(SEED_LENGTH)
_USE: Final = "personal"


class Hiding:
    """Hides and shows. *key_of* derives a key from a seed."""

    def __init__(self, key_of: Callable[[bytes], bytes]) -> None:
        self._key_of = key_of

    def hide(self, text: bytes, place: str) -> tuple[bytes, bytes]:
        """Return a new seed, and *text* hidden under it; it can be shown at *place* alone."""
        seed = secrets.token_bytes(SEED_LENGTH)
        return seed, Sealing(self._key_of(seed)).seal(text.decode(), _USE, place).encode()

    def show(self, hidden: bytes, seed: bytes, place: str) -> bytes:
        """Return the text that was *hidden* under *seed* at *place*. Raise `BrokenSeal`."""
        return Sealing(self._key_of(seed)).open(hidden.decode(), _USE, place).encode()
