"""
Names of things. The only room that uses `secrets`.

An id is a prefix and 24 base-62 characters: eight of time (milliseconds), three that count
within one millisecond, thirteen of chance. Ids made by one process therefore sort in the
order of their making, which keeps B-trees appending at their right edge and makes an id its
own place in a list. The digits sort as ASCII does.

Two kinds of ids are not made but derived, and can be read back: a setup attempt's from its
intent and its number, a Stripe event's from a stream and a version.
"""

import secrets
from functools import lru_cache
from itertools import count
from typing import Final

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SUFFIX_LENGTH: Final = 24
_TIME_LENGTH: Final = 8
_COUNT_LENGTH: Final = 3
_LAST_MS: Final = len(DIGITS) ** _TIME_LENGTH - 1
_CHANCE_LENGTH: Final = SUFFIX_LENGTH - _TIME_LENGTH - _COUNT_LENGTH
_KEY_LENGTH: Final = 48
_CHANCE_STOCK: Final = 256 * _CHANCE_LENGTH
_COUNT_LIMIT: Final = len(DIGITS) ** _COUNT_LENGTH
# A byte to a digit. Eight of the digits come a quarter more often, which costs a chance part
# of thirteen less than one of its 77 bits.
_DIGIT_OF_BYTE: Final = (DIGITS * 5)[:256].encode()
_VALUE: Final = {digit: value for value, digit in enumerate(DIGITS)}

# Which stream an evt_ id speaks of, in one letter.
_KIND_OF_PREFIX: Final = {
    "seti": "s",
    "pm": "p",
    "cus": "c",
    "we": "w",
    "acct": "a",
    "mandate": "m",
}
# Where a delivery comes from, in one letter: what happened, a replay, a resend.
_LETTER_OF_ORIGIN: Final = {"live": "l", "rpl": "p", "rsd": "s"}
_ORIGIN_OF_LETTER: Final = {letter: kind for kind, letter in _LETTER_OF_ORIGIN.items()}
_PREFIX_OF_KIND: Final = {kind: prefix for prefix, kind in _KIND_OF_PREFIX.items()}


@lru_cache(maxsize=8192)
def base62(number: int, width: int = 1) -> str:
    """Write *number* in base 62, padded on the left to *width* digits."""
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = DIGITS[rest] + digits
    return digits.rjust(width, "0")


def digits_of(chance: bytes) -> str:
    """Write bytes without structure (chance, a digest) as as many base-62 digits."""
    return chance.translate(_DIGIT_OF_BYTE).decode()


def unbase62(text: str) -> int:
    """Read a base-62 number. Raise `ValueError` at a foreign character or no character."""
    if not text:
        raise ValueError(text)
    number = 0
    for digit in text:
        value = _VALUE.get(digit)
        if value is None:
            raise ValueError(text)
        number = number * 62 + value
    return number


class IdMaker:
    """Makes ids that rise, even where the clock stands still or steps back."""

    def __init__(self) -> None:
        self._last_ms = 0
        self._time = base62(0, _TIME_LENGTH)
        self._count = count()
        self._chance = ""
        self._taken = 0

    def __call__(self, prefix: str, at_ms: int) -> str:
        """Return a new id of kind *prefix* (`"seti"`) for the instant *at_ms* (Unix, ms)."""
        if at_ms > self._last_ms:
            self._start(at_ms)
        number = next(self._count)
        if number >= _COUNT_LIMIT:
            self._start(self._last_ms + 1)
            number = next(self._count)
        chance = self._take_chance()
        return f"{prefix}_{self._time}{base62(number, _COUNT_LENGTH)}{chance}"

    def _take_chance(self) -> str:
        # Asking the system each time costs a system call, at which another thread may take
        # the interpreter away for longer than all the rest of a request needs.
        if self._taken >= len(self._chance):
            self._chance, self._taken = digits_of(secrets.token_bytes(_CHANCE_STOCK)), 0
        self._taken += _CHANCE_LENGTH
        return self._chance[self._taken - _CHANCE_LENGTH : self._taken]

    def _start(self, at_ms: int) -> None:
        self._last_ms = at_ms
        self._time = base62(at_ms, _TIME_LENGTH)
        self._count = count()


def first_suffix_at(at_ms: int) -> str:
    """Return the lowest suffix of any id made at or after *at_ms*: a bound for created filters."""
    return base62(min(max(at_ms, 0), _LAST_MS), _TIME_LENGTH)


def may_be_made(name: str, prefix: str) -> bool:
    """Say whether *name* could be an id of kind *prefix* that was made here."""
    kind, _, suffix = name.partition("_")
    return kind == prefix and len(suffix) == SUFFIX_LENGTH


def new_api_key(prefix: str) -> str:
    """Return a new API key that begins with *prefix* (`"sk_test"`), all else of it chance."""
    return f"{prefix}_{digits_of(secrets.token_bytes(_KEY_LENGTH))}"


def attempt_id(setup_intent_id: str, number: int) -> str:
    """Return the id of the *number*-th attempt of a SetupIntent, from 1."""
    return f"setatt_{setup_intent_id.removeprefix('seti_')}{base62(number)}"


def intent_of_attempt(attempt: str) -> str | None:
    """Return the SetupIntent that an attempt's id names, or None if it names none."""
    suffix = attempt.removeprefix("setatt_")
    if suffix == attempt or len(suffix) <= SUFFIX_LENGTH:
        return None
    return f"seti_{suffix[:SUFFIX_LENGTH]}"


def is_announced(stream: str) -> bool:
    """Say whether events of *stream* may be told to anybody, and so have ids."""
    return stream.partition("_")[0] in _KIND_OF_PREFIX


def event_id(stream: str, version: int) -> str:
    """Return the id under which the *version*-th event of *stream* is announced."""
    prefix, _, suffix = stream.partition("_")
    return f"evt_{_KIND_OF_PREFIX[prefix]}{suffix}{base62(version)}"


def place_of_event(event: str) -> tuple[str, int] | None:
    """Return (stream, version) of a Stripe event's id, or None where it cannot be one."""
    body = event.removeprefix("evt_")
    prefix = _PREFIX_OF_KIND.get(body[:1])
    suffix, version = body[1 : 1 + SUFFIX_LENGTH], body[1 + SUFFIX_LENGTH :]
    if body == event or prefix is None or not version or len(version) > _TIME_LENGTH:
        return None
    try:
        number = unbase62(version)
    except ValueError:
        return None
    return (f"{prefix}_{suffix}", number) if version == base62(number) else None


def delivery_id(event: str, endpoint: str, origin: str) -> str:
    """Return the id of a delivery: its origin, its endpoint and its event, reversibly."""
    kind, _, suffix = origin.partition("_")
    return f"dlv_{_LETTER_OF_ORIGIN[kind]}{suffix}{endpoint[3:]}{event[4:]}"


def parts_of_delivery(delivery: str) -> tuple[str, str, str] | None:
    """Return (event, endpoint, origin) of a delivery's id, or None where it cannot be one."""
    body = delivery.removeprefix("dlv_")
    kind = _ORIGIN_OF_LETTER.get(body[:1])
    if body == delivery or kind is None:
        return None
    sent_again = kind != "live"
    first = 1 + SUFFIX_LENGTH * sent_again
    origin = f"{kind}_{body[1:first]}" if sent_again else kind
    event, endpoint = f"evt_{body[first + SUFFIX_LENGTH :]}", f"we_{body[first:][:SUFFIX_LENGTH]}"
    return None if place_of_event(event) is None else (event, endpoint, origin)
