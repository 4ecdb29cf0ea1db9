"""A client that reaches the loopback, and an honest receiver beside every hostile one."""

from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest

from service.webhooks.client import Client
from service.webhooks.guard import Guard
from tests.posting import QUICK, Sender
from tests.receivers import Receiver, honest, receiver

LOOPBACK = Guard([ip_network("127.0.0.0/8")])


@pytest.fixture
async def neighbour() -> AsyncIterator[Receiver]:
    async with receiver(honest) as there:
        yield there


@pytest.fixture
async def sender(neighbour: Receiver) -> AsyncIterator[Sender]:
    async with Client.opened(LOOPBACK, QUICK) as client:
        yield Sender(client, neighbour)
