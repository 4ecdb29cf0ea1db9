"""Secrets and signed addresses, put into an answer as it leaves."""

from typing import Final
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from msgspec.structs import replace

from service.addresses import Addresses, page_of
from service.domain.signing_secrets import SigningSecret
from service.keyring import Keyring
from service.reveal import Reveal, marker, secret_marker

KEYRING: Final = Keyring(b"k" * 32)
REVEAL: Final = Reveal(KEYRING, "https://seti.example/")
ATTEMPT: Final = "setatt_0000000000000000000000011"
MANDATE: Final = "mandate_000000000000000000000001"

ADDRESSES: Final = [
    ("url", ATTEMPT, f"https://seti.example/setup/{ATTEMPT}"),
    ("stripe_js", ATTEMPT, f"https://seti.example/setup/{ATTEMPT}"),
    ("hosted_instructions_url", ATTEMPT, f"https://seti.example/setup/{ATTEMPT}"),
    ("hosted_verification_url", ATTEMPT, f"https://seti.example/setup/{ATTEMPT}"),
    ("mobile_auth_url", ATTEMPT, f"https://seti.example/setup/{ATTEMPT}"),
    ("image_url_png", f"{ATTEMPT}.png", f"https://seti.example/qr_codes/{ATTEMPT}.png"),
    ("image_url_svg", f"{ATTEMPT}.svg", f"https://seti.example/qr_codes/{ATTEMPT}.svg"),
    ("url", MANDATE, f"https://seti.example/mandates/{MANDATE}"),
]


def revealed(body: object) -> object:
    return msgspec.json.decode(REVEAL(msgspec.json.encode(body)))


@pytest.mark.parametrize(("key", "subject", "address"), ADDRESSES)
def test_puts_in_a_signed_address(key: str, subject: str, address: str) -> None:
    """The address of a subject's page stands in its marker's place, with its signature."""
    shown = revealed({"a": {key: marker(subject)}, "b": 1})
    assert isinstance(shown, dict)
    assert shown["b"] == 1
    split = urlsplit(shown["a"][key])
    assert split._replace(query="").geturl() == address
    [signature] = parse_qs(split.query)["signature"]
    assert Addresses(KEYRING, "").opens(page_of(subject), subject, signature)


def test_puts_in_several() -> None:
    """Every marker of a body is replaced, each by its own secret."""
    intent, endpoint = "seti_000000000000000000000001", "we_000000000000000000000001"
    body = [{"client_secret": marker(intent)}, {"secret": marker(endpoint)}]
    assert revealed(body) == [
        {"client_secret": KEYRING.client_secret(intent)},
        {"secret": KEYRING.endpoint_secret(endpoint)},
    ]


def test_puts_in_a_secret_that_was_rolled() -> None:
    """A later secret is known by its generation, and one that was chosen is opened."""
    endpoint = "we_000000000000000000000001"
    chosen = "whsec_chosenchosenchosenchosenchosench"
    sealed = KEYRING.seal_secret(endpoint, chosen)
    rolled = SigningSecret(generation=7, created=0)
    body = [
        {"secret": secret_marker(endpoint, rolled)},
        {"secret": secret_marker(endpoint, replace(rolled, sealed=sealed))},
    ]
    assert revealed(body) == [
        {"secret": KEYRING.endpoint_secret(endpoint, 7)},
        {"secret": chosen},
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"metadata": marker("seti_000000000000000000000001")},
        {"description": '"url":{"reveal":"setatt_1"}'},
        {"url": {"reveal": "acct_1"}},
        {"url": {"reveal": "setatt_1/../x"}},
        {"url": {"reveal": "setatt_1", "more": 1}},
    ],
)
def test_leaves_what_a_caller_wrote(body: object) -> None:
    """Text of a caller's that looks like a marker stays as it is."""
    assert revealed(body) == body


@pytest.mark.parametrize("subject", [ATTEMPT, f"{ATTEMPT}.png", f"{ATTEMPT}.svg", MANDATE])
def test_a_signature_opens_one_page_only(subject: str) -> None:
    """What opens one page for one subject opens no other page and no other subject."""
    signature = KEYRING.page_signature(page_of(subject), subject)
    addresses = Addresses(KEYRING, "")
    opened = [
        (page, other)
        for page in ("setup", "qr_codes", "mandates")
        for other in (ATTEMPT, f"{ATTEMPT}.png", f"{ATTEMPT}.svg", MANDATE)
        if addresses.opens(page, other, signature)
    ]
    assert opened == [(page_of(subject), subject)]
