"""`seti replay events` as it is typed: the log of a server that runs, ends, and comes back."""

import json
from pathlib import Path

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import saved
from tests.e2e.server import SECRET_KEY, Server
from tests.e2e.shell import Shell
from tests.e2e.terminal import Running

REPLAY = ("replay", "events")
LONG_AGO, FAR_OFF = "2020-01-01T00:00:00Z", "2100-01-01T00:00:00+01:00"


@pytest.fixture
def shell(server: Server) -> Shell:
    return Shell(server.data_dir, server.url)


def _positions(shell: Shell, *typed: str) -> list[int]:
    ended = shell.seti(*REPLAY, *typed)
    return [json.loads(line)["position"] for line in ended.stdout.splitlines()]


class TestPrinted:
    def test_is_the_log(self, shell: Shell, api: Api) -> None:
        """What is piped is what the server tells, a line for each entry."""
        intent = saved(api)
        ended = shell.seti(*REPLAY, "--object", intent["id"])
        told = [json.loads(line) for line in ended.stdout.splitlines()]
        assert (ended.returncode, ended.stderr) == (0, "")
        assert [entry["version"] for entry in told] == list(range(1, len(told) + 1))
        assert {entry["stream"] for entry in told} == {intent["id"]}

    def test_is_the_part_that_is_asked_for(self, shell: Shell, api: Api) -> None:
        """Positions, times and types narrow it down."""
        for _ in range(5):
            saved(api)
        everything = _positions(shell)
        typed = ("--after", "2", "--until", "20", "--since", LONG_AGO, "--before", FAR_OFF)
        told = _positions(shell, *typed)
        assert told == [position for position in everything if 2 < position <= 20]
        assert told[0] < told[-1]
        ended = shell.seti(*REPLAY, "--type", "SetupIntentSucceeded")
        topics = {json.loads(line)["topic"] for line in ended.stdout.splitlines()}
        assert topics == {"SetupIntentSucceeded"}

    def test_goes_on_with_what_happens(self, shell: Shell, api: Api) -> None:
        """Followed, it goes on until Ctrl-C, which is no error."""
        with Running(shell, *REPLAY, "--follow", "--type", "SetupIntentCreated") as replay:
            intent = saved(api)
            assert json.loads(replay.said(intent["id"]))["stream"] == intent["id"]
            assert replay.interrupt() == 0

    def test_goes_on_where_the_server_was_gone(self, lasting: Server) -> None:
        """A server that is killed and comes back is followed on, and each entry told once."""
        shell = Shell(lasting.data_dir, lasting.url)
        with Running(shell, *REPLAY, "--follow") as replay:
            with Api(lasting.url, SECRET_KEY) as api:
                replay.said(saved(api)["id"])
            lasting.kill()
            replay.said("Trying again.")
            lasting.start()
            with Api(lasting.url, SECRET_KEY) as api:
                last = saved(api)["id"]
            replay.said("Going on after position")
            replay.said(f'"stream":"{last}","topic":"SetupIntentSucceeded"')
            assert replay.interrupt() == 0
            positions = [json.loads(line)["position"] for line in replay.out]
        assert positions == list(range(1, positions[-1] + 1))


class TestInVain:
    @pytest.mark.parametrize(
        ("typed", "code", "said"),
        [
            (("--after", "x"), 2, "--after: expected a position"),
            (("--until", "-1"), 2, "--until: expected a position"),
            (("--since", "yesterday"), 2, "--since: expected Unix seconds"),
            (("--before", "2026-13-01"), 2, "--before: expected Unix seconds"),
            (("--api-key", "sk test"), 2, "--api-key: expected a secret key"),
            (("--api-key", "sk_test_wrong"), 1, "API"),
            (("--after", "999999999"), 1, "The log ends at position"),
            (("--after", "2", "--until", "1"), 1, "'until' is a position before 'after'"),
            (("--type", "Wat"), 1, "topics[0]"),
            (("--object", "seti_none"), 1, "No such object"),
        ],
        ids=str,
    )
    def test_is_one_line(self, shell: Shell, typed: tuple[str, ...], code: int, said: str) -> None:
        """What cannot be replayed is told in one line, and nothing is printed."""
        ended = shell.seti(*REPLAY, *typed)
        assert (ended.returncode, ended.stdout) == (code, "")
        assert ended.stderr.startswith("seti: ")
        assert said in ended.stderr
        assert ended.stderr.count("\n") == 1

    def test_without_a_server_is_one_line(self, tmp_path: Path) -> None:
        """Where nobody listens, that is said, even to somebody who would follow."""
        ended = Shell(tmp_path, "http://127.0.0.1:9").seti(*REPLAY, "--follow")
        assert ended.returncode == 2
        assert ended.stderr.startswith("seti: no answer from http://127.0.0.1:9 (")
