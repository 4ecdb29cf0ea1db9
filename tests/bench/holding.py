"""What it costs to hold much: memory with a long queue, and the pace with a long log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from tests.bench import asked
from tests.bench.prepared import fill_ledger, fill_log
from tests.bench.rows import Ports, Rows, answered
from tests.bench.servers import SERVER_CORE, listening, running, seti_environment
from tests.eventually import eventually

MUCH: Final = 1_000_000
WITHIN_S: Final = 300.0
_KIB: Final = 1024


async def measure_holding(rows: Rows, ports: Ports, place: Path) -> None:
    """Measure each row on a server of its own, before and after it has much to hold."""
    await _measure_memory(rows, ports, place / "queue")
    await _measure_pace(rows, ports, place / "log")


async def _measure_memory(rows: Rows, ports: Ports, data_dir: Path) -> None:
    async with _serving(ports, data_dir):
        nobody = {"url": "http://127.0.0.1:9/", "enabled_events[]": "setup_intent.created"}
        await answered(ports.seti, asked.post("/v1/webhook_endpoints", nobody))
        await eventually(lambda: _has_read_everything(ports), within=WITHIN_S)
    fill_ledger(data_dir / "ledger.sqlite3", MUCH)
    async with _serving(ports, data_dir) as pid:
        rows.open_memory.rates.append(_resident_mb(pid))


async def _measure_pace(rows: Rows, ports: Ports, data_dir: Path) -> None:
    async with _serving(ports, data_dir):
        rows.create.note(await ports.drive_seti(asked.create()))
        account = (await answered(ports.seti, asked.get("/v1/account")))["id"]
    await fill_log(data_dir, account, MUCH)
    async with _serving(ports, data_dir):
        rows.stored.note(await ports.drive_seti(asked.create()))


@asynccontextmanager
async def _serving(ports: Ports, data_dir: Path) -> AsyncIterator[int]:
    """Run a server over *data_dir*, and give its process id once its views are whole."""
    environment = seti_environment(data_dir, ports.seti)
    log = data_dir.with_suffix(".log")
    with running(SERVER_CORE, log, "service", "serve", **environment) as pid:
        await listening(ports.seti)
        await eventually(lambda: _is_whole(ports), within=WITHIN_S)
        yield pid


async def _is_whole(ports: Ports) -> bool:
    health = await answered(ports.seti, asked.get("/healthz"))
    return bool(health["views"]["status"] == "whole")


async def _has_read_everything(ports: Ports) -> bool:
    health = await answered(ports.seti, asked.get("/healthz"))
    return bool(health["deliveries"]["lag"] == 0)


def _resident_mb(pid: int) -> float:
    """Return how much memory the process *pid* has, the bundled Redis not among it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (kib,) = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kib) / _KIB
