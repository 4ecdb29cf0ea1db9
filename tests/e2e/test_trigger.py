"""`seti trigger`: an event of each type, made to happen."""

import json
from collections.abc import Iterator
from typing import Final

import pytest

from service.calling.client import Client
from service.domain.announcements import ANNOUNCED_TYPES
from service.triggering import RECIPES, Choices, trigger
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


def test_is_had_otherwise(house: Server) -> None:
    """What is chosen is in what happens: sent where it was not, or not sent."""
    shell = Shell(house.data_dir, house.url)
    chosen = ("--override", "customer:metadata[order]=1", "--remove", "customer:email")
    told = json.loads(shell.seti("trigger", "customer.created", *chosen, "--json").stdout)
    made = told["data"]["object"]
    assert (made["metadata"], made["email"], made["name"]) == ({"order": "1"}, None, "Jenny Rosen")


def test_a_bad_choice_makes_nothing(house: Server) -> None:
    """What the API would not take is told before the first call, with status 2."""
    client, shell = Client(house.url, SECRET_KEY), Shell(house.data_dir, house.url)
    before = client.get("/v1/events", {"limit": 1})["data"]
    ended = shell.seti("trigger", "mandate.updated", "--override", "setup_intent:usage=never")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert ended.stderr.startswith("seti: setup_intent: Invalid usage")
    assert client.get("/v1/events", {"limit": 1})["data"] == before


UNCONFIRMED: Final = " ".join(
    f"--remove setup_intent:{name}"
    for name in ("return_url", "payment_method_data", "mandate_data")
)


@pytest.mark.parametrize(
    ("type_", "chosen"),
    [
        (
            "setup_intent.succeeded",
            "--override setup_intent:payment_method=pm_card_authenticationRequired",
        ),
        (
            "mandate.updated",
            f"--override setup_intent:confirm=false {UNCONFIRMED}",
        ),
    ],
)
def test_what_does_not_happen_is_told(house: Server, type_: str, chosen: str) -> None:
    """Where what is chosen leads elsewhere, that is said in a line, with status 1."""
    ended = Shell(house.data_dir, house.url).seti("trigger", type_, *chosen.split())
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert ended.stderr.startswith(f"seti: no {type_} has happened: ")


def test_what_is_shown_whole_is_gone_on_with(house: Server) -> None:
    """An object that is expanded where it is made is named in the steps after it all the same."""
    chosen = Choices(["setup_intent:expand[]=payment_method"])
    assert trigger(Client(house.url, SECRET_KEY), "mandate.updated", chosen)["type"]


def test_smoke_speaks_it_too(house: Server) -> None:
    """A smoke run saves a card in any version."""
    ended = Shell(house.data_dir, house.url).seti("smoke")
    assert ended.returncode == 0, ended.stderr
