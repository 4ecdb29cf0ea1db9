"""
`make bench`: what each operation costs on this machine, as a share of the floor.

The servers run on one core, the load on the others. Rounds go through all operations in
turn, the floor first, and the medians count: a machine that slows down for a while slows
all of them. The data directory is on the disk of the clone, so that fsync is real. Rows that
are not among the usual ones are asked for: `make bench ROWS=delivery`, `ROWS=holding`.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvloop
from rich.console import Console

from tests.bench.holding import measure_holding
from tests.bench.outgoing import measure_outgoing
from tests.bench.report import as_json, table
from tests.bench.rows import (
    BenchFailed,
    Ports,
    Rows,
    measure_delivery,
    measure_rebuild,
    measure_round,
    measure_verify,
)
from tests.bench.servers import (
    CORES,
    LOAD_CORES,
    SERVER_CORE,
    free_port,
    listening,
    running,
    seti_environment,
)

_ROWS: Final = ("usual", "delivery", "holding")
_HELP: Final = (
    "usual: the operations, in two minutes; delivery: rates against a bare client, and how soon "
    "they set out; holding: memory with a million deliveries open, and creating, rebuilding and "
    "verifying with a million events"
)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rows", choices=_ROWS, default="usual", help=_HELP)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each operation in a round")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    return parser.parse_args()


async def _measure_usual(
    options: argparse.Namespace, rows: Rows, ports: Ports, data_dir: Path
) -> None:
    for _ in range(options.rounds):
        await measure_round(rows, ports)
    await measure_delivery(rows.delivery, ports)
    for _ in range(options.rounds):
        await measure_rebuild(rows.rebuild, data_dir, CORES)
        await measure_verify(rows.verify, data_dir, CORES)


async def _measure_delivery(
    options: argparse.Namespace, rows: Rows, ports: Ports, data_dir: Path
) -> None:
    for _ in range(options.rounds):
        await measure_outgoing(rows, ports, data_dir, SERVER_CORE)


async def _measure(options: argparse.Namespace, ports: Ports, place: Path) -> Rows:
    """Measure what is asked for, with what servers it takes."""
    rows = Rows()
    if options.rows == "holding":
        await measure_holding(rows, ports, place, options.rounds)
        return rows
    measure = _measure_usual if options.rows == "usual" else _measure_delivery
    with _servers(ports, place) as data_dir:
        await listening(ports.floor)
        await listening(ports.seti)
        await measure(options, rows, ports, data_dir)
    return rows


@contextmanager
def _servers(ports: Ports, place: Path) -> Iterator[Path]:
    """Run both servers in *place*, and give the data directory of the one."""
    data_dir, core = place / "data", SERVER_CORE
    environment = seti_environment(data_dir, ports.seti)
    floor = running(core, place / "floor.log", "tests.bench.floor", str(ports.floor))
    seti = running(core, place / "data.log", "service", "serve", **environment)
    with floor, seti:
        yield data_dir


def main() -> None:
    """Measure and print; exit 1 where the server failed."""
    options = _options()
    ports = Ports(free_port(), free_port(), options.connections, options.seconds)
    os.sched_setaffinity(0, LOAD_CORES)
    Path("build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir="build") as place:
        try:
            rows = uvloop.run(_measure(options, ports, Path(place)))
        except (BenchFailed, TimeoutError, OSError) as failure:
            said = "".join(log.read_text()[-2000:] for log in Path(place).glob("*.log"))
            raise SystemExit(f"bench: {failure}\n{said}") from None
    Console().print(table(rows))
    if options.json:
        options.json.write_text(as_json(rows))


if __name__ == "__main__":
    main()
