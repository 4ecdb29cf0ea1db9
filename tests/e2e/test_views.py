"""Redis may be flushed or killed under load: writes go on, reads are right, views come back."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from projections.keys import MARKER
from tests.e2e.client import Api
from tests.e2e.crowd import crowd
from tests.e2e.intents import CARD, INTENTS, a_customer, attached, path_of, saved
from tests.e2e.redis_of import documents, redis_of
from tests.e2e.server import SECRET_KEY, Server, until

CALLERS = 3
TIMES = 4
Lose = Callable[[Server], None]
LISTS = (INTENTS, "/v1/customers", "/v1/events", "/v1/webhook_endpoints")


class Caller:
    """Somebody who saves cards, and looks at what was saved after each."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._customer = a_customer(api)
        self._made: list[str] = []
        self.refused = 0

    def __call__(self) -> bool:
        form = {**CARD, "customer": self._customer, "payment_method": "pm_card_visa"}
        intent = self._api.post(INTENTS, {**form, "confirm": True})
        name = intent.object["id"]
        self._made.insert(0, name)
        assert self._api.get(f"{INTENTS}/{name}").body == intent.body
        method = self._api.get(f"/v1/payment_methods/{intent.object['payment_method']}").object
        assert method["customer"] == self._customer
        self._list()
        return True

    def _list(self) -> None:
        """Read the list of one's own: it is right, or it is not there for a moment."""
        page = self._api.get(INTENTS, {"customer": self._customer, "limit": 100})
        if page.status == 503:
            assert page.headers["stripe-should-retry"] == "true"
            assert page.error["type"] == "api_error"
            self.refused += 1
        else:
            assert [one["id"] for one in page.object["data"]] == self._made[:100]


class Standing:
    """What was there before Redis was lost, to be the same after it."""

    def __init__(self, api: Api) -> None:
        customer = a_customer(api, name="Jenny", metadata={"a": "b"})
        intent = saved(api, customer=customer)
        bare = api.post(INTENTS, {"customer": customer, "description": "bare"}).object
        api.post(path_of(bare, "/cancel"))
        endpoint = {"url": "http://127.0.0.1:9/hook", "enabled_events": ["mandate.updated"]}
        there = api.post("/v1/webhook_endpoints", endpoint).object["id"]
        self._paths = (
            path_of(intent),
            path_of(bare),
            f"/v1/customers/{customer}",
            f"/v1/payment_methods/{attached(api, customer)}",
            f"/v1/payment_methods/{intent['payment_method']}",
            f"/v1/customers/{customer}/payment_methods",
            f"/v1/setup_attempts?setup_intent={intent['id']}",
            f"{INTENTS}?customer={customer}&expand[]=data.payment_method",
            f"/v1/webhook_endpoints/{there}",
        )

    def bodies(self, api: Api) -> list[bytes]:
        return [api.get(path).body for path in self._paths]


@pytest.fixture
def api(own_server: Server) -> Iterator[Api]:
    with Api(own_server.url, SECRET_KEY) as client:
        yield client


def _flush(server: Server) -> None:
    with redis_of(server) as client:
        client.flushall()


def _kill(server: Server) -> None:
    since = len(server.output)
    os.kill(server.valkey_pid, signal.SIGKILL)
    server.output.said("redis.started", since=since)


def _are_marked_whole(server: Server) -> bool:
    """Say whether it is written in Redis itself that its views are whole."""
    with redis_of(server) as client:
        return bool(client.exists(MARKER))


def _come_back(server: Server) -> None:
    """
    Wait until the views that were lost are read again.

    The mark alone does not say so: a server that has set it believes it a moment later, and
    its lists are refused until then. The server alone does not either: it believes the views
    that are lost until it notices.
    """
    until(lambda: _are_marked_whole(server))
    until(lambda: server.views_are_whole)


def _lists(api: Api) -> list[bytes]:
    answers = [api.get(path) for path in LISTS]
    assert [answer.status for answer in answers] == [200] * len(LISTS)
    return [answer.body for answer in answers]


@pytest.mark.parametrize("lose", [_flush, _kill], ids=["flushed", "killed"])
def test_under_load(own_server: Server, api: Api, lose: Lose) -> None:
    """Whatever Redis loses under load, no write fails and no read is wrong."""
    standing = Standing(api)
    before = standing.bodies(api)
    with ExitStack() as stack:
        apis = [stack.enter_context(Api(own_server.url, SECRET_KEY)) for _ in range(CALLERS)]
        running = stack.enter_context(crowd([Caller(one) for one in apis]))
        for _ in range(TIMES):
            running.has_done(CALLERS * 2)
            lose(own_server)
            _come_back(own_server)
        running.has_done(CALLERS)
    until(lambda: own_server.views_are_whole)
    assert standing.bodies(api) == before


@pytest.mark.parametrize("lose", [_flush, _kill], ids=["flushed", "killed"])
def test_views_come_back_byte_equal(own_server: Server, api: Api, lose: Lose) -> None:
    """Every view and every list is in Redis again, byte for byte, without being asked for."""
    Standing(api)
    lists = _lists(api)
    until(lambda: own_server.health["views"]["lag"] == 0)
    with redis_of(own_server) as client:
        before = documents(client)
    lose(own_server)
    _come_back(own_server)
    with redis_of(own_server) as client:
        assert documents(client) == before
    assert _lists(api) == lists
    assert len(before) > len(LISTS)


def test_single_reads_need_no_redis(own_server: Server, api: Api) -> None:
    """While there is no Redis at all, objects are made, read and changed."""
    os.kill(own_server.valkey_pid, signal.SIGSTOP)
    try:
        made = api.post(INTENTS, {"description": "without"})
        assert api.get(path_of(made.object)).body == made.body
        assert api.post(path_of(made.object), {"description": "still"}).status == 200
        page = api.get(INTENTS)
        assert (page.status, page.headers["stripe-should-retry"]) == (503, "true")
    finally:
        os.kill(own_server.valkey_pid, signal.SIGCONT)
    until(lambda: own_server.views_are_whole and api.get(INTENTS).status == 200)
    assert api.get(INTENTS).object["data"][0]["description"] == "still"
