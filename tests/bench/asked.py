"""The requests of each row, as the bytes that go over the wire: as the newest SDK sends them."""

from collections.abc import Iterator, Sequence
from itertools import count, cycle
from typing import Final
from urllib.parse import urlencode

SECRET_KEY: Final = "sk_test_bench0000000000000000"
_number = count()


def _head(key: str) -> str:
    return (
        f"Host: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        "User-Agent: Stripe/v1 PythonBindings/16.1.0\r\nStripe-Version: 2026-10-28.endive\r\n"
    )


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\n{_head(SECRET_KEY)}\r\n".encode()


def delete(path: str, key: str = SECRET_KEY) -> bytes:
    return f"DELETE {path} HTTP/1.1\r\n{_head(key)}\r\n".encode()


def post(path: str, form: dict[str, str], key: str = SECRET_KEY) -> bytes:
    """Return a POST under an Idempotency-Key of its own."""
    body = urlencode(form)
    return (
        f"POST {path} HTTP/1.1\r\n{_head(key)}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Idempotency-Key: bench-{next(_number):012d}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def floor() -> Iterator[bytes]:
    return cycle([get("/v1/floor")])


def create(key: str = SECRET_KEY, **more: str) -> Iterator[bytes]:
    """Creations as an application writes them, with a description and some metadata."""
    while True:
        number = next(_number)
        yield post(
            "/v1/setup_intents",
            {
                "allowed_payment_method_types[]": "card",
                "usage": "off_session",
                "description": "Card on file",
                "metadata[order]": f"order-{number}",
                **more,
            },
            key,
        )


def retrieve(ids: Sequence[str]) -> Iterator[bytes]:
    return cycle([get(f"/v1/setup_intents/{intent}") for intent in ids])


def list_ten() -> Iterator[bytes]:
    return cycle([get("/v1/setup_intents?limit=10")])


def confirm(ids: Iterator[str]) -> Iterator[bytes]:
    """Confirmations, each of an intent of its own."""
    for intent in ids:
        yield post(f"/v1/setup_intents/{intent}/confirm", {})
