"""
What it costs to hold much: memory with a long queue, and the pace with a long log.

Each is held against a server that has nothing to hold. Where paces are compared, both servers
run at the same time, on the same core, and are asked in turn: what else the machine does slows
the one as much as the other.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tests.bench import asked
from tests.bench.prepared import fill_ledger, fill_log
from tests.bench.rows import Ports, Rows, answered, measure_rebuild, measure_verify
from tests.bench.servers import (
    CORES,
    SERVER_CORE,
    free_port,
    listening,
    running,
    seti_environment,
)
from tests.eventually import eventually

MUCH: Final = 1_000_000
ENDPOINTS: Final = 16
WITHIN_S: Final = 900.0
_WARMING_S: Final = 2.0
_KIB: Final = 1024


async def measure_holding(rows: Rows, ports: Ports, place: Path, rounds: int) -> None:
    """Measure each row, on servers of its own in *place*."""
    await _measure_memory(rows, ports, place / "queue")
    await _measure_pace(rows, ports, place, rounds)


async def _measure_memory(rows: Rows, ports: Ports, data_dir: Path) -> None:
    async with _serving(ports, data_dir) as pid:
        for number in range(ENDPOINTS):
            nobody = {"url": f"http://127.0.0.1:9/{number}", "enabled_events[]": "customer.created"}
            await answered(ports.seti, asked.post("/v1/webhook_endpoints", nobody))
        await eventually(lambda: _has_caught_up(ports), within=WITHIN_S)
        rows.idle_memory.rates.append(_resident_mb(pid))
    await fill_ledger(data_dir / "ledger.sqlite3", MUCH // ENDPOINTS)
    async with _serving(ports, data_dir) as pid:
        await eventually(lambda: _holds_some(ports), within=WITHIN_S)
        rows.open_memory.rates.append(_resident_mb(pid))


async def _measure_pace(rows: Rows, ports: Ports, place: Path, rounds: int) -> None:
    full, fresh = replace(ports, seti=free_port()), ports
    async with _serving(full, place / "full"):
        account = (await answered(full.seti, asked.get("/v1/account")))["id"]
    await fill_log(place / "full", account, MUCH)
    async with _serving(fresh, place / "fresh"), _serving(full, place / "full"):
        for warmed in (fresh, full):
            await warmed.drive_seti(asked.create(), seconds=_WARMING_S)
        for _ in range(rounds):
            rows.create.note(await fresh.drive_seti(asked.create()))
            await _settles(fresh)
            rows.stored.note(await full.drive_seti(asked.create()))
            await _settles(full)
        await measure_rebuild(rows.rebuild, place / "full", CORES)
        await measure_verify(rows.verify, place / "full", CORES)


@asynccontextmanager
async def _serving(ports: Ports, data_dir: Path) -> AsyncIterator[int]:
    """Run a server over *data_dir*, and give its process id once it has caught up."""
    environment = seti_environment(data_dir, ports.seti)
    log = data_dir.with_suffix(".log")
    with running(SERVER_CORE, log, "service", "serve", **environment) as pid:
        await listening(ports.seti)
        await _settles(ports)
        yield pid


async def _settles(ports: Ports) -> None:
    """Wait until a server has nothing to do by itself any more."""
    await eventually(lambda: _has_caught_up(ports), within=WITHIN_S)


async def _has_caught_up(ports: Ports) -> bool:
    health = await _health(ports)
    followers = ("views", "deliveries", "seals")
    is_whole = health["views"]["status"] == "whole"
    return is_whole and not any(health[follower]["lag"] for follower in followers)


async def _holds_some(ports: Ports) -> bool:
    return bool((await _health(ports))["dispatcher"]["held"])


async def _health(ports: Ports) -> dict[str, Any]:
    return await answered(ports.seti, asked.get("/healthz"))


def _resident_mb(pid: int) -> float:
    """Return how much memory the process *pid* has, the bundled Redis not among it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (kib,) = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kib) / _KIB
