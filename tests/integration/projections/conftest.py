from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.read_model import House, house
from tests.valkey import Valkey, running


@pytest.fixture(name="valkey")
def _valkey() -> Iterator[Valkey]:
    with running() as valkey:
        yield valkey


@pytest.fixture(name="house")
async def _house(tmp_path: Path, valkey: Valkey) -> AsyncIterator[House]:
    async with house(tmp_path, valkey) as opened:
        await opened.runner.until_whole()
        yield opened
