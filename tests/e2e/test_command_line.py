"""The commands as an operator types them beside a server: what they print, how they end."""

import json
from pathlib import Path

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server
from tests.e2e.shell import Shell


@pytest.fixture(name="shell")
def _shell(server: Server) -> Shell:
    return Shell(server.data_dir, server.url)


@pytest.fixture(name="intent")
def _intent(server: Server) -> str:
    """The id of an intent that has saved a card."""
    client = stripe.StripeClient(SECRET_KEY, base_addresses={"api": server.url})
    intent = client.v1.setup_intents.create(
        {
            "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
            "confirm": True,
            "payment_method": "pm_card_visa",
        }
    )
    assert intent.status == "succeeded"
    return intent.id


class TestKeys:
    def test_are_printed_as_settings(self, shell: Shell) -> None:
        """The keys are printed as settings, ready for a shell."""
        assert shell.seti("keys").stdout.splitlines() == [
            f"SETI_SECRET_KEY={SECRET_KEY}",
            f"SETI_PUBLISHABLE_KEY={PUBLISHABLE_KEY}",
        ]


class TestHistory:
    def test_tells_what_happened(self, shell: Shell, intent: str) -> None:
        """The history of a saved card is its creation, its attempt and its success."""
        told = json.loads(shell.seti("history", intent, "--json").stdout)
        assert [entry["topic"] for entry in told["entries"]] == [
            "SetupIntentCreated",
            "SetupAttemptStarted",
            "SetupIntentSucceeded",
        ]
        assert told["object"]["status"] == "succeeded"

    def test_is_a_table_for_people(self, shell: Shell, intent: str) -> None:
        """Without --json, the events are a table and the object follows, without its secret."""
        shown = shell.seti("history", intent).stdout
        assert "SetupIntentSucceeded" in shown
        assert "_secret_" not in shown

    def test_goes_back_to_a_version(self, shell: Shell, intent: str) -> None:
        """As of a version, the history ends with it, and the object is what it was."""
        told = json.loads(shell.seti("history", intent, "--at", "v2", "--json").stdout)
        assert [entry["version"] for entry in told["entries"]] == [1, 2]
        assert told["object"]["status"] != "succeeded"

    def test_says_what_the_api_says(self, server: Server, shell: Shell, intent: str) -> None:
        """The entries are those of the API, in the order in which they happened."""
        told = json.loads(shell.seti("history", intent, "--json").stdout)
        with Api(server.url, SECRET_KEY) as api:
            page = api.get(f"/seti/v1/setup_intents/{intent}/history").object
        assert told["entries"] == page["data"][::-1]

    def test_knows_nothing_before_the_beginning(self, shell: Shell, intent: str) -> None:
        """As of a time before the object was made there is nothing, and exit code 1."""
        ended = shell.seti("history", intent, "--at", "2020-01-01T00:00:00Z")
        assert ended.returncode == 1
        assert "nothing happened" in ended.stderr

    def test_knows_no_version_to_come(self, shell: Shell, intent: str) -> None:
        """A version that an object does not have is refused, and no other shown in its place."""
        ended = shell.seti("history", intent, "--at", "v99")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "--at: there is no v99" in ended.stderr


class TestRebuild:
    def test_finds_no_difference(self, shell: Shell, intent: str) -> None:
        """The views that requests wrote are those that the log gives, before and after."""
        for command in (["rebuild", "--check"], ["rebuild"], ["rebuild", "--check"]):
            ended = shell.seti(*command)
            assert ended.returncode == 0, (intent, ended.stdout, ended.stderr)


class TestSmoke:
    def test_prints_the_trail(self, shell: Shell) -> None:
        """A smoke run saves a card, waits for the news and prints each step."""
        ended = shell.seti("smoke")
        assert ended.returncode == 0, ended.stderr
        for step in ("subscribe", "create", "confirm", "retrieve", "delivery"):
            assert step in ended.stdout

    def test_fails_where_nobody_listens(self, tmp_path: Path) -> None:
        """Without a server, the smoke run says so in one line, with exit code 2."""
        ended = Shell(tmp_path, "http://127.0.0.1:9").seti("smoke")
        assert ended.returncode == 2
        assert ended.stderr.startswith("seti: no answer from http://127.0.0.1:9 (")
        assert ended.stderr.count("\n") == 1
