"""The commands that look at a log, beside the process that owns it or without one."""

import asyncio
import time
from collections.abc import Sequence

from projections import history as past
from service.config import CannotStart, Settings
from service.domain.account import fold
from service.domain.moments import Moment, upto
from service.domain.recorded import Recorded
from service.keyring import Keyring
from service.reports import ApiKeys, History
from service.reveal import hidden
from service.runtime.accounts import test_keys
from service.runtime.master_key import FILE, master_key
from service.runtime.parts import log_for_reading, whole_events
from service.webhooks.ledger.protocol import LedgerUnavailable
from service.webhooks.ledger.trails import trails_beside


def history(settings: Settings, object_id: str, moment: Moment | None) -> History:
    """Return what happened to *object_id* up to *moment*, and the object as of then."""
    events: Sequence[Recorded] = asyncio.run(_load(settings, object_id))
    events = events if moment is None else upto(moment, events)
    found = list(past.entries(events))
    view = past.as_of(events)
    announced = [entry.announced[0] for entry in found if entry.announced]
    try:
        trails = trails_beside(settings.ledger_path, announced)
    except LedgerUnavailable as reason:
        raise CannotStart(str(reason)) from reason
    return History(object_id, found, trails, None if view is None else hidden(view))


async def _load(settings: Settings, stream: str) -> list[Recorded]:
    log = log_for_reading(settings)
    try:
        with whole_events():
            return await log.load(stream)
    finally:
        await log.close()


def keys(settings: Settings) -> ApiKeys:
    """Return the first account's keys for test mode, of a log that exists or will."""
    if settings.master_key is None and not (settings.data_dir / FILE).exists():
        raise CannotStart(f"There is no master key in {settings.data_dir} yet: start Seti once.")
    keyring = Keyring(master_key(settings))
    there = settings.database_path.exists()
    events = asyncio.run(_load(settings, keyring.first_account())) if there else []
    first = fold(recorded.event for recorded in events)
    return test_keys(settings, keyring, first, int(time.time()))
