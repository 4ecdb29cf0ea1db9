"""`seti trigger`: an event of each type, made to happen."""

import json
from collections.abc import Iterator

import pytest

from service.calling.client import Client
from service.domain.announcements import ANNOUNCED_TYPES
from service.triggering import RECIPES, trigger
from tests.e2e.operator import Operator
from tests.e2e.server import SECRET_KEY, Server
from tests.e2e.shell import Shell


@pytest.fixture(scope="module", params=["2026-08-26.dahlia", "2026-10-28.endive"])
def house(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Server]:
    """A server whose account speaks one version or another."""
    server = Server(tmp_path_factory.mktemp("triggered") / "data").start()
    operator = Operator(server)
    operator.change(operator.first.id, api_version=request.param)
    yield server
    server.close()


@pytest.mark.parametrize("type_", RECIPES)
def test_leads_to_the_event(house: Server, type_: str) -> None:
    """Each recipe comes to an event of its type, whatever version the account speaks."""
    client = Client(house.url, SECRET_KEY)
    assert trigger(client, type_)["type"] == type_
    assert trigger(client, type_)["id"] != trigger(client, type_)["id"]


def test_every_type_has_a_recipe() -> None:
    """All that is told of objects can be triggered."""
    assert RECIPES.keys() == {type_ for type_ in ANNOUNCED_TYPES if not type_.startswith("seti.")}


def test_is_typed(house: Server) -> None:
    """The event and its object are printed; `--json` prints the event; no other type is taken."""
    shell = Shell(house.data_dir, house.url)
    event, made = shell.seti("trigger", "customer.created").stdout.split()
    assert (event[:5], made[:4]) == ("evt_c", "cus_")
    told = json.loads(shell.seti("trigger", "customer.created", "--json").stdout)
    assert told["object"] == "event"
    ended = shell.seti("trigger", "customer.burst")
    assert (ended.returncode, "customer.created" in ended.stderr) == (2, True)


def test_smoke_speaks_it_too(house: Server) -> None:
    """A smoke run saves a card in any version."""
    ended = Shell(house.data_dir, house.url).seti("smoke")
    assert ended.returncode == 0, ended.stderr
