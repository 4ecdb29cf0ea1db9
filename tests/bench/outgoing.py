"""
What deliveries cost: how many a second, against a bare client, and how soon they set out.

The rates are those of a backlog that is let go of: receivers are slow to answer while it is
made, so that making it costs nothing while it is delivered. It is twice as long as what is held
in memory: half of it has its body at hand, as what has just happened does, and the other half is
read from the ledger and rendered from the log again, as what is retried is.
"""

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import chain, islice
from pathlib import Path
from statistics import mean, quantiles
from subprocess import PIPE
from typing import Final

from service import config
from tests.bench import asked
from tests.bench.merchants import merchants
from tests.bench.pacing import sent_at_a_pace
from tests.bench.receiver import Receiver
from tests.bench.rows import BenchFailed, Ports, Row, Rows, answered
from tests.eventually import eventually
from tests.receivers import hang
from tests.receivers import receiver as hostile_receiver

BACKLOG: Final = 2 * config.DELIVERIES_IN_MEMORY_MAX
WITHIN_S: Final = 300.0
PER_S: Final = 500
ENDPOINTS: Final = 10
ENDPOINTS_OF_EACH: Final = 16
MERCHANTS: Final = 63
_PATH: Final = "/v1/webhook_endpoints"
_TYPE: Final = "setup_intent.created"
_ORDER: Final = re.compile(rb'"order":"(order-\d+)"')


async def measure_outgoing(rows: Rows, ports: Ports, data_dir: Path, core: Collection[int]) -> None:
    """Measure each row of deliveries once, and the bare client on the *core* of the server."""
    await answered(ports.seti, asked.get("/healthz"))
    own = [asked.SECRET_KEY]
    many = await asyncio.to_thread(merchants, data_dir, MERCHANTS)
    backlogs = (
        (rows.one_endpoint, own, 1),
        (rows.ten_endpoints, own, 10),
        (rows.many_endpoints, many, ENDPOINTS_OF_EACH),
    )
    around: list[float] = []
    for row, keys, each in backlogs:
        sample = await _measure_backlog(row, ports, keys, each=each)
        # There is nothing to send before something was sent.
        around = [*around[-1:], await _measure_bare_client(sample, core)]
        row.beside.append(mean(around))
        rows.bare_client.rates.append(around[-1])
    await _measure_first_bytes(rows.first_byte, ports)


async def _measure_backlog(row: Row, ports: Ports, keys: Sequence[str], *, each: int) -> bytes:
    """
    Make events that *each* endpoints hear of, and see how fast they are told of them.

    They happen to the accounts of *keys* in turn. Return one delivery, as it went over the wire.
    """
    receiver = Receiver(busy=True)
    creations = zip(*(asked.create(key) for key in keys), strict=True)
    events = islice(chain.from_iterable(creations), BACKLOG // each)
    async with receiver.listening(), _subscribed(ports, [receiver.url] * each, keys):
        await ports.drive_seti(events, seconds=WITHIN_S)
        await eventually(lambda: _is_fanned_out(ports), within=WITHIN_S)
        receiver.let_go()
        await eventually(lambda: receiver.count >= BACKLOG // each * each, within=WITHIN_S)
    row.rates.append(receiver.rate)
    return receiver.sample


async def _is_fanned_out(ports: Ports) -> bool:
    health = await answered(ports.seti, asked.get("/healthz"))
    return not health["deliveries"]["lag"]


async def _measure_bare_client(sample: bytes, core: Collection[int]) -> float:
    receiver = Receiver()
    async with receiver.listening():
        command = (sys.executable, "-m", "tests.bench.bare_client", receiver.url, str(BACKLOG))
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=PIPE,
            stdout=PIPE,
            preexec_fn=lambda: os.sched_setaffinity(0, core),
        )
        said, _ = await process.communicate(sample)
    if process.returncode != 0:
        raise BenchFailed("the bare client failed")
    return float(said)


async def _measure_first_bytes(row: Row, ports: Ports) -> None:
    """Let one of ten endpoints hang, and see how soon the others hear of what is made."""
    sent: dict[bytes, float] = {}
    took: list[float] = []

    def heard(request: bytes, at: float) -> None:
        order = _ORDER.search(request)
        if order is not None and order[1] in sent:
            took.append(at - sent[order[1]])

    receiver = Receiver(heard)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(receiver.listening())
        hanging = await stack.enter_async_context(hostile_receiver(hang))
        urls = [hanging.url, *[receiver.url] * (ENDPOINTS - 1)]
        await stack.enter_async_context(_subscribed(ports, urls, [asked.SECRET_KEY]))
        await _are_heard(ports, receiver)
        requests = islice(asked.create(), int(PER_S / ENDPOINTS * ports.seconds))
        async for request in sent_at_a_pace(ports.seti, requests, PER_S / ENDPOINTS):
            sent[_order_of(request)] = time.perf_counter()
        await eventually(lambda: len(took) >= len(sent) * (ENDPOINTS - 1), within=WITHIN_S)
    centiles = quantiles(took, n=100)
    row.rates.append(receiver.rate)
    row.p50_ms.append(centiles[49] * 1000)
    row.p99_ms.append(centiles[98] * 1000)


def _order_of(request: bytes) -> bytes:
    """Return the number that the merchant of a creation gave it."""
    return request.rpartition(b"metadata%5Border%5D=")[2].partition(b"&")[0]


async def _are_heard(ports: Ports, receiver: Receiver) -> None:
    """Wait until what happens is heard of: a log that nobody listens to is read at leisure."""
    await answered(ports.seti, next(asked.create()))
    await eventually(lambda: receiver.count >= ENDPOINTS - 1, within=WITHIN_S)


@asynccontextmanager
async def _subscribed(
    ports: Ports, urls: Sequence[str], keys: Sequence[str]
) -> AsyncIterator[None]:
    """Subscribe each of *urls* to what happens to each of the accounts of *keys*."""
    subscribing = [
        (key, {"url": f"{url}{number}", "enabled_events[]": _TYPE})
        for key in keys
        for number, url in enumerate(urls)
    ]
    made = [await answered(ports.seti, asked.post(_PATH, form, key)) for key, form in subscribing]
    try:
        yield
    finally:
        for (key, _), endpoint in zip(subscribing, made, strict=True):
            await answered(ports.seti, asked.delete(f"{_PATH}/{endpoint['id']}", key))
