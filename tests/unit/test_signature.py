"""Both header families, checked by their own verifiers."""

import base64
import hashlib
import hmac

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from service.keyring import Keyring
from service.webhooks.signature import key_of, standard_headers, stripe_signature

KEYRING = Keyring(b"k" * 32)
SECRET, ROLLED = KEYRING.endpoint_secret("we_1"), KEYRING.endpoint_secret("we_1", 1)
BODY = '{"id":"evt_1","object":"event","name":"Zoë"}'.encode()
AT = 1_700_000_000


def verify_standard(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """Verify as the public Standard Webhooks specification describes it."""
    key = base64.b64decode(secret.split("_", 1)[1])
    signed = b".".join(
        (headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body)
    )
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    offered = (part.split(",", 1) for part in headers["webhook-signature"].split(" "))
    return any(version == "v1" and value == expected for version, value in offered)


class TestStripeSignature:
    @pytest.mark.parametrize("secret", [SECRET, ROLLED])
    def test_verifies_with_either_secret_of_a_roll(self, secret: str) -> None:
        """The official SDK accepts the header under the old and under the new secret."""
        header = stripe_signature(BODY, [SECRET, ROLLED], AT)
        assert stripe.WebhookSignature.verify_header(BODY.decode(), header, secret)

    def test_has_no_spaces(self) -> None:
        """The parts are joined by commas alone."""
        header = stripe_signature(BODY, [SECRET], AT)
        assert header.startswith(f"t={AT},v1=")
        assert " " not in header

    def test_refuses_another_secret(self) -> None:
        """The official SDK refuses the header under a secret that did not sign."""
        header = stripe_signature(BODY, [SECRET], AT)
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.WebhookSignature.verify_header(BODY.decode(), header, ROLLED)


class TestStandardHeaders:
    @given(body=st.binary(max_size=200), master=st.binary(min_size=32, max_size=32))
    def test_verifies_by_the_public_specification(self, body: bytes, master: bytes) -> None:
        """Whatever the body and the secret, a verifier written by the specification agrees."""
        secret = Keyring(master).endpoint_secret("we_1")
        headers = dict(standard_headers("evt_1", body, [secret], AT))
        assert verify_standard(headers, body, secret)

    @pytest.mark.parametrize("secret", [SECRET, ROLLED])
    def test_verifies_with_either_secret_of_a_roll(self, secret: str) -> None:
        """Both secrets sign while a roll lasts."""
        headers = dict(standard_headers("evt_1", BODY, [SECRET, ROLLED], AT))
        assert verify_standard(headers, BODY, secret)
        assert not verify_standard(headers, BODY + b" ", secret)


def test_key_is_24_bytes() -> None:
    """An endpoint's secret stands for 24 key bytes, the least that the specification allows."""
    assert len(key_of(SECRET)) == 24
