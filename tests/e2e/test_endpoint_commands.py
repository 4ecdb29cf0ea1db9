"""`seti endpoints` as it is typed, beside a server that runs."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.server import Server
from tests.e2e.shell import Ended, Shell
from tests.e2e.subscriber import Subscriber

CHOSEN = "whsec_TheOwnersChosenSigningSecret1234"


@pytest.fixture
def shell(server: Server) -> Shell:
    return Shell(server.data_dir, server.url)


@pytest.fixture
def endpoint(shell: Shell, there: Subscriber) -> Iterator[str]:
    """The id of an endpoint that was made at the shell, and is deleted there."""
    typed = ("--events", "customer.created,mandate.updated", "--header", "X-Key: a credential")
    made = told(shell.seti("endpoints", "create", there.url, *typed, "--ordered", "--json"))
    there.secret = made["secret"]
    yield made["id"]
    left = shell.seti("endpoints", "delete", made["id"])
    assert left.stdout == f"{made['id']} is deleted.\n"


def told(ended: Ended) -> dict[str, Any]:
    """Return what a command printed as JSON."""
    assert ended.returncode == 0, ended.stderr
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def test_an_endpoint_is_made_and_shown(shell: Shell, endpoint: str) -> None:
    """What was typed is what the server has, and its credential is not shown."""
    shown = told(shell.seti("endpoints", "show", endpoint, "--json"))
    assert shown["enabled_events"] == ["customer.created", "mandate.updated"]
    assert (shown["ordered"], shown["headers"]) == (True, {"X-Key": "********"})
    listed = told(shell.seti("endpoints", "list", "--json"))["data"]
    assert shown in listed
    table = shell.seti("endpoints", "list").stdout
    assert endpoint in table
    assert "\x1b" not in table


def test_only_what_is_named_is_changed(shell: Shell, endpoint: str, there: Subscriber) -> None:
    """An update changes what is typed and leaves the rest."""
    typed = ("--remove-header", "x-key", "--unordered", "--description", "till")
    changed = told(shell.seti("endpoints", "update", endpoint, *typed, "--json"))
    assert (changed["headers"], changed["ordered"]) == ({}, False)
    assert (changed["url"], changed["description"]) == (there.url, "till")


def test_an_endpoint_is_disabled_and_enabled(shell: Shell, endpoint: str) -> None:
    """Its status says by whom, and a ping is refused with one line and exit code 1."""
    assert "by request" in shell.seti("endpoints", "disable", endpoint).stdout
    refused = shell.seti("endpoints", "ping", endpoint)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"seti: {endpoint} is disabled")
    assert "disabled" not in shell.seti("endpoints", "enable", endpoint).stdout


def test_a_secret_is_rolled(shell: Shell, endpoint: str, there: Subscriber) -> None:
    """The new secret is its line on stdout, and signs what comes next."""
    rolled = shell.seti("endpoints", "roll", endpoint, "--expires", "1h")
    assert rolled.stdout.startswith("whsec_")
    assert "signs until" in rolled.stderr
    command = ("seti", "endpoints", "roll", endpoint, "--secret-stdin", "--expires", "0")
    assert shell.run(*command, typed=f"{CHOSEN}\n").stdout == f"{CHOSEN}\n"
    there.secret = CHOSEN
    pinged = shell.seti("endpoints", "ping", endpoint)
    assert pinged.returncode == 0
    assert list(there.heard) == [pinged.stdout.strip()]


def test_a_ping_that_does_not_arrive(shell: Shell, endpoint: str, there: Subscriber) -> None:
    """Whoever waits for it in vain is told so, with exit code 1; the event is there."""
    there.answers = [500]
    in_vain = shell.seti("endpoints", "ping", endpoint, "--wait", "1s", "--json")
    assert in_vain.returncode == 1
    assert json.loads(in_vain.stdout)["pending_webhooks"] == 1
    assert in_vain.stderr.startswith(f"seti: {endpoint} has not acknowledged it")
    assert "status (500)" in shell.seti("endpoints", "show", endpoint).stdout
    assert shell.seti("endpoints", "ping", endpoint, "--wait", "0").returncode == 0


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("show", "we_nope"), 1, "seti: No such webhook endpoint: 'we_nope'"),
        (("show", "../customers"), 1, "seti: No such webhook endpoint: '../customers'"),
        (("create", "https://10.0.0.1/"), 1, "seti: A webhook URL may not lead to 10.0.0.1"),
        (("create", "https://a.example", "--events", "nope"), 1, "seti: Invalid enabled_events"),
        (("create", "https://a.example", "--header", "nope"), 2, "seti: --header: expected"),
        (("roll", "we_nope", "--expires", "soon"), 2, "seti: --expires: expected"),
        (("ping", "we_nope", "--wait", "long"), 2, "seti: --wait: expected"),
        (("roll", "we_nope", "--expires", "2d"), 2, "seti: --expires: expected 24h at most"),
        (("list", "--port", "9"), 2, "seti: no answer"),
        (("list", "--api-key", "sk_test_nope"), 1, "seti: This server has no such API key: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_trouble_is_one_line(shell: Shell, typed: tuple[str, ...], code: int, said: str) -> None:
    """What cannot be done is one line on stderr, and nothing on stdout."""
    ended = shell.seti("endpoints", *typed)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert ended.stderr.startswith(said)
    assert ended.stderr.count("\n") == 1
