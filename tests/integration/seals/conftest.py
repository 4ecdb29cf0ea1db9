"""A log of thirty events under six seals."""

from pathlib import Path

import pytest

from tests.sealed_logs import SealedLog


@pytest.fixture
async def sealed(tmp_path: Path) -> SealedLog:
    log = SealedLog(tmp_path)
    await log.grow()
    log.seal()
    return log
