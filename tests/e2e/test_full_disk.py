"""A server whose disk is full says so wherever it is asked, and goes on by itself afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.client import Answer, Api
from tests.e2e.intents import INTENTS, saved
from tests.e2e.measuring import measured
from tests.e2e.server import SECRET_KEY, Server, until
from tests.volume import Volume, small_volume

PARTS = ("log", "views", "deliveries", "seals")
WELL = ("ok", "ok", "whole", "ok", "ok")


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Volume]]:
    place = tmp_path_factory.mktemp("small")
    with small_volume(place) as volume:
        yield place, volume


@pytest.fixture(scope="module")
def cramped(volume: tuple[Path, Volume]) -> Iterator[Server]:
    """A server on a small disk, which seals what it writes at once."""
    server = Server(volume[0] / "data", SETI_SEAL_EVENTS="1").start()
    yield server
    server.close()


@pytest.fixture
def full(cramped: Server, volume: tuple[Path, Volume]) -> Iterator[Server]:
    """The server while its disk is full, and a write of it was refused."""
    with Api(cramped.url, SECRET_KEY) as api:
        saved(api)
        until(lambda: statuses(cramped) == WELL)
        volume[1].fill(cramped.pid)
        until(lambda: created(api).status == 503)
    yield cramped
    volume[1].relieve(cramped.pid)
    until(lambda: statuses(cramped) == WELL)


def statuses(server: Server) -> tuple[str, ...]:
    health = server.health
    return health["status"], *(health[part]["status"] for part in PARTS)


def created(api: Api) -> Answer:
    return api.post(INTENTS, {"payment_method_types": ["card"]})


class TestFullDisk:
    def test_is_told_by_the_health(self, full: Server) -> None:
        """What refuses is named, with the reason, and does not say that all is well."""
        told = full.health
        assert (told["status"], told["log"]["status"]) == ("degraded", "refusing")
        assert told["log"]["reason"]
        assert measured(full, "seti_log_refuses") == 1

    def test_lets_reads_be_answered(self, full: Server) -> None:
        """The house stays in service, and lists are answered from what there is."""
        with Api(full.url, SECRET_KEY) as api:
            refused = created(api)
            assert (refused.status, refused.headers["stripe-should-retry"]) == (503, "true")
            assert api.get(INTENTS).status == 200

    def test_is_over_without_a_call(self, full: Server, volume: tuple[Path, Volume]) -> None:
        """Once there is room, the health says so though nobody has written, and nothing is left."""
        position = full.health["log"]["position"]
        volume[1].relieve(full.pid)
        until(lambda: statuses(full) == WELL)
        assert measured(full, "seti_log_refuses") == 0
        assert full.health["log"]["position"] == position
        with Api(full.url, SECRET_KEY) as api:
            assert created(api).status == 200
