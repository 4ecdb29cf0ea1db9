"""The smoke run's own check of a signature, against the official SDK's."""

import stripe

from service.smoke.receiver import is_signed

BODY = b'{"id":"evt_1"}'
SECRET = "whsec_test"


def _signature(secret: str) -> str:
    signed = stripe.WebhookSignature._compute_signature(f"1.{BODY.decode()}", secret)
    return f"t=1,v1={signed}"


class TestIsSigned:
    def test_takes_the_sdks_signature(self) -> None:
        """A signature that the official SDK computes is taken."""
        assert is_signed(_signature(SECRET), BODY, SECRET)

    def test_refuses_others(self) -> None:
        """Another secret, another body and no signature at all are refused."""
        assert not is_signed(_signature("whsec_other"), BODY, SECRET)
        assert not is_signed(_signature(SECRET), BODY + b" ", SECRET)
        assert not is_signed("", BODY, SECRET)
