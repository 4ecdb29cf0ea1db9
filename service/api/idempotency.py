"""
Idempotency-Key: one key, one execution, one answer, for a day.

The answer is kept in the transaction of the command itself, whose unique key is the lock
(`store`). What is here is the rest: which requests are keyed, that two of them are not in
flight at once, and that a key is not used for something else.
"""

import hmac
from typing import Final

from aiohttp import web

from service.api.answers import Answered
from service.api.call import Call
from service.api.problems import AGAIN, Problem
from service.commands.path import Keyed, Reply
from service.store.protocol import Answer

KEY_LENGTH_MAX: Final = 255


def key_of_request(request: web.Request) -> str | None:
    """Return the request's key, if it is a POST and has one. Raise `Problem` for a bad one."""
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method != "POST":
        return None
    if not key.strip():
        raise Problem(400, "An Idempotency-Key must not be empty.")
    # What is no UTF-8 comes in as surrogates, which cannot be encoded again.
    if not key.isprintable():
        raise Problem(400, "An Idempotency-Key must be printable text.")
    if len(key) > KEY_LENGTH_MAX:
        raise Problem(
            400,
            f"An Idempotency-Key may have {KEY_LENGTH_MAX} characters, and this one has "
            f"{len(key)}.",
        )
    return key


def shown_key(request: web.Request) -> str | None:
    """Return the request's key as a refusal may echo it: one that can be none is left out."""
    try:
        return key_of_request(request)
    except Problem:
        return None


def keyed_request(call: Call, fingerprint: bytes) -> Keyed | None:
    """
    Return what the call's answer is kept under, or None where it has no key.

    What one kind of API key asks for is not what another does, although the parameters are
    the same: a browser that guesses a key is not to be shown what a server was answered.
    """
    if call.idempotency_key is None:
        return None
    kind = call.principal.kind
    if kind != "secret":
        fingerprint = call.house.keyring.request_fingerprint(kind.encode(), fingerprint)
    mode = "live" if call.owner.livemode else "test"
    digest = call.house.keyring.idempotency_digest(call.owner.account, mode, call.idempotency_key)
    return Keyed(digest, fingerprint)


def replay(call: Call, answer: Answer) -> Answered:
    """Return the earlier *answer*, byte for byte. Raise `Problem` if it answered something else."""
    key = call.idempotency_key
    if call.keyed is None or not hmac.compare_digest(call.keyed.fingerprint, answer.fingerprint):
        raise Problem(
            400,
            f"The Idempotency-Key '{key}' was first used with another path, other parameters or "
            "another kind of API key. Repeat those, or choose a new key.",
            error_type="idempotency_error",
        )
    reply = Reply(answer.status, answer.body)
    return Answered(reply, str(call.version), key, replayed=answer.request)


class InFlight:
    """The keys of the requests that this process is carrying out."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()

    def hold(self, call: Call) -> None:
        """Hold the call's key, if it has one. Raise `Problem` (409) while another call does."""
        if call.keyed is None:
            return
        if call.keyed.digest in self._digests:
            raise Problem(
                409,
                "Another request with this Idempotency-Key is still being carried out: "
                f"{call.idempotency_key}. Try again in a moment.",
                "idempotency_key_in_use",
                error_type="idempotency_error",
                headers=AGAIN,
            )
        self._digests.add(call.keyed.digest)

    def release(self, call: Call) -> None:
        """Let others have the key."""
        if call.keyed is not None:
            self._digests.discard(call.keyed.digest)
