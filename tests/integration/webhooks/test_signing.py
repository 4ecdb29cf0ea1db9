"""What is sent beside a body: a signature for each valid secret, and the owner's headers."""

import base64
import hashlib
import hmac
from typing import Final

import pytest
import stripe
from msgspec.structs import replace

from service.domain import events as e
from service.domain.signing_secrets import SigningSecret
from tests import histories as h
from tests.eventually import eventually
from tests.receivers import OK, Received, Receiver, in_turn, receiver, status
from tests.subscribing import KEYRING, Clock, House, telling

CHOSEN: Final = "whsec_" + base64.b64encode(b"a key of more than 24 bytes").decode()
NOW: Final = 1_790_000_000


def rolled(endpoint: str, generation: int, lasts: int, sealed: str | None = None) -> e.Event:
    return e.EndpointSecretRolled(
        endpoint_id=endpoint,
        at=NOW,
        generation=generation,
        expires_at=NOW + lasts,
        sealed=sealed,
    )


def verifies(received: Received, secret: str) -> bool:
    """Say whether the official SDK takes what was *received* under *secret*."""
    try:
        # Its tolerance is held against the machine's own clock.
        stripe.WebhookSignature.verify_header(
            received.body.decode(), received.headers["stripe-signature"], secret, tolerance=None
        )
    except stripe.SignatureVerificationError:
        return False
    return True


def verifies_as_standard(received: Received, secret: str) -> bool:
    """Say whether one of the signatures is what Standard Webhooks says that it must be."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    names = ("webhook-id", "webhook-timestamp")
    message = ".".join((*(received.headers[name] for name in names), received.body.decode()))
    digest = hmac.new(key, message.encode(), hashlib.sha256).digest()
    signatures = received.headers["webhook-signature"].split(" ")
    return f"v1,{base64.b64encode(digest).decode()}" in signatures


async def nth(there: Receiver, number: int) -> Received:
    """Wait for the *number*-th request that reaches a receiver, from 1."""
    await eventually(lambda: len(there.received) == number)
    return there.received[-1]


@pytest.mark.parametrize("chosen", [None, CHOSEN], ids=["derived", "chosen"])
async def test_both_secrets_sign_while_they_overlap(
    house: House, neighbour: Receiver, chosen: str | None
) -> None:
    """A roll is seen at the next signature, and its end too, without anybody doing anything."""
    clock = Clock(NOW)
    endpoint = await house.subscribe(neighbour)
    sealed = chosen and KEYRING.seal_secret(endpoint, chosen)
    old = KEYRING.endpoint_secret(endpoint)
    new = chosen or KEYRING.signing_secret(endpoint, SigningSecret(generation=1, created=NOW))
    expected = ((0, (True, False)), (0, (True, True)), (59, (True, True)), (1, (False, True)))
    async with telling(house, clock=clock) as deliveries:
        for number, (later, (by_old, by_new)) in enumerate(expected, 1):
            if number == 2:
                await house.happen(rolled(endpoint, 1, lasts=60, sealed=sealed))
                await house.caught_up(deliveries)
            clock.at += later
            await house.create_customers(1)
            received = await nth(neighbour, number)
            assert verifies(received, old) is verifies_as_standard(received, old) is by_old
            assert verifies(received, new) is verifies_as_standard(received, new) is by_new


async def test_a_roll_outlives_a_restart(house: House, neighbour: Receiver) -> None:
    """The secrets that sign are known after a restart, one that was chosen too."""
    endpoint = await house.subscribe(neighbour)
    sealed = KEYRING.seal_secret(endpoint, CHOSEN)
    clock = Clock(NOW)
    async with telling(house, clock=clock) as deliveries:
        await house.happen(rolled(endpoint, 1, lasts=60, sealed=sealed))
        await house.caught_up(deliveries)
    async with telling(house, clock=clock):
        await house.create_customers(1)
        await eventually(lambda: neighbour.received)
    assert verifies(neighbour.received[0], CHOSEN)
    assert verifies(neighbour.received[0], KEYRING.endpoint_secret(endpoint))


async def test_headers_go_with_every_attempt(house: House) -> None:
    """An owner's headers are sent each time, and a change of them is seen at the next attempt."""
    async with receiver(in_turn(status(500), OK)) as there:
        endpoint = await house.subscribe(there)
        async with telling(house) as deliveries:
            for value in ("Bearer one", "Bearer two"):
                sealed = KEYRING.seal_header(endpoint, "Authorization", value)
                changed = {"headers": {"authorization": sealed}}
                await house.happen(
                    replace(h.ENDPOINT_UPDATED, endpoint_id=endpoint, changed=changed)
                )
                await house.caught_up(deliveries)
                await house.create_customers(1)
                await nth(there, 2 if value == "Bearer one" else 3)
    sent = [received.headers["authorization"] for received in there.received]
    assert sent == ["Bearer one", "Bearer one", "Bearer two"]


async def test_headers_are_sealed_in_the_ledger(house: House, neighbour: Receiver) -> None:
    """Neither the log nor the ledger holds a header's value."""
    sealed = KEYRING.seal_header("we_1", "X-Key", "a very secret value")
    endpoint = await house.subscribe(neighbour, headers={"X-Key": sealed})
    async with telling(house) as deliveries:
        await house.caught_up(deliveries)
    (kept,) = await house.ledger.endpoints()
    assert (kept.id, kept.headers) == (endpoint, {"X-Key": sealed})
    assert "secret value" not in repr(kept)
