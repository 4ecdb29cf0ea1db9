"""What our own operations on endpoints refuse, with the code and the name that tell of it."""

import base64
from urllib.parse import quote

import pytest

from service.domain.signing_secrets import OVERLAP_MAX_S
from service.wire.declarations import read_params
from service.wire.form import parse_form
from service.wire.hashes import Hash
from service.wire.params.endpoints import (
    EndpointCreateParams,
    EndpointRollSecretParams,
    EndpointUpdateParams,
)
from tests.refusing import refusal_of

UPDATE = EndpointUpdateParams
ROLL = EndpointRollSecretParams
MANY = "&".join(f"headers[X-{i}]=v" for i in range(21))

REFUSED: list[tuple[type[Hash], str, str | None, str | None]] = [
    (UPDATE, "ordered=maybe", None, "ordered"),
    (UPDATE, "headers=x", None, "headers"),
    (UPDATE, "headers[Host]=x", None, "headers[Host]"),
    (UPDATE, "headers[content-length]=0", None, "headers[content-length]"),
    (UPDATE, "headers[Stripe-Signature]=t=1", None, "headers[Stripe-Signature]"),
    (UPDATE, "headers[Webhook-Id]=evt_1", None, "headers[Webhook-Id]"),
    (UPDATE, "headers[X%20A]=x", None, "headers[X A]"),
    (UPDATE, "headers[X%0D%0AHost]=x", None, "headers[X\r\nHost]"),
    (UPDATE, "headers[X-A]=a%0D%0AHost:%20b", "invalid_characters", "headers[X-A]"),
    (UPDATE, "headers[X-A]=%C3%A9", "invalid_characters", "headers[X-A]"),
    (UPDATE, "headers[X-A]=+a", "invalid_characters", "headers[X-A]"),
    (UPDATE, f"headers[X-A]={'a' * 4097}", None, "headers[X-A]"),
    (UPDATE, "headers[X-A]=1&headers[x-a]=2", None, "headers[x-a]"),
    (UPDATE, MANY, None, "headers"),
    (UPDATE, "secret=whsec_1", "parameter_unknown", "secret"),
    (EndpointCreateParams, "ordered=true&url=https://a.example", "parameter_missing", None),
    (
        EndpointCreateParams,
        "url=https://a.example&enabled_events[]=seti.webhook_endpoint.ping",
        None,
        "enabled_events[0]",
    ),
    (ROLL, "expires_in=-1", "parameter_invalid_integer", "expires_in"),
    (ROLL, "expires_in=86401", "parameter_invalid_integer", "expires_in"),
    (ROLL, "expires_in=1h", "parameter_invalid_integer", "expires_in"),
    (ROLL, "expires_in=1.5", "parameter_invalid_integer", "expires_in"),
    (ROLL, "secret=", "parameter_invalid_empty", "secret"),
]


@pytest.mark.parametrize(("declared", "sent", "code", "param"), REFUSED)
def test_refuses(declared: type[Hash], sent: str, code: str | None, param: str | None) -> None:
    """Each is told by its own name."""
    refusal = refusal_of(declared, sent)
    assert refusal.code == code
    if param is not None:
        assert refusal.param == param


def secret_of(length: int) -> str:
    return "whsec_" + base64.b64encode(b"k" * length).decode()


@pytest.mark.parametrize("length", [24, 32, 64])
def test_takes_a_secret(length: int) -> None:
    """A secret of 24 to 64 bytes may be chosen."""
    read_params(ROLL, parse_form(f"secret={quote(secret_of(length))}".encode()))


@pytest.mark.parametrize(
    "secret",
    [
        secret_of(23),
        secret_of(65),
        secret_of(24).removeprefix("whsec_"),
        "whsec_" + "-_" * 16,
        "whsec_" + "a" * 33,
        "whsec_",
        "a secret",
        "WHSEC_" + "a" * 32,
    ],
)
def test_refuses_a_secret_and_keeps_it_to_itself(secret: str) -> None:
    """What is too short, too long or no base64 is refused, and not told back."""
    refusal = refusal_of(ROLL, f"secret={quote(secret)}")
    assert refusal.param == "secret"
    assert secret.removeprefix("whsec_") not in refusal.message or secret == "whsec_"


def test_overlaps_for_a_day_unless_told_otherwise() -> None:
    """A roll without further word breaks no receiver."""
    assert read_params(ROLL, {}).expires_in == OVERLAP_MAX_S == 86_400


def test_own_types_may_be_subscribed_by_name() -> None:
    """An endpoint may ask to be told that another one was disabled."""
    sent = b"url=https://a.example&enabled_events[]=seti.webhook_endpoint.disabled"
    read_params(EndpointCreateParams, parse_form(sent))


def test_tells_no_value() -> None:
    """What is printed of parameters names them, and not their values."""
    given = read_params(UPDATE, parse_form(b"headers[X-Key]=a-credential"))
    assert "a-credential" not in repr(given)
