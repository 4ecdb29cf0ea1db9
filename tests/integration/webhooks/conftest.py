"""A client that reaches the loopback, an honest receiver beside every hostile one, a house."""

from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from service.webhooks.client import Client
from service.webhooks.guard import Guard
from tests.posting import QUICK, Sender
from tests.receivers import Receiver, honest, receiver
from tests.subscribing import House, a_house

LOOPBACK = Guard([ip_network("127.0.0.0/8")])


@pytest.fixture
async def neighbour() -> AsyncIterator[Receiver]:
    async with receiver(honest) as there:
        yield there


@pytest.fixture
async def sender(neighbour: Receiver) -> AsyncIterator[Sender]:
    async with Client.opened(LOOPBACK, QUICK) as client:
        yield Sender(client, neighbour)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as opened:
        yield opened
