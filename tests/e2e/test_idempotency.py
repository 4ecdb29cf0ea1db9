"""Idempotency keys: one key, one execution, one answer, for ever the same."""

import threading
from typing import Any

import pytest

from tests.e2e.client import Answer, Api
from tests.e2e.redis_of import redis_of
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server

CREATE = {"payment_method_types": ["card"], "payment_method": "pm_card_visa", "confirm": True}
DECLINED = {**CREATE, "payment_method": "pm_card_chargeDeclined"}
INTENTS = "/v1/setup_intents"
CREATIONS: dict[str, dict[str, Any]] = {
    "/v1/customers": {"name": "Once"},
    "/v1/payment_methods": {"type": "card", "card": {"token": "tok_visa"}},
    "/v1/webhook_endpoints": {"url": "http://127.0.0.1:9/x", "enabled_events": ["*"]},
}


class TestReplay:
    @pytest.mark.parametrize(
        ("form", "status"), [(CREATE, 200), (DECLINED, 402)], ids=["saved", "declined"]
    )
    def test_is_byte_equal(self, api: Api, form: dict[str, Any], status: int) -> None:
        """The second answer is the first, with a header that says so and whose it is."""
        key = f"replay-{status}"
        first = api.post(INTENTS, form, Idempotency_Key=key)
        again = api.post(INTENTS, form, Idempotency_Key=key)
        assert (again.status, again.body) == (status, first.body)
        assert "idempotent-replayed" not in first.headers
        assert again.headers["idempotent-replayed"] == "true"
        assert again.headers["original-request"] == first.headers["request-id"]
        assert again.headers["request-id"] != first.headers["request-id"]
        assert again.headers["idempotency-key"] == key

    def test_shows_what_was_true_then(self, api: Api) -> None:
        """A replay is what was answered, not what has come of it since."""
        first = api.post(INTENTS, {"description": "then"}, Idempotency_Key="then")
        api.post(f"{INTENTS}/{first.object['id']}", {"description": "now"})
        again = api.post(INTENTS, {"description": "then"}, Idempotency_Key="then")
        assert again.body == first.body

    def test_makes_no_news(self, api: Api) -> None:
        """A replay executes nothing: no event, no attempt, no object."""
        api.post(INTENTS, DECLINED, Idempotency_Key="no-news")
        before = api.all("/v1/events"), api.all(INTENTS)
        api.post(INTENTS, DECLINED, Idempotency_Key="no-news")
        assert (api.all("/v1/events"), api.all(INTENTS)) == before

    def test_survives_a_restart(self, own_server: Server) -> None:
        """The answer is kept with the log, not in memory."""
        with Api(own_server.url, SECRET_KEY) as api:
            first = api.post(INTENTS, CREATE, Idempotency_Key="kept")
        own_server.restart()
        with Api(own_server.url, SECRET_KEY) as api:
            again = api.post(INTENTS, CREATE, Idempotency_Key="kept")
        assert (again.status, again.body) == (first.status, first.body)
        assert again.headers["idempotent-replayed"] == "true"

    def test_survives_a_flushed_redis(self, own_server: Server) -> None:
        """The answer is kept with the log, not with the views."""
        with Api(own_server.url, SECRET_KEY) as api:
            first = api.post(INTENTS, CREATE, Idempotency_Key="kept")
            with redis_of(own_server) as client:
                client.flushall()
            again = api.post(INTENTS, CREATE, Idempotency_Key="kept")
        assert (again.status, again.body) == (first.status, first.body)
        assert again.headers["idempotent-replayed"] == "true"

    @pytest.mark.parametrize(("path", "form"), CREATIONS.items(), ids=CREATIONS)
    def test_is_of_every_creation(self, api: Api, path: str, form: dict[str, Any]) -> None:
        """Whatever a POST makes is made once, secrets included."""
        first = api.post(path, form, Idempotency_Key=f"once {path}")
        again = api.post(path, form, Idempotency_Key=f"once {path}")
        assert (again.status, again.body) == (200, first.body)
        if path == "/v1/webhook_endpoints":
            api.delete(f"{path}/{first.object['id']}")


class TestRefusal:
    @pytest.mark.parametrize(
        ("path", "form"),
        [(INTENTS, {"description": "b"}), ("/v1/customers", {"description": "a"})],
        ids=["other parameters", "other path"],
    )
    def test_of_another_use(self, api: Api, path: str, form: dict[str, Any]) -> None:
        """A key that was used with other parameters, or for another path, is refused."""
        key = f"another use {path}"
        api.post(INTENTS, {"description": "a"}, Idempotency_Key=key)
        refused = api.post(path, form, Idempotency_Key=key)
        assert refused.refusal == (400, "idempotency_error", None, None)
        assert key in refused.error["message"]

    @pytest.mark.parametrize("key", ["", " ", "k" * 256], ids=["empty", "blank", "256 characters"])
    def test_of_keys_that_are_none(self, api: Api, key: str) -> None:
        """A key has 1 to 255 characters."""
        assert api.post(INTENTS, Idempotency_Key=key).refusal[:2] == (400, "invalid_request_error")

    def test_is_not_kept(self, api: Api) -> None:
        """What was refused before it began may be mended and sent again under its key."""
        bad = api.post(INTENTS, {"usage": "never"}, Idempotency_Key="mended")
        good = api.post(INTENTS, {"usage": "on_session"}, Idempotency_Key="mended")
        assert (bad.status, good.object["usage"]) == (400, "on_session")
        assert "idempotent-replayed" not in good.headers


class TestScope:
    def test_has_no_effect_on_reads(self, api: Api) -> None:
        """A key on a GET or a DELETE means nothing."""
        name = api.post("/v1/customers").object["id"]
        path = f"/v1/customers/{name}"
        first = api.get(path, Idempotency_Key="read")
        api.post(path, {"name": "new"})
        assert api.get(path, Idempotency_Key="read").object["name"] == "new"
        assert first.object["name"] is None
        assert api.delete(path, Idempotency_Key="read").object["deleted"] is True

    def test_is_shared_by_the_keys_of_an_account(self, api: Api, browser: Api) -> None:
        """The account's publishable key finds what its secret key has used, and is refused."""
        form = {"type": "card", "card": {"token": "tok_visa"}}
        assert api.post("/v1/payment_methods", form, Idempotency_Key="shared").status == 200
        again = browser.post("/v1/payment_methods", form, Idempotency_Key="shared")
        assert again.refusal == (400, "idempotency_error", None, None)
        assert browser.key == PUBLISHABLE_KEY

    def test_shows_a_browser_nothing_of_a_servers(self, api: Api, browser: Api) -> None:
        """Who guesses a key that a server confirmed with is told nothing of the intent."""
        form = {"payment_method_types": ["card"], "payment_method": "pm_card_visa"}
        name = api.post(INTENTS, {**form, "metadata": {"inner": "private"}}).object["id"]
        path = f"{INTENTS}/{name}/confirm"
        assert api.post(path, Idempotency_Key="guessed").object["metadata"]
        guess = browser.post(path, Idempotency_Key="guessed")
        assert guess.refusal == (400, "idempotency_error", None, None)
        assert b"private" not in guess.body

    def test_replays_a_browsers_own(self, browser: Api) -> None:
        """A page that sends its request again is answered the same."""
        form = {"type": "card", "card": {"token": "tok_visa"}}
        made = browser.post("/v1/payment_methods", form, Idempotency_Key="own")
        again = browser.post("/v1/payment_methods", form, Idempotency_Key="own")
        assert (made.status, again.body) == (200, made.body)

    def test_executes_once_among_many(self, server: Server) -> None:
        """Of many requests at once one is carried out; the others replay it or are told to wait."""
        answers: list[Answer] = []

        def ask() -> None:
            with Api(server.url, SECRET_KEY) as api:
                answers.append(api.post(INTENTS, {"usage": "on_session"}, Idempotency_Key="race"))

        callers = [threading.Thread(target=ask) for _ in range(8)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
        carried = [one for one in answers if one.status == 200]
        waiting = [one for one in answers if one.status != 200]
        assert len({one.body for one in carried}) == 1
        assert sum("idempotent-replayed" not in one.headers for one in carried) == 1
        expected = (409, "idempotency_error", "idempotency_key_in_use", None)
        assert {one.refusal for one in waiting} <= {expected}
