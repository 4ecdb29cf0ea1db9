"""A log that is long before any server opens it."""

from pathlib import Path
from typing import Final

from service.domain.events import SetupIntentUpdated
from service.domain.values import SYSTEM, Status, replace
from service.keyring import Keyring
from service.store.protocol import Append
from service.store.sqlite import open_log
from tests import histories as a
from tests.e2e.server import MASTER_KEY

FIRST_ACCOUNT: Final = Keyring(bytes.fromhex(MASTER_KEY)).first_account()


async def fill(directory: Path, streams: int, each: int, *, first: int = 0) -> list[str]:
    """Write so many *streams* of intents of so many events each; return their names."""
    names = [f"seti_{number:022d}" for number in range(first, first + streams)]
    log = open_log(directory)
    for name in names:
        created = replace(a.INTENT_CREATED, setup_intent_id=name, account=FIRST_ACCOUNT)
        changes = [
            SetupIntentUpdated(
                setup_intent_id=name,
                at=a.AT + number,
                status=Status.REQUIRES_PAYMENT_METHOD,
                changed={"description": f"the {number}."},
            )
            for number in range(1, each)
        ]
        await log.append([Append(name, 0, [created, *changes])], SYSTEM)
    await log.close()
    return names
