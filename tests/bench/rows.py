"""What is measured, in which order, against which goal."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from subprocess import PIPE
from typing import Any, Final

from tests.bench import asked
from tests.bench.load import Load, drive
from tests.bench.receiver import Receiver
from tests.eventually import eventually

DELIVERIES: Final = 5000
DELIVERED_WITHIN_S: Final = 60.0
RETRIEVED_MAX: Final = 10_000
_RATE: Final = re.compile(r"\(([\d,]+) events/s\)")


class BenchFailed(Exception):
    """An answer was not a 2xx, or did not come."""


@dataclass(frozen=True, slots=True)
class Goal:
    """
    What a row must reach: a share of its floor's rate, a rate, or a latency at 99 %.

    Where less is better, *at_most* is how often its floor it may be.
    """

    of_floor: float | None = None
    at_most: float | None = None
    per_second: float | None = None
    p99_ms: float | None = None


@dataclass(slots=True)
class Row:
    """
    One operation, measured in each round.

    *unit* is of what is measured where that is no rate. *floor* is what its rate is a share
    of, where that means anything, and *beside* what that floor was right before and after each
    round: a machine that others share is not as fast a minute later.
    """

    name: str
    goal: Goal = Goal()
    floor: "Row | None" = None
    unit: str = ""
    rates: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)

    def note(self, load: Load) -> None:
        """Add a round. Raise `BenchFailed` if the server refused anything."""
        if load.failures:
            raise BenchFailed(f"{self.name}: {load.failures[0].decode(errors='replace')}")
        self.rates.append(load.rate)
        self.p50_ms.append(load.percentile_ms(50))
        self.p99_ms.append(load.percentile_ms(99))

    @property
    def rate(self) -> float:
        return median(self.rates)

    @property
    def share(self) -> float | None:
        """Which share of its floor it reaches, where it has one that was measured."""
        if self.beside:
            return median(rate / floor for rate, floor in zip(self.rates, self.beside, strict=True))
        return self.rate / self.floor.rate if self.floor and self.floor.rates else None


def _share(name: str, floor: Row, of_floor: float | None = None) -> Row:
    return Row(name, Goal(of_floor=of_floor), floor)


class Rows:
    """All rows, in the order in which they are printed."""

    def __init__(self) -> None:
        self.floor = Row("floor")
        self.create = _share("create", self.floor, 0.20)
        self.retrieve = _share("retrieve", self.floor, 0.35)
        self.confirm = _share("confirm", self.floor, 0.15)
        self.listing = _share("list 10", self.floor)
        self.delivery = Row("delivery", Goal(per_second=500))
        self.rebuild = Row("rebuild", Goal(per_second=100_000))
        self.verify = Row("verify", Goal(per_second=200_000))
        self.bare_client = Row("bare client")
        self.one_endpoint = _share("deliver to 1 endpoint", self.bare_client, 0.60)
        self.ten_endpoints = _share("deliver to 10 endpoints", self.bare_client, 0.60)
        self.many_endpoints = _share("deliver to 1,000 endpoints", self.bare_client, 0.60)
        self.first_byte = Row(
            "first byte at 500/s, a tenth hanging", Goal(p99_ms=50), unit=" to the others"
        )
        self.idle_memory = Row("memory", unit=" MB")
        self.open_memory = Row(
            "memory, 1M deliveries open", Goal(at_most=1.5), self.idle_memory, " MB"
        )
        self.stored = _share("create, 1M events stored", self.create, 0.90)

    def __iter__(self) -> Iterator[Row]:
        return iter(vars(self).values())


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the two servers listen, and how hard they are driven."""

    floor: int
    seti: int
    connections: int
    seconds: float

    async def drive_floor(self) -> Load:
        return await self._drive(self.floor, asked.floor(), self.seconds)

    async def drive_seti(
        self, requests: Iterator[bytes], *, seconds: float = 0.0, keep_bodies: bool = False
    ) -> Load:
        return await self._drive(
            self.seti, requests, seconds or self.seconds, keep_bodies=keep_bodies
        )

    async def _drive(
        self, port: int, requests: Iterator[bytes], seconds: float, *, keep_bodies: bool = False
    ) -> Load:
        async with asyncio.timeout(seconds + DELIVERED_WITHIN_S):
            return await drive(
                port,
                requests,
                connections=self.connections,
                seconds=seconds,
                keep_bodies=keep_bodies,
            )


async def answered(port: int, request: bytes) -> dict[str, Any]:
    """Return what one request is answered. Raise `BenchFailed` if it is refused."""
    load = await drive(port, iter([request]), connections=1, seconds=5, keep_bodies=True)
    if load.failures:
        raise BenchFailed(load.failures[0].decode(errors="replace"))
    answer: dict[str, Any] = json.loads(load.bodies[0])
    return answer


async def measure_round(rows: Rows, ports: Ports) -> None:
    """Measure each operation that is asked for over HTTP once, beginning with the floor."""
    rows.floor.note(await ports.drive_floor())
    created = await ports.drive_seti(asked.create(), keep_bodies=True)
    rows.create.note(created)
    rows.retrieve.note(await ports.drive_seti(asked.retrieve(_ids(created)[:RETRIEVED_MAX])))
    with_cards = await ports.drive_seti(
        asked.create(payment_method="pm_card_visa"), keep_bodies=True
    )
    rows.confirm.note(await ports.drive_seti(asked.confirm(iter(_ids(with_cards)))))
    rows.listing.note(await ports.drive_seti(asked.list_ten()))


async def measure_delivery(row: Row, ports: Ports) -> None:
    """Subscribe a receiver, create intents, and count what arrives."""
    receiver = Receiver()
    async with receiver.listening():
        subscribe = asked.post(
            "/v1/webhook_endpoints",
            {"url": receiver.url, "enabled_events[]": "setup_intent.created"},
        )
        await answered(ports.seti, subscribe)
        await ports.drive_seti(islice(asked.create(), DELIVERIES), seconds=DELIVERED_WITHIN_S)
        await eventually(lambda: receiver.count >= DELIVERIES, within=DELIVERED_WITHIN_S)
    row.rates.append(receiver.rate)


async def measure_rebuild(row: Row, data_dir: Path, cores: Collection[int]) -> None:
    """Rebuild all views on all *cores*, beside the running server, which is idle then."""
    await _measure_command(row, "rebuild", data_dir, cores)


async def measure_verify(row: Row, data_dir: Path, cores: Collection[int]) -> None:
    """Verify the log against its seals, as `measure_rebuild` rebuilds."""
    await _measure_command(row, "verify", data_dir, cores)


async def _measure_command(row: Row, name: str, data_dir: Path, cores: Collection[int]) -> None:
    command = (sys.executable, "-m", "service", name, "--data-dir", str(data_dir))
    process = await asyncio.create_subprocess_exec(
        *command, stdout=PIPE, stderr=PIPE, preexec_fn=lambda: os.sched_setaffinity(0, cores)
    )
    said, complained = await process.communicate()
    found = _RATE.search(said.decode())
    if found is None:
        raise BenchFailed(f"{name}: {complained.decode()}")
    row.rates.append(float(found[1].replace(",", "")))


def _ids(created: Load) -> list[str]:
    """Return the ids of the objects in *created*: each is its object's first member."""
    return [body.split(b'"', 4)[3].decode() for body in created.bodies]
