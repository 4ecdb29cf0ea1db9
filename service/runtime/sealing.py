"""The seals of the log: made while the house runs, and a last time when nothing more comes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.config import CannotStart, Settings
from service.runtime.parts import Clock
from service.store.seals.file import SealFile
from service.store.seals.follower import Rhythm, SealingFollower
from service.store.seals.sealer import Sealer
from service.store.seals.signing import BadKey, Signer, read_signer
from service.store.sqlite import RawLog, SqliteLog


@asynccontextmanager
async def sealed(
    settings: Settings, signer: Signer | None, log: SqliteLog, clock: Clock
) -> AsyncIterator[SealingFollower]:
    """Seal *log* while the block runs, and what is left of it afterwards, signed by *signer*."""
    rows = RawLog(settings.database_path)
    sealer = Sealer(rows, SealFile(settings.seals_path), signer, clock)
    follower = SealingFollower(sealer, Rhythm(settings.seal_events, settings.seal_seconds))
    log.listen(follower.heard)
    task = asyncio.create_task(follower.run())
    try:
        yield follower
    finally:
        follower.wind_up()
        await task
        rows.close()


def the_signer(settings: Settings) -> Signer | None:
    """Return what signs the seals, if there is a key. Raise `CannotStart`."""
    if settings.seal_key is None:
        return None
    try:
        return read_signer(settings.seal_key)
    except BadKey as reason:
        raise CannotStart(f"SETI_SEAL_KEY: {reason}") from reason
