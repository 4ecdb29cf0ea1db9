"""`seti deliveries` and `seti replay`: what an operator types when a receiver was down."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.e2e.client import Api
from tests.e2e.endpoints import made_at
from tests.e2e.intents import a_customer
from tests.e2e.operator import Operator
from tests.e2e.server import SECRET_KEY, Server, serving, until
from tests.e2e.shell import Ended, Shell
from tests.e2e.subscriber import Subscriber
from tests.e2e.terminal import Running

LONG_AGO: Final = "2020-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives up soon."""
    yield from serving(tmp_path_factory, SETI_RETRY_SCHEDULE="0,0.05")


@pytest.fixture
def shell(house: Server) -> Shell:
    return Shell(house.data_dir, house.url)


@pytest.fixture
def endpoint(house: Server, shell: Shell, there: Subscriber) -> str:
    """An endpoint that was down while two events happened, and is up again."""
    there.answers = [503] * 4
    with Api(house.url, SECRET_KEY) as api:
        made: str = made_at(api, there)["id"]
        a_customer(api)
        a_customer(api)
    until(lambda: len(failed(shell, made)) == 2)
    return made


def told(ended: Ended) -> dict[str, Any]:
    """Return what a command printed as JSON."""
    assert ended.returncode == 0, ended.stderr
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def failed(shell: Shell, endpoint: str) -> list[dict[str, Any]]:
    found = shell.seti(
        "deliveries", "list", "--endpoint", endpoint, "--state", "exhausted", "--json"
    )
    deliveries: list[dict[str, Any]] = told(found)["data"]
    return deliveries


def test_a_day_is_sent_again(shell: Shell, endpoint: str, there: Subscriber) -> None:
    """A dry run counts, and the replay sends what failed; progress is shown on stderr."""
    typed = ("replay", "start", endpoint, "--since", LONG_AGO, "--state", "failed")
    assert told(shell.seti(*typed, "--dry-run", "--json"))["counts"]["matched"] == 2
    assert there.heard.keys() == {each["event"] for each in failed(shell, endpoint)}
    replay = told(shell.seti(*typed, "--wait", "--json"))
    assert (replay["status"], replay["counts"]["delivered"]) == ("completed", 2)
    assert failed(shell, endpoint) == []
    table = shell.seti("replay", "list").stdout
    assert replay["id"] in table
    assert "completed" in table
    assert shell.seti("replay", "cancel", replay["id"]).returncode == 1


def test_one_is_sent_again(shell: Shell, endpoint: str) -> None:
    """A delivery is shown with its attempts, and sent again."""
    first, *_ = failed(shell, endpoint)
    shown = told(shell.seti("deliveries", "show", first["id"], "--json"))
    assert [each["status"] for each in shown["attempts"]] == [503, 503]
    assert "status (503)" in shell.seti("deliveries", "show", first["id"]).stdout
    assert shell.seti("deliveries", "resend", first["id"]).stdout.startswith("dlv_s")
    until(lambda: len(failed(shell, endpoint)) == 1)
    assert first["id"] in shell.seti("deliveries", "list", "--event", first["event"]).stdout


def test_an_event_is_sent_again(
    house: Server, shell: Shell, endpoint: str, there: Subscriber
) -> None:
    """Who has an event's id sends it to every endpoint that it was for, or to one of them."""
    event = failed(shell, endpoint)[0]["event"]
    ended = shell.seti("deliveries", "resend", event, "--endpoint", endpoint)
    assert ended.stdout.startswith("dlv_s")
    until(lambda: len(failed(shell, endpoint)) == 1)
    lines = shell.seti("deliveries", "resend", event, "--json").stdout.splitlines()
    made = [json.loads(line) for line in lines]
    assert {each["event"] for each in made} == {event}
    assert endpoint in {each["endpoint"] for each in made}
    until(lambda: len(there.heard[event]) == 4)
    with Api(house.url, SECRET_KEY) as api:
        other: str = made_at(api, there)["id"]
    nowhere = shell.seti("deliveries", "resend", event, "--endpoint", other)
    assert (nowhere.returncode, f"did not go to {other}" in nowhere.stderr) == (1, True)


def test_a_replay_outlives_who_waits_for_it(shell: Shell, endpoint: str, there: Subscriber) -> None:
    """Ctrl-C ends the waiting, and tells how to come back: the replay goes on."""
    there.answers_at_all.clear()
    typed = ("replay", "start", endpoint, "--since", LONG_AGO, "--state", "failed", "--wait")
    with Running(shell, *typed) as waiting:
        assert waiting.said("Replaying: 0 of 100 percent")
        assert waiting.interrupt() == 130
        left = waiting.said("goes on")
    replay = left.split()[1]
    assert f"seti replay show {replay} --wait" in left
    there.answers_at_all.set()
    shown = told(shell.seti("replay", "show", replay, "--wait", "--json"))
    assert (shown["status"], shown["counts"]["delivered"]) == ("completed", 2)


@pytest.mark.parametrize(
    "typed",
    [
        ("deliveries", "list", "--outcome", "dns"),
        ("deliveries", "list", "--outcome", "tls"),
        ("replay", "list", "--api-key", "another account's"),
        ("endpoints", "list", "--api-key", "another account's"),
    ],
    ids=" ".join,
)
def test_says_that_there_is_nothing(house: Server, shell: Shell, typed: tuple[str, ...]) -> None:
    """An empty list is a sentence for people, and nothing for whoever reads stdout."""
    operator = Operator(house)
    key = operator.text(account=operator.account())
    ended = shell.seti(*(key if word == "another account's" else word for word in typed))
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr.startswith("There are no ")


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("deliveries", "list", "--since", "yesterday"), 2, "--since"),
        (("deliveries", "list", "--limit", "many"), 2, "--limit"),
        (("deliveries", "list", "--state", "lost"), 1, "state"),
        (("deliveries", "list", "--status", "teapot"), 1, "status"),
        (("deliveries", "list", "--outcome", "sad"), 1, "timeout"),
        (("deliveries", "list", "--endpoint", "we_none"), 1, "we_none"),
        (("deliveries", "list", "--event", "evt_none"), 1, "evt_none"),
        (("replay", "list", "--endpoint", "we_none"), 1, "we_none"),
        (("deliveries", "show", "dlv_none"), 1, "dlv_none"),
        (("deliveries", "resend", "dlv_none"), 1, "dlv_none"),
        (("deliveries", "resend", "dlv_none", "--endpoint", "we_none"), 2, "--endpoint"),
        (("deliveries", "resend", "evt_none"), 1, "evt_none"),
        (("replay", "show", "rpl_none"), 1, "rpl_none"),
        (("replay", "start", "we_none", "--since", "1", "--state", "all"), 1, "we_none"),
        (("replay", "start", "we_none", "--since", "soon", "--state", "all"), 2, "--since"),
        (("replay", "start", "we_none", "--since", "1"), 2, "--state"),
    ],
    ids=lambda typed: " ".join(typed) if isinstance(typed, tuple) else str(typed),
)
def test_refuses(shell: Shell, typed: tuple[str, ...], code: int, said: str) -> None:
    """What cannot be asked for is one sentence, and the exit code says whose fault it is."""
    ended = shell.seti(*typed)
    assert (ended.returncode, said in ended.stderr) == (code, True)
