"""What receivers may answer: what becomes of it in detail, beyond the rows of `hostile`."""

import pytest

from service.webhooks.outcome import Delivered, Failed, Kind
from tests.misbehaving import BOMB, exploding, flood
from tests.posting import Sender, posting
from tests.receivers import answering, closing_after, honest, receiver, status


async def test_2xx_is_delivered(sender: Sender) -> None:
    """A 200 is a delivery, and the beginning of the body is kept."""
    async with receiver(honest) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Delivered)
    assert (outcome.status, outcome.excerpt) == (200, b"ok")
    assert outcome.trip.address == "127.0.0.1"
    assert outcome.trip.connect_ms is not None


async def test_endless_body(sender: Sender) -> None:
    """A body without end is read for 4 KiB, then the connection is closed."""
    async with receiver(flood) as there:
        outcome = await sender.post(there)
        await sender.eventually(lambda: there.hung_up == 1)
    assert isinstance(outcome, Delivered)
    assert outcome.excerpt == b"x" * 4096


async def test_compression_bomb(sender: Sender) -> None:
    """A compressed body is not asked for and never inflated."""
    async with receiver(exploding("gzip")) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Delivered)
    assert outcome.excerpt == BOMB[:4096]
    assert there.received[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
async def test_redirect(sender: Sender, code: int) -> None:
    """A redirect is a failure that says where to, and is not followed."""
    async with receiver(honest) as target:
        async with receiver(answering(status(code, f"Location: {target.url}"))) as there:
            outcome = await sender.post(there)
        assert target.connections == 0
    assert isinstance(outcome, Failed)
    assert (outcome.kind, outcome.status, outcome.detail) == (Kind.REDIRECT, code, target.url)


@pytest.mark.parametrize("code", [101, 300, 304, 400, 404, 410, 500, 599])
async def test_other_statuses(sender: Sender, code: int) -> None:
    """Whatever is not a 2xx is a failure, an upgrade included."""
    async with receiver(answering(status(code))) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert (outcome.kind, outcome.status) == (Kind.STATUS, code)


@pytest.mark.parametrize(
    ("code", "wish", "pause"),
    [
        (429, "120", 120),
        (503, "0", None),
        (503, "999999999999999999999999", 86400),
        (429, "-5", None),
        (429, "soon", None),
        (503, "Fri, 31 Dec 9999 23:59:59 GMT", 86400),
        (503, "Thu, 01 Jan 1970 00:00:00 GMT", None),
        (500, "120", None),
    ],
)
async def test_retry_after(sender: Sender, code: int, wish: str, pause: float | None) -> None:
    """A 429 or 503 may ask for a pause of up to a day; what cannot be read is ignored."""
    async with receiver(answering(status(code, f"Retry-After: {wish}"))) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert outcome.pause_s == pause


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ntoo short",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\nold",
    ],
)
async def test_broken_body_after_200(sender: Sender, answer: bytes) -> None:
    """The status line decides: a body that is cut short does not undo a 2xx."""
    async with receiver(closing_after(answer)) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Delivered)


@pytest.mark.parametrize(
    "answer",
    [
        b"hello, this is HTTP/0.9\r\n",
        b"ICY 200 OK\r\n\r\n",
        b"HTTP/1.1 twohundred OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnot a chunk",
        b"HTTP/1.1 200 OK\r\nNo colon here\r\n\r\n",
    ],
)
async def test_what_is_not_http(sender: Sender, answer: bytes) -> None:
    """An answer that is not HTTP/1 is a failure of the protocol."""
    async with receiver(closing_after(answer)) as there:
        outcome = await sender.post(there)
    assert isinstance(outcome, Failed)
    assert outcome.kind is Kind.PROTOCOL


async def test_headers_and_body(sender: Sender) -> None:
    """The body arrives as it is, under both families of headers."""
    async with receiver(honest) as there:
        await sender.post(there)
    (received,) = there.received
    assert received.body == posting(there).body
    assert received.headers["content-type"] == "application/json; charset=utf-8"
    assert received.headers["stripe-signature"].startswith("t=1700000000,v1=")
    assert received.headers["webhook-timestamp"] == "1700000000"
    assert received.headers["user-agent"].startswith("Stripe/1.0 ")
