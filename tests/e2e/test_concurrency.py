"""Many callers at once: on one intent, one card, one list; and a server that is told to stop."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from tests.e2e.book import Book
from tests.e2e.client import Answer, Api
from tests.e2e.crowd import Crowd, crowd
from tests.e2e.intents import CARD, INTENTS, a_customer, attached, confirm, path_of, reread
from tests.e2e.server import SECRET_KEY, Server

CALLERS = 6
STOPS = 3
UNEXPECTED = (400, "invalid_request_error", "setup_intent_unexpected_state", None)
BUSY = (429, "invalid_request_error", "lock_timeout", None)


def _at_once(server: Server, ask: Callable[[Api], Answer]) -> list[Answer]:
    """Have `CALLERS` ask at the same instant, each over a connection of its own."""
    answers: list[Answer] = []
    ready = threading.Barrier(CALLERS)

    def caller(api: Api) -> bool:
        ready.wait()
        answers.append(ask(api))
        return False

    with ExitStack() as stack:
        apis = [stack.enter_context(Api(server.url, SECRET_KEY)) for _ in range(CALLERS)]
        running = Crowd([partial(caller, api) for api in apis])
        running.stop()
    return answers


class TestOneToken:
    def test_becomes_one_payment_method(self, server: Server, api: Api) -> None:
        """Of many who use a token at once one does; the others find it used."""
        card = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034}
        token = api.post("/v1/tokens", {"card": card}).object["id"]
        form = {"type": "card", "card": {"token": token}}
        answers = _at_once(server, lambda one: one.post("/v1/payment_methods", form))
        assert [one.status for one in answers].count(200) == 1
        assert {one.refusal for one in answers if one.status != 200} <= {_used("token"), BUSY}

    def test_confirms_one_intent(self, server: Server, api: Api) -> None:
        """A confirmation token confirms one of many intents, and no other is changed."""
        helper = "/v1/test_helpers/confirmation_tokens"
        made = api.post(helper, {"payment_method": "pm_card_visa"}).object["id"]
        form = {"confirm": True, "confirmation_token": made}
        answers = _at_once(server, lambda one: one.post(INTENTS, form))
        (done,) = [one.object["id"] for one in answers if one.status == 200]
        refusals = {one.refusal for one in answers if one.status != 200}
        assert refusals <= {_used("confirmation_token"), BUSY}
        assert api.get(f"/v1/confirmation_tokens/{made}").object["setup_intent"] == done


def _used(param: str) -> tuple[int, str, str, str]:
    return 400, "invalid_request_error", "token_already_used", param


class TestOneIntent:
    def test_is_confirmed_once(self, server: Server, api: Api) -> None:
        """Of many confirmations one succeeds; the others find that it has, and attempt nothing."""
        intent = api.post(INTENTS, {**CARD, "customer": a_customer(api)}).object
        answers = _at_once(server, lambda one: confirm(one, intent, payment_method="pm_card_visa"))
        assert [one.status for one in answers].count(200) == 1
        refusals = {one.refusal for one in answers if one.status != 200}
        assert refusals <= {UNEXPECTED, BUSY}
        assert len(api.all("/v1/setup_attempts", {"setup_intent": intent["id"]})) == 1

    def test_is_confirmed_or_canceled(self, server: Server, api: Api) -> None:
        """A confirmation and a cancellation exclude each other."""
        intent = api.post(INTENTS, {**CARD, "payment_method": "pm_card_visa"}).object
        turns = iter(["/confirm", "/cancel"] * CALLERS)
        answers = _at_once(server, lambda one: one.post(path_of(intent, next(turns))))
        (done,) = [one.object for one in answers if one.status == 200]
        assert reread(api, intent) == done

    def test_keeps_every_change(self, server: Server, api: Api) -> None:
        """Changes at the same time are made one after the other, and none is lost."""
        intent = api.post(INTENTS, CARD).object
        keys = iter(range(CALLERS))

        def change(one: Api) -> Answer:
            return one.post(path_of(intent), {"metadata": {f"k{next(keys)}": "v"}})

        assert [one.status for one in _at_once(server, change)] == [200] * CALLERS
        assert len(reread(api, intent)["metadata"]) == CALLERS


class TestOneCard:
    def test_is_one_customers(self, server: Server, api: Api) -> None:
        """A card that many customers want becomes one's."""
        form = {"type": "card", "card": {"token": "tok_visa"}}
        method = api.post("/v1/payment_methods", form).object["id"]
        path = f"/v1/payment_methods/{method}/attach"
        answers = _at_once(server, lambda one: one.post(path, {"customer": a_customer(one)}))
        owners = {one.object["customer"] for one in answers if one.status == 200}
        assert owners == {api.get(f"/v1/payment_methods/{method}").object["customer"]}

    def test_is_spent_once(self, server: Server, api: Api) -> None:
        """A card without a customer is set up by one intent of many."""
        form = {"type": "card", "card": {"token": "tok_visa"}}
        method = api.post("/v1/payment_methods", form).object["id"]
        given = {**CARD, "payment_method": method, "confirm": True}
        answers = _at_once(server, lambda one: one.post(INTENTS, given))
        assert [one.status for one in answers].count(200) == 1

    def test_is_attached_or_its_customer_deleted(self, server: Server, api: Api) -> None:
        """No card is left with a customer who is gone."""
        customer = a_customer(api)
        attached(api, customer)
        turns = iter(range(CALLERS))

        def ask(one: Api) -> Answer:
            if next(turns) == CALLERS // 2:
                while (gone := one.delete(f"/v1/customers/{customer}")).status == BUSY[0]:
                    assert gone.refusal == BUSY
                return gone
            path = "/v1/payment_methods/pm_card_visa/attach"
            return one.post(path, {"customer": customer})

        answers = _at_once(server, ask)
        assert api.get(f"/v1/customers/{customer}").object["deleted"] is True
        made = [one.object["id"] for one in answers if one.status == 200 and b"card" in one.body]
        for name in made:
            assert api.get(f"/v1/payment_methods/{name}").object["customer"] is None


class TestOneList:
    def test_is_stable_while_it_grows(self, server: Server, api: Api) -> None:
        """Who pages through a list that grows meets all that was there, once."""
        customer = a_customer(api)
        form = {**CARD, "customer": customer}
        there = [api.post(INTENTS, form).object["id"] for _ in range(30)]
        with ExitStack() as stack:
            others = [stack.enter_context(Api(server.url, SECRET_KEY)) for _ in range(2)]

            def grow(one: Api) -> bool:
                return one.post(INTENTS, form).status == 200

            running = stack.enter_context(crowd([partial(grow, one) for one in others]))
            running.has_done(2)
            met = [one["id"] for one in api.all(INTENTS, {"customer": customer, "limit": 4})]
        assert max(Counter(met).values()) == 1
        assert [name for name in met if name in there] == there[::-1]


class TestStopping:
    def test_answers_what_it_carries_out(self, own_server: Server) -> None:
        """Told to stop under load, the server answers all that it has carried out, and ends."""
        for number in range(STOPS):
            books = [Book(f"stop {number} caller {one}") for one in range(CALLERS)]
            with ExitStack() as stack:
                apis = [stack.enter_context(Api(own_server.url, SECRET_KEY)) for _ in books]
                running = Crowd([partial(_ask, *pair) for pair in zip(apis, books, strict=True)])
                running.has_done(CALLERS * 3)
                own_server.stop()
                running.join()
            assert running.failures == []
            own_server.start()
            with Api(own_server.url, SECRET_KEY) as api:
                for entry in (entry for book in books for entry in book.entries):
                    replayed = "idempotent-replayed" in entry.ask(api).headers
                    assert replayed is (entry.answer is not None)


def _ask(api: Api, book: Book) -> bool:
    return book.ask(api, INTENTS, {**CARD, "description": book.name}) is not None
