"""Keys that come and go beside a running server, what restricted ones may do, and live mode."""

import re
from collections.abc import Iterator

import pytest

from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from service.domain.permissions import name_of
from tests.e2e.client import Api
from tests.e2e.intents import CARD, INTENTS, saved
from tests.e2e.operator import Operator
from tests.e2e.server import PUBLISHABLE_KEY, Server

INVALID = "invalid_request_error"


def ask(server: Server, key: str) -> tuple[int, str | None]:
    """Return the status of a list with *key*, and the code of its error."""
    with Api(server.url, key) as api:
        answer = api.get(INTENTS)
    return answer.status, None if answer.status == 200 else answer.error.get("code")


class TestKeys:
    def test_open_at_once(self, server: Server, operator: Operator) -> None:
        """A key that was just made opens the account; one that is revoked does not."""
        key = operator.key()
        assert key.text is not None
        assert ask(server, key.text) == (200, None)
        operator.revoke(key.id)
        assert ask(server, key.text) == (401, "api_key_expired")

    def test_are_rolled(self, server: Server, operator: Operator) -> None:
        """A leaked key ends as the new one begins, or later if asked."""
        key = operator.key()
        assert key.text is not None
        other = operator.key()
        assert other.text is not None
        new = operator.roll(key.id)
        assert (ask(server, key.text)[0], ask(server, new)[0]) == (401, 200)
        later = operator.roll(other.id, expires_in=3600)
        assert (ask(server, other.text)[0], ask(server, later)[0]) == (200, 200)

    def test_stay_so(self, own_server: Server) -> None:
        """After a start, keys of operators open what they opened, and ended ones nothing."""
        operator = Operator(own_server)
        kept, ended = operator.key(), operator.key()
        assert kept.text is not None
        assert ended.text is not None
        operator.revoke(ended.id)
        own_server.restart()
        assert ask(own_server, kept.text) == (200, None)
        assert ask(own_server, ended.text) == (401, "api_key_expired")

    def test_are_nowhere_at_rest(self, own_server: Server) -> None:
        """No file and no line holds a key's text, whatever was asked with it or of it."""
        operator = Operator(own_server)
        text = operator.text(name="till")
        assert ask(own_server, text) == (200, None)
        operator.revoke(text)
        assert ask(own_server, text) == (401, "api_key_expired")
        own_server.stop()
        files = [path for path in own_server.data_dir.rglob("*") if path.is_file()]
        assert files
        assert [path.name for path in files if text.encode() in path.read_bytes()] == []
        assert text not in "\n".join(own_server.lines)

    def test_of_the_settings_may_be_ended(self, own_server: Server) -> None:
        """A leaked key stays ended, although the settings still name it."""
        operator = Operator(own_server)
        with Api(own_server.url, PUBLISHABLE_KEY) as browser:
            assert browser.get(INTENTS).error["code"] == "secret_key_required"
            listed = operator.keys()
            operator.revoke(next(row.id for row in listed if row.masked.endswith("1234")))
            own_server.restart()
        assert ask(own_server, PUBLISHABLE_KEY) == (401, "api_key_expired")


def path_of(operation: Operation) -> str:
    return re.sub(r"\{\w+\}", "nothing", operation.path)


class TestRestrictedKeys:
    @pytest.fixture
    def powerless(self, server: Server, operator: Operator) -> Iterator[Api]:
        with Api(server.url, operator.text(kind="restricted")) as api:
            yield api

    @pytest.mark.parametrize("operation", EVERY_OPERATION, ids=lambda operation: operation.name)
    def test_need_a_permission(self, powerless: Api, operation: Operation) -> None:
        """Each operation asks a restricted key for its own permission, and names it."""
        assert operation.permission is not None
        answer = powerless.call(operation.method, path_of(operation))
        assert answer.refusal == (403, INVALID, None, None)
        assert name_of(operation.permission) in answer.error["message"]

    @pytest.mark.parametrize("operation", EVERY_OPERATION, ids=lambda operation: operation.name)
    def test_need_no_other(self, server: Server, operator: Operator, operation: Operation) -> None:
        """With its permission, an operation is carried out as for a secret key."""
        assert operation.permission is not None
        resource, access = operation.permission
        key = operator.text(kind="restricted", permissions={resource: access})
        with Api(server.url, key) as api:
            # A stream may have no end: that it begins is enough.
            method = "HEAD" if operation.shape == "lines" else operation.method
            answer = api.call(method, path_of(operation))
            assert b"rak_" not in answer.body
            assert operation.shape != "lines" or answer.status == 200

    def test_read_and_do_not_write(self, server: Server, operator: Operator) -> None:
        """Who may read a resource may not change it; who may write it may read it too."""
        levels = {"setup_intents": "read", "customers": "write"}
        with Api(server.url, operator.text(kind="restricted", permissions=levels)) as api:
            assert api.get(INTENTS).status == 200
            assert api.post(INTENTS, CARD).status == 403
            customer = api.post("/v1/customers").object["id"]
            assert api.get(f"/v1/customers/{customer}").status == 200

    def test_expand_what_they_may_read(self, server: Server, api: Api, operator: Operator) -> None:
        """What a key could not retrieve is not shown inside something else either."""
        intent = saved(api)["id"]
        levels = {"setup_intents": "read"}
        with Api(server.url, operator.text(kind="restricted", permissions=levels)) as restricted:
            path = f"{INTENTS}/{intent}"
            assert restricted.get(path, {"expand": ["latest_attempt"]}).status == 200
            refused = restricted.get(path, {"expand": ["payment_method"]})
        assert refused.status == 403
        assert "rak_payment_method_read" in refused.error["message"]


class TestLiveMode:
    @pytest.fixture
    def live(self, server: Server, operator: Operator) -> Iterator[Api]:
        with Api(server.url, operator.text(livemode=True)) as api:
            yield api

    def test_has_objects_of_its_own(self, live: Api, api: Api) -> None:
        """An object of one mode is in no list of the other, and is not found there."""
        made = live.post("/v1/customers").object
        assert made["livemode"] is True
        assert made["id"] not in {one["id"] for one in api.all("/v1/customers")}
        assert made["id"] in {one["id"] for one in live.all("/v1/customers")}

    @pytest.mark.parametrize(
        ("path", "in_form"),
        [("/v1/customers/{}", False), (INTENTS, True)],
        ids=["path", "parameter"],
    )
    def test_is_hinted_at(self, live: Api, api: Api, path: str, *, in_form: bool) -> None:
        """An object that the other mode has is said to be there."""
        name = live.post("/v1/customers").object["id"]
        form = {"customer": name}
        refused = api.post(path, form) if in_form else api.get(path.format(name))
        assert refused.error["code"] == "resource_missing"
        assert "exists in live mode" in refused.error["message"]

    def test_takes_no_test_card(self, live: Api) -> None:
        """A test card is declined in live mode."""
        refused = live.post(INTENTS, {**CARD, "payment_method": "pm_card_visa"})
        assert refused.status == 402
        assert refused.error["type"] == "card_error"

    def test_has_idempotency_keys_of_its_own(self, live: Api, api: Api) -> None:
        """One key stands for one request in each mode."""
        customers = [
            each.post("/v1/customers", Idempotency_Key="one for each mode") for each in (live, api)
        ]
        names = {customer.object["id"] for customer in customers}
        assert len(names) == 2

    def test_has_endpoints_of_its_own(self, live: Api, api: Api) -> None:
        """An endpoint of live mode is not one of test mode's."""
        form = {"url": "https://shop.example/live", "enabled_events": ["*"]}
        made = live.post("/v1/webhook_endpoints", form).object["id"]
        assert api.get(f"/v1/webhook_endpoints/{made}").status == 404
        assert live.delete(f"/v1/webhook_endpoints/{made}").status == 200
