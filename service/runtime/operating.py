"""`seti accounts` and `seti keys`: asked of the server that runs, or of the log itself."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final

from service.api.house import House
from service.commands.path import CommandPath
from service.config import Settings
from service.domain.account import Account
from service.ids import IdMaker
from service.operating.asking import ask
from service.operating.books import Books
from service.operating.desk import Desk
from service.operating.door import open_for_operators
from service.operating.protocol import SOCKET, Answer, Request
from service.runtime.parts import keyring_of, require_log, the_log
from service.sockets import socket_in

_FOLDS_MAX: Final = 16


def operate(settings: Settings, asked: Request) -> Answer:
    """Return what is answered to *asked*. Raise `CannotStart` where nobody can answer."""
    answer = ask(socket_in(settings.data_dir, SOCKET), asked)
    return asyncio.run(_without_server(settings, asked)) if answer is None else answer


@asynccontextmanager
async def operators(settings: Settings, house: House) -> AsyncIterator[None]:
    """Answer operators beside the API: what is asked there counts in *house* at once."""
    books = Books(
        path=house.path,
        keyring=house.keyring,
        new_id=house.new_id,
        clock=house.clock,
        known=house.keys.know,
    )
    async with open_for_operators(socket_in(settings.data_dir, SOCKET), Desk(books)):
        yield


async def _without_server(settings: Settings, asked: Request) -> Answer:
    require_log(settings)
    async with the_log(settings) as log:
        keyring = await keyring_of(settings, log)
        books = Books(
            path=CommandPath(log, _NoViews(), _FOLDS_MAX),
            keyring=keyring,
            new_id=IdMaker(),
            clock=time.time,
            known=_nobody,
        )
        return await Desk(books).answer(asked)


class _NoViews:
    """Accounts have no views to write."""

    async def write(self, *_: Any) -> bool:
        return True


def _nobody(_: Iterable[Account]) -> None:
    """No server is there to be told."""
