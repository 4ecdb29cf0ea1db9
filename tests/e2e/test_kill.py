"""
The server is killed under load, over and over, on one data directory.

Nothing that was answered is lost, nothing is half done, every idempotency key tells the
truth, and every event reaches its subscriber.
"""

import os
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.e2e.book import Book, Entry
from tests.e2e.client import Answer, Api
from tests.e2e.crowd import Crowd
from tests.e2e.intents import CARD, INTENTS
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.subscriber import Subscriber, subscriber

KILLS = 10
CALLERS = 4
DECLINED = {**CARD, "payment_method": "pm_card_chargeDeclined", "confirm": True}
SAVED = {**CARD, "payment_method": "pm_card_visa", "confirm": True}


class Caller:
    """Makes a customer, saves a card for it, has another declined, until the server is gone."""

    def __init__(self, api: Api, book: Book) -> None:
        self._api = api
        self._book = book

    def __call__(self) -> bool:
        customer = self._ask("/v1/customers", {"name": self._book.name})
        if customer is None:
            return False
        owner = {"customer": customer.object["id"]}
        return all(self._ask(INTENTS, {**form, **owner}) is not None for form in (SAVED, DECLINED))

    def _ask(self, path: str, form: dict[str, Any]) -> Answer | None:
        return self._book.ask(self._api, path, form)


@pytest.fixture
def heard() -> Iterator[Subscriber]:
    with subscriber() as there:
        yield there


def _subscribe(server: Server, there: Subscriber) -> None:
    form = {"url": there.url, "enabled_events": ["*"]}
    with Api(server.url, SECRET_KEY) as api:
        there.secret = api.post("/v1/webhook_endpoints", form).object["secret"]


def _kill_under_load(server: Server, instants: random.Random, number: int) -> list[Book]:
    """Kill *server* at a random instant of its callers' work; return what they wrote down."""
    books = [Book(f"kill {number} caller {caller}") for caller in range(CALLERS)]
    with ExitStack() as stack:
        callers = [Caller(stack.enter_context(Api(server.url, SECRET_KEY)), book) for book in books]
        running = Crowd(list(callers))
        try:
            running.has_done(instants.randint(1, 24))
            # Not at the end of a step: anywhere between two lines of the server's.
            threading.Event().wait(instants.uniform(0, 0.02))
        finally:
            server.kill()
            running.join()
    assert running.failures == []
    return books


def _settle(api: Api, entry: Entry) -> dict[str, Any]:
    """Assert that the key of *entry* tells the truth, and return what it stands for."""
    first = entry.ask(api)
    if entry.answer is not None:
        assert (first.status, first.body) == (entry.answer.status, entry.answer.body)
        assert first.headers["idempotent-replayed"] == "true"
    again = entry.ask(api)
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["idempotent-replayed"] == "true"
    if first.status == 200:
        return first.object
    intent: dict[str, Any] = first.error["setup_intent"]
    return intent


def _assert_whole(api: Api, made: dict[str, Any]) -> None:
    """Assert that what *made* stands for is done in all its streams."""
    if made["object"] == "customer":
        assert api.get(f"/v1/customers/{made['id']}").object == made
        return
    assert api.get(f"{INTENTS}/{made['id']}").object == made
    (attempt,) = api.all("/v1/setup_attempts", {"setup_intent": made["id"]})
    assert attempt["id"] == made["latest_attempt"]
    if made["status"] == "succeeded":
        method = api.get(f"/v1/payment_methods/{made['payment_method']}").object
        assert method["customer"] == made["customer"]
    else:
        assert (made["status"], attempt["status"]) == ("requires_payment_method", "failed")


def _news_of(made: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Give every event that *made* must have led to, by type and object."""
    name = made["id"]
    if made["object"] == "customer":
        yield "customer.created", name
        return
    yield "setup_intent.created", name
    if made["status"] == "succeeded":
        yield "payment_method.attached", made["payment_method"]
        yield "setup_intent.succeeded", name
    else:
        yield "setup_intent.setup_failed", name


def _assert_accounted_for(api: Api, made: list[dict[str, Any]]) -> None:
    """Assert that there is what was asked for, once, and nothing else."""
    for path, kind in ((INTENTS, "setup_intent"), ("/v1/customers", "customer")):
        there = Counter(one["id"] for one in api.all(path))
        assert there == Counter(one["id"] for one in made if one["object"] == kind)
    events = api.all("/v1/events")
    told = Counter((one["type"], one["data"]["object"]["id"]) for one in events)
    assert told == Counter(news for one in made for news in _news_of(one))


def test_nothing_is_lost_and_nothing_half_done(own_server: Server, heard: Subscriber) -> None:
    """Ten kills at any instant leave a house in order, each time and at the end."""
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(2**32))
    sys.stdout.write(f"To kill at these instants again, set KILL_SEED={seed}.\n")
    instants = random.Random(seed)  # noqa: S311 (An instant is no secret.)
    made: list[dict[str, Any]] = []
    _subscribe(own_server, heard)
    for number in range(KILLS):
        books = _kill_under_load(own_server, instants, number)
        own_server.start()
        with Api(own_server.url, SECRET_KEY) as api:
            settled = [_settle(api, entry) for book in books for entry in book.entries]
            for one in settled:
                _assert_whole(api, one)
            made += settled
            _assert_accounted_for(api, made)
    _assert_heard(own_server, heard)


def _assert_heard(server: Server, heard: Subscriber) -> None:
    """Assert that every event reaches the subscriber, as it is, and is waited for no more."""
    with Api(server.url, SECRET_KEY) as api:
        expected = {one["id"] for one in api.all("/v1/events")}
        until(lambda: heard.heard.keys() >= expected)
        until(lambda: all(one["pending_webhooks"] == 0 for one in api.all("/v1/events")))
        events = {one["id"]: one["data"] for one in api.all("/v1/events")}
    assert heard.refused == []
    for name, copies in heard.heard.items():
        assert all(copy["data"] == events[name] for copy in copies)
