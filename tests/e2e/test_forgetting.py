"""A customer is forgotten: nothing of it is left in any byte, and everything else is as it was."""

import sys
from collections.abc import Iterator

import pytest

from tests.e2e.client import Api
from tests.e2e.echo import echo
from tests.e2e.intents import INTENTS, saved
from tests.e2e.person import (
    BILLING,
    CARD,
    CUSTOMERS,
    TOLD,
    a_person,
    delivered_all,
    words_in,
    words_in_redis,
)
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server, until
from tests.e2e.shell import Shell


def shown_by(api: Api) -> list[bytes]:
    """Return all intents and events, wherever the pages are that they name."""
    bodies = [api.get(path).body for path in (INTENTS, "/v1/events")]
    return [body.replace(api.url.encode(), b"") for body in bodies]


@pytest.fixture(name="api")
def _api(own_server: Server) -> Iterator[Api]:
    with Api(own_server.url, SECRET_KEY) as client:
        yield client


@pytest.fixture(name="shell")
def _shell(own_server: Server) -> Shell:
    return Shell(own_server.data_dir, own_server.url)


class TestForgetting:
    def test_leaves_nothing_of_a_person_in_any_byte(
        self, own_server: Server, api: Api, shell: Shell
    ) -> None:
        """Log, ledger, snapshot and Redis tell nothing of who was forgotten, all of their rest."""
        spared = api.post(CUSTOMERS, {"name": "Trillian", "email": "t@example.org"}).object["id"]
        with echo() as (url, said), Api(own_server.url, PUBLISHABLE_KEY) as browser:
            api.post("/v1/webhook_endpoints", {"url": url, "enabled_events": ["*"]})
            person = a_person(api, browser)
            until(lambda: delivered_all(own_server))
            assert b"Zaphodine" in b"".join(said)
            assert words_in_redis(own_server)
            assert words_in(own_server.data_dir)
            ended = shell.seti("forget", person, "--yes")
            assert ended.returncode == 0, ended.stderr
            assert f"{person} is forgotten, in " in ended.stdout
            assert words_in(own_server.data_dir) == []
            assert words_in_redis(own_server) == []
            until(lambda: delivered_all(own_server))
        assert api.get(f"{CUSTOMERS}/{person}").object["deleted"] is True
        assert api.get(f"{CUSTOMERS}/{spared}").object["name"] == "Trillian"
        check = shell.seti("rebuild", "--check")
        assert check.returncode == 0, check.stdout
        own_server.stop()
        assert words_in(own_server.data_dir) == []

    def test_shows_what_is_left_as_declared(
        self, own_server: Server, api: Api, shell: Shell
    ) -> None:
        """Every object, event, attempt and page of history is shown on, without the person."""
        with Api(own_server.url, PUBLISHABLE_KEY) as browser:
            person = a_person(api, browser)
        intents = api.all(INTENTS, {"customer": person})
        left = api.post(f"/seti/v1/customers/{person}/forget").object
        assert left["forgotten"] >= len(intents) + 2
        for intent in intents:
            again = api.get(f"{INTENTS}/{intent['id']}", {"expand": ["payment_method"]}).object
            assert (again["description"], again["metadata"]) == (None, {})
            assert again["status"] == intent["status"]
            api.all("/v1/setup_attempts", {"setup_intent": intent["id"]})
        told = repr(api.all("/v1/events")).lower().encode()
        assert not [word for word in TOLD if word in told]
        history = shell.seti("history", person)
        assert "PersonalDataForgotten" in history.stdout
        assert "Zaphodine" not in history.stdout
        log = api.get("/seti/v1/log").body.lower()
        assert person.encode().lower() in log
        assert not [word for word in TOLD if word in log]
        assert api.all(CUSTOMERS) == []
        assert api.get(f"{CUSTOMERS}/search", {"query": 'name:"Zaphodine"'}).object["data"] == []

    def test_leaves_nothing_in_the_past(self, own_server: Server, api: Api) -> None:
        """No history and no moment before shows who was forgotten, or refuses to answer."""
        with Api(own_server.url, PUBLISHABLE_KEY) as browser:
            person = a_person(api, browser)
        intents = [one["id"] for one in api.all(INTENTS, {"customer": person})]
        methods = api.get(f"{INTENTS}/{intents[0]}").object["payment_method"]
        api.post(f"/seti/v1/customers/{person}/forget")
        kinds = {"customers": [person], "setup_intents": intents, "payment_methods": [methods]}
        for path in (f"/seti/v1/{kind}/{name}" for kind, names in kinds.items() for name in names):
            history = api.get(f"{path}/history", {"limit": 100})
            assert history.object["data"]
            moments = [f"v{entry['version']}" for entry in history.object["data"]]
            answers = [history, *(api.get(path, {"at": moment}) for moment in moments)]
            told = b"".join(answer.body for answer in answers).lower()
            assert not [word for word in TOLD if word in told]

    def test_survives_a_rebuild_and_a_restart(
        self, own_server: Server, api: Api, shell: Shell
    ) -> None:
        """Views that are made anew from the log are those that were there."""
        with Api(own_server.url, PUBLISHABLE_KEY) as browser:
            person = a_person(api, browser)
        api.post(f"/seti/v1/customers/{person}/forget")
        before = shown_by(api)
        assert shell.seti("rebuild").returncode == 0
        own_server.restart()
        with Api(own_server.url, SECRET_KEY) as again:
            assert shown_by(again) == before

    def test_is_done_once(self, own_server: Server, api: Api) -> None:
        """A second call finds nothing to forget, and writes nothing."""
        person = api.post(CUSTOMERS, BILLING).object["id"]
        api.delete(f"{CUSTOMERS}/{person}")
        path = f"/seti/v1/customers/{person}/forget"
        assert api.post(path).object["forgotten"] == 1
        position = own_server.health["log"]["position"]
        assert api.post(path).object["forgotten"] == 0
        assert own_server.health["log"]["position"] == position

    def test_leaves_another_customers_card_alone(self, api: Api) -> None:
        """A card that was saved for somebody else stays as it is."""
        person, other = (api.post(CUSTOMERS, {"name": name}).object["id"] for name in "ab")
        form = {"type": "card", "card": CARD, "billing_details": {"name": "Trillian"}}
        method = api.post("/v1/payment_methods", form).object["id"]
        intent = api.post(INTENTS, {"customer": person, "payment_method": method}).object
        saved(api, customer=other, payment_method=method)
        api.post(f"/seti/v1/customers/{person}/forget")
        assert intent["payment_method"] == method
        kept = api.get(f"/v1/payment_methods/{method}").object
        assert kept["billing_details"]["name"] == "Trillian"


class TestCommand:
    def test_tells_of_nobody_known(self, shell: Shell) -> None:
        """A customer that was never there is an error, and the exit code says so."""
        ended = shell.seti("forget", "cus_nobody", "--yes")
        assert (ended.returncode, ended.stdout) == (1, "")
        assert "cus_nobody" in ended.stderr

    def test_asks_first(self, api: Api, shell: Shell) -> None:
        """Where nobody can be asked nothing is forgotten without `--yes`."""
        person = api.post(CUSTOMERS, BILLING).object["id"]
        ended = shell.seti("forget", person)
        assert ended.returncode == 2
        assert "--yes" in ended.stderr
        assert api.get(f"{CUSTOMERS}/{person}").object["name"] == "Zaphodine"

    def test_is_for_servers(self, own_server: Server, api: Api) -> None:
        """A browser's key forgets nobody."""
        person = api.post(CUSTOMERS, BILLING).object["id"]
        with Api(own_server.url, PUBLISHABLE_KEY) as browser:
            assert browser.post(f"/seti/v1/customers/{person}/forget").status == 403


class TestWithoutTheKey:
    def test_nothing_personal_is_read(self, api: Api, shell: Shell) -> None:
        """Whoever reads the log with another master key is told so, and shown nobody."""
        person = api.post(CUSTOMERS, BILLING).object["id"]
        for master_key, reason in (("ab" * 32, "master key"), ("", "SETI_MASTER_KEY")):
            script = f"SETI_MASTER_KEY={master_key} {sys.executable} -m service history {person}"
            ended = shell.run("sh", "-c", script)
            assert (ended.returncode, ended.stdout) == (2, "")
            assert reason in ended.stderr
            assert "Zaphodine" not in ended.stderr
