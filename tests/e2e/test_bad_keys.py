"""Keys and objects that are not the caller's: revoked, and another account's."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.domain import events as e
from service.domain.values import SYSTEM
from service.ids import event_id
from service.store.protocol import Append
from service.store.sqlite import open_log
from tests import histories
from tests.e2e.client import Api
from tests.e2e.intents import INTENTS
from tests.e2e.server import SECRET_KEY, Server

INVALID = "invalid_request_error"
MISSING = "resource_missing"
ANOTHER = "sk_test_AnotherSecretKey0123456789"
FOREIGN: tuple[e.Event, ...] = (
    histories.INTENT_CREATED,
    histories.METHOD_CREATED,
    histories.CUSTOMER_CREATED,
    histories.ENDPOINT_CREATED,
)


def test_a_revoked_key_opens_nothing(own_server: Server) -> None:
    """A key that the settings have replaced is 401 and masked, and what it made stays."""
    with Api(own_server.url, SECRET_KEY) as before:
        name = before.post(INTENTS).object["id"]
    own_server.settings["SETI_SECRET_KEY"] = ANOTHER
    own_server.restart()
    with Api(own_server.url, SECRET_KEY) as revoked:
        refused = revoked.get(f"{INTENTS}/{name}")
    assert refused.refusal == (401, INVALID, None, None)
    assert SECRET_KEY not in refused.error["message"]
    with Api(own_server.url, ANOTHER) as after:
        assert after.get(f"{INTENTS}/{name}").object["id"] == name


async def _write(directory: Path) -> None:
    """Write what happened to another account into the log of a server that is down."""
    log = open_log(directory)
    for event in FOREIGN:
        await log.append([Append(histories.stream_of(event), 0, [event])], SYSTEM)
    await log.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose log holds objects of another account, next to those of the first."""
    server = Server(tmp_path_factory.mktemp("house") / "data").start()
    server.stop()
    asyncio.run(_write(server.data_dir))
    yield server.start()
    server.close()


@pytest.fixture
def api(house: Server) -> Iterator[Api]:
    with Api(house.url, SECRET_KEY) as client:
        yield client


class TestAnotherAccount:
    """What belongs to another account is not there, whoever it is asked for."""

    @pytest.mark.parametrize(
        ("method", "path", "param"),
        [
            ("GET", f"{INTENTS}/{histories.SETI}", "intent"),
            ("POST", f"{INTENTS}/{histories.SETI}", "intent"),
            ("POST", f"{INTENTS}/{histories.SETI}/confirm", "intent"),
            ("POST", f"{INTENTS}/{histories.SETI}/cancel", "intent"),
            ("GET", f"/v1/payment_methods/{histories.PM}", "payment_method"),
            ("POST", f"/v1/payment_methods/{histories.PM}", "payment_method"),
            ("POST", f"/v1/payment_methods/{histories.PM}/detach", "payment_method"),
            ("GET", f"/v1/customers/{histories.CUS}", "customer"),
            ("GET", f"/v1/customers/{histories.CUS}/payment_methods", "customer"),
            ("POST", f"/v1/customers/{histories.CUS}", "customer"),
            ("DELETE", f"/v1/customers/{histories.CUS}", "customer"),
            ("GET", f"/v1/events/{event_id(histories.SETI, 1)}", "id"),
            ("GET", f"/v1/webhook_endpoints/{histories.WE}", "webhook_endpoint"),
            ("DELETE", f"/v1/webhook_endpoints/{histories.WE}", "webhook_endpoint"),
        ],
    )
    def test_by_its_path(self, api: Api, house: Server, method: str, path: str, param: str) -> None:
        """An operation on it is 404 and leaves it as it is."""
        before = house.health["log"]
        assert api.call(method, path).refusal == (404, INVALID, MISSING, param)
        assert house.health["log"] == before

    @pytest.mark.parametrize(
        ("path", "form", "param"),
        [
            (INTENTS, {"customer": histories.CUS}, "customer"),
            (INTENTS, {"payment_method": histories.PM}, "payment_method"),
            (
                "/v1/payment_methods/pm_card_visa/attach",
                {"customer": histories.CUS},
                "customer",
            ),
        ],
    )
    def test_by_a_parameter(
        self, api: Api, house: Server, path: str, form: dict[str, str], param: str
    ) -> None:
        """A parameter that names it is 400, and nothing is made."""
        before = house.health["log"]
        assert api.post(path, form).refusal == (400, INVALID, MISSING, param)
        assert house.health["log"] == before

    @pytest.mark.parametrize(
        ("path", "cursor"),
        [
            (INTENTS, histories.SETI),
            ("/v1/customers", histories.CUS),
            ("/v1/webhook_endpoints", histories.WE),
            ("/v1/events", event_id(histories.CUS, 1)),
        ],
    )
    def test_by_a_list(self, api: Api, path: str, cursor: str) -> None:
        """No list shows it, nor begins at it."""
        assert cursor not in [one["id"] for one in api.all(path)]
        refused = api.get(path, {"starting_after": cursor})
        assert refused.refusal == (400, INVALID, MISSING, "starting_after")

    def test_by_its_attempts(self, api: Api) -> None:
        """Its attempts are as if there were none."""
        assert api.all("/v1/setup_attempts", {"setup_intent": histories.SETI}) == []
