"""The commands that look at a log, beside the process that owns it or without one."""

import asyncio
import time
from collections.abc import Sequence
from typing import Final

from projections import account
from projections.fold import show
from projections.view import View
from service.config import CannotStart, Settings
from service.domain.account import fold
from service.domain.events import AccountCreated
from service.domain.recorded import Recorded
from service.keyring import Keyring
from service.reports import ApiKeys, History
from service.runtime.accounts import test_keys
from service.runtime.master_key import FILE, master_key
from service.runtime.parts import log_for_reading, whole_events

_HIDDEN: Final = frozenset({"client_secret"})


def history(settings: Settings, object_id: str, at: int | None) -> History:
    """Return what happened to *object_id* up to the instant *at*, and the object as of then."""
    events = [
        recorded
        for recorded in asyncio.run(_load(settings, object_id))
        if at is None or recorded.event.at <= at
    ]
    view = _view(events)
    if view is not None:
        view = {name: value for name, value in view.items() if name not in _HIDDEN}
    return History(object_id, events, view)


def _view(events: Sequence[Recorded]) -> View | None:
    """Return what *events*, a stream's, are shown as. An account is shown by other means."""
    if events and isinstance(events[0].event, AccountCreated):
        return account.view(fold(recorded.event for recorded in events))
    shown = show(events)
    return None if shown is None else shown.view


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
