"""Lists of replays, as the ledger finds them: to which endpoint, where they stand, of when."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from service.domain import replays as a
from service.domain.replays import Replay, WantedReplays
from service.domain.values import Owner
from service.webhooks.ledger import SqliteLedger, open_ledger, replays
from tests.deliveries import OWNER

LIVE: Final = Owner(OWNER.account, livemode=True)
# To whom, and how it ended; each is made a second after the one before it.
MADE: Final = (
    ("we_1", a.COMPLETED),
    ("we_2", a.CANCELED),
    ("we_1", a.PAUSED),
    ("we_2", a.COMPLETED),
    ("we_3", a.RUNNING),
)


def replay_of(number: int, endpoint: str, owner: Owner = OWNER) -> Replay:
    return Replay(
        id=f"rpl_{number}",
        owner=owner,
        endpoint_id=endpoint,
        url=None,
        dry_run=False,
        created_at=number * 1000,
        since=0,
        until=1,
        after=0,
        upto=0,
        types=("*",),
        states=(a.ALL,),
        reached=0,
    )


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[SqliteLedger]:
    """A ledger of the replays that `MADE` says, and one of live mode."""
    opened = open_ledger(tmp_path / "ledger.sqlite3", "log-1")
    for number, (endpoint, status) in enumerate(MADE, 1):
        replay = replay_of(number, endpoint)
        assert await opened.change(partial(replays.put, replay=replay))
        set_ = partial(replays.set_status, replay_id=replay.id, status=status, reason=None, now=9)
        await opened.change(set_)
    await opened.change(partial(replays.put, replay=replay_of(6, "we_4", LIVE)))
    yield opened
    await opened.close()


async def listed(
    ledger: SqliteLedger, cursor: str | None = None, *, newer: bool = False, **wanted: Any
) -> list[int]:
    """Return the numbers of at most two replays."""
    asked = WantedReplays(**{"owner": OWNER, **wanted})
    page = partial(replays.page, wanted=asked, cursor=cursor, limit=2, newer=newer)
    return [int(each.id.removeprefix("rpl_")) for each in await ledger.look(page)]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [5, 4]),
        ({"owner": LIVE}, [6]),
        ({"endpoint": "we_1"}, [3, 1]),
        ({"endpoint": "we_3"}, [5]),
        ({"endpoint": "we_4"}, []),
        ({"endpoint": "we_4", "owner": LIVE}, [6]),
        ({"endpoint": "we_none"}, []),
        ({"status": a.COMPLETED}, [4, 1]),
        ({"status": a.PAUSED}, [3]),
        ({"status": a.RUNNING}, [5]),
        ({"status": a.CANCELED, "endpoint": "we_2"}, [2]),
        ({"status": a.CANCELED, "endpoint": "we_1"}, []),
        ({"since": 2000, "until": 4000}, [3, 2]),
        ({"since": 6000}, []),
        ({"until": 1001}, [1]),
        ({"since": 2000, "endpoint": "we_1"}, [3]),
        ({"until": 2000, "status": a.COMPLETED}, [1]),
    ],
    ids=str,
)
async def test_finds(ledger: SqliteLedger, wanted: dict[str, Any], numbers: list[int]) -> None:
    """Each filter finds what it names, the newest first, and nobody else's."""
    assert await listed(ledger, **wanted) == numbers


@pytest.mark.parametrize(
    ("cursor", "newer", "wanted", "numbers"),
    [
        ("rpl_4", False, {}, [3, 2]),
        ("rpl_2", True, {}, [4, 3]),
        ("rpl_3", False, {"endpoint": "we_1"}, [1]),
        ("rpl_1", True, {"endpoint": "we_1"}, [3]),
        ("rpl_2", True, {"endpoint": "we_1"}, [3]),
        ("rpl_4", False, {"status": a.COMPLETED}, [1]),
        ("rpl_1", True, {"status": a.COMPLETED}, [4]),
    ],
)
async def test_pages(
    ledger: SqliteLedger, cursor: str, wanted: dict[str, Any], numbers: list[int], *, newer: bool
) -> None:
    """A page goes on from any replay, either way, and shows what its filters name."""
    assert await listed(ledger, cursor, newer=newer, **wanted) == numbers
