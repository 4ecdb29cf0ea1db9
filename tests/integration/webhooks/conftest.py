"""A client that reaches the loopback, an honest receiver beside every hostile one, a house."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from ipaddress import ip_network
from pathlib import Path

import pytest
import uvloop

from service.webhooks.client import Client
from service.webhooks.guard import Guard
from tests.posting import QUICK, Sender
from tests.receivers import Receiver, honest, receiver
from tests.subscribing import House, a_house

LOOPBACK = Guard([ip_network("127.0.0.0/8")])


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run these tests on the loop that the service runs on: it makes the sockets."""
    return {"uvloop": uvloop.new_event_loop}


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
