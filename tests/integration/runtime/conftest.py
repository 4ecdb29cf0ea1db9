from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.timed import Timed, timed_in
from tests.valkey import Valkey, running


@pytest.fixture(name="valkey")
def _valkey() -> Iterator[Valkey]:
    with running() as valkey:
        yield valkey


@pytest.fixture(name="timed")
async def _timed(tmp_path: Path, valkey: Valkey) -> AsyncIterator[Timed]:
    async with timed_in(tmp_path, valkey) as timed:
        yield timed
