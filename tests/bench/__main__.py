"""
`make bench`: what each operation costs on this machine, as a share of the floor.

The servers run on one core, the load on the others. Rounds go through all operations in
turn, the floor first, and the medians count: a machine that slows down for a while slows
all of them. The data directory is on the disk of the clone, so that fsync is real.
"""

import argparse
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvloop
from rich.console import Console

from tests.bench.report import as_json, table
from tests.bench.rows import (
    BenchFailed,
    Ports,
    Rows,
    measure_delivery,
    measure_rebuild,
    measure_round,
)
from tests.bench.servers import (
    free_port,
    listening,
    load_core,
    running,
    server_core,
    seti_environment,
)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each operation in a round")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    return parser.parse_args()


async def _measure(
    options: argparse.Namespace, ports: Ports, data_dir: Path, cores: Collection[int]
) -> Rows:
    rows = Rows()
    await listening(ports.floor)
    await listening(ports.seti)
    for _ in range(options.rounds):
        await measure_round(rows, ports)
    await measure_delivery(rows.delivery, ports)
    for _ in range(options.rounds):
        await measure_rebuild(rows.rebuild, data_dir, cores)
    return rows


@contextmanager
def _servers(ports: Ports, place: Path) -> Iterator[Path]:
    """Run both servers in *place*, and give the data directory of the one."""
    data_dir, core = place / "data", server_core()
    environment = seti_environment(data_dir, ports.seti)
    floor = running(core, place / "floor.log", "tests.bench.floor", str(ports.floor))
    seti = running(core, place / "seti.log", "service", "serve", **environment)
    with floor, seti:
        yield data_dir


def main() -> None:
    """Measure and print; exit 1 where the server failed."""
    options = _options()
    ports = Ports(free_port(), free_port(), options.connections, options.seconds)
    Path("build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir="build") as place:
        try:
            with _servers(ports, Path(place)) as data_dir:
                cores = os.sched_getaffinity(0)
                os.sched_setaffinity(0, load_core())
                rows = uvloop.run(_measure(options, ports, data_dir, cores))
        except (BenchFailed, TimeoutError, OSError) as failure:
            said = Path(place, "seti.log").read_text()[-2000:]
            raise SystemExit(f"bench: {failure}\n{said}") from None
    Console().print(table(rows))
    if options.json:
        options.json.write_text(as_json(rows))


if __name__ == "__main__":
    main()
