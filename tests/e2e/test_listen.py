"""`seti listen` as it is typed, between a server that runs and one that is being developed."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from service.webhooks.signature import key_of, standard_headers
from tests.e2e.client import Api
from tests.e2e.intents import saved
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.shell import Shell
from tests.e2e.subscriber import Subscriber, subscriber
from tests.e2e.terminal import Running

SUCCEEDED = "setup_intent.succeeded"


@pytest.fixture
def shell(server: Server) -> Shell:
    return Shell(server.data_dir, server.url)


@pytest.fixture
def developed(shell: Shell) -> Iterator[Subscriber]:
    """A server under development, which knows what the listener signs with."""
    with subscriber() as listening:
        listening.secret = shell.seti("listen", "--print-secret").stdout.strip()
        yield listening


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def silent() -> Iterator[str]:
    """Give the address of somebody who takes every connection, and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook"


class TestForwarded:
    def test_is_signed_and_as_webhooks_are(
        self, shell: Shell, developed: Subscriber, api: Api
    ) -> None:
        """Each event arrives once, signed as the official SDK checks it, and its answer is told."""
        with Running(shell, "listen", "--forward-to", developed.url) as listener:
            assert developed.secret in listener.said("Listening, and forwarding")
            intent = saved(api)
            until(lambda: (SUCCEEDED, intent["id"]) in developed.types)
            assert listener.said(SUCCEEDED).split()[-1] == intent["id"]
            assert "<- 200" in listener.said(f"POST {developed.url}")
            assert listener.interrupt() == 0
        assert developed.refused == []
        of_intent = [type_ for type_, about in developed.types if about == intent["id"]]
        assert of_intent == ["setup_intent.created", SUCCEEDED]

    def test_is_signed_as_standard_webhooks_too(
        self, shell: Shell, developed: Subscriber, api: Api
    ) -> None:
        """The other family of headers comes along, under the same secret."""
        typed = ("--forward-to", developed.url, "--events", SUCCEEDED)
        with Running(shell, "listen", *typed) as listener:
            listener.said("Listening")
            saved(api)
            until(lambda: developed.heard)
            assert listener.interrupt() == 0
        assert len(key_of(developed.secret)) == 24
        ((name, _),) = developed.heard.items()
        told = {key.lower(): value for key, value in developed.headers.items()}
        at = int(told["webhook-timestamp"])
        event = api.get(f"/v1/events/{name}").object
        assert told["webhook-id"] == event["id"]
        assert at >= event["created"]
        assert told.keys() >= standard_headers(name, b"", (developed.secret,), at).keys()

    def test_goes_on_after_an_answer_that_is_none(
        self, shell: Shell, developed: Subscriber, api: Api
    ) -> None:
        """An error, and nobody there at all, are told; what comes next is forwarded as well."""
        developed.answers = [500]
        typed = ("--forward-to", developed.url, "--events", SUCCEEDED)
        with Running(shell, "listen", *typed) as listener:
            listener.said("Listening")
            saved(api)
            assert listener.said("<- 500")
            saved(api)
            assert listener.said("<- 200")
            assert listener.interrupt() == 0
        with Running(shell, "listen", "--forward-to", "http://127.0.0.1:9/") as listener:
            listener.said("Listening")
            saved(api)
            assert listener.said("<- failed: connect")
            assert listener.interrupt() == 0

    def test_goes_on_when_the_receiver_is_back(
        self, shell: Shell, developed: Subscriber, api: Api
    ) -> None:
        """What was told in vain is said to have failed; the next is forwarded to who is back."""
        port = free_port()
        typed = ("--forward-to", f"http://127.0.0.1:{port}/hook", "--events", SUCCEEDED)
        with Running(shell, "listen", *typed) as listener:
            listener.said("Listening")
            missed = saved(api)["id"]
            assert listener.said("<- failed: connect")
            with subscriber(port) as back:
                back.secret = developed.secret
                taken = saved(api)["id"]
                assert listener.said("<- 200")
            assert listener.interrupt() == 0
        assert [about for _, about in back.types] == [taken]
        assert listener.said(missed)

    def test_ends_while_nobody_answers(self, shell: Shell, api: Api) -> None:
        """A receiver that hangs holds up what follows, and keeps nobody from leaving."""
        with silent() as url, Running(shell, "listen", "--forward-to", url) as listener:
            listener.said("Listening")
            saved(api)
            listener.said("setup_intent.created")
            assert listener.interrupt() == 0
        assert not [line for line in listener.out if "<-" in line]

    def test_misses_nothing_while_the_server_is_gone(self, lasting: Server) -> None:
        """What happens before the connection is there again is forwarded when it is."""
        shell = Shell(lasting.data_dir, lasting.url)
        with subscriber() as developed:
            developed.secret = shell.seti("listen", "--print-secret").stdout.strip()
            with Running(shell, "listen", "--forward-to", developed.url) as listener:
                listener.said("Listening")
                for _ in range(2):
                    with Api(lasting.url, SECRET_KEY) as api:
                        intent = saved(api)["id"]
                    until(lambda: (SUCCEEDED, intent) in developed.types)  # noqa: B023 - at once
                    lasting.kill()
                    lasting.start()
                assert listener.interrupt() == 0
        assert [len(copies) for copies in developed.heard.values()] == [1] * len(developed.heard)


class TestPrinted:
    def test_is_what_is_asked_for(self, shell: Shell, api: Api) -> None:
        """Without a place to forward to, events of the types that are named are printed whole."""
        typed = ("--print-json", "--events", "setup_intent.s*,customer.created")
        with Running(shell, "listen", *typed) as listener:
            listener.said("Listening.")
            intent = saved(api)
            listener.said(intent["id"])
            assert listener.interrupt() == 0
        (event,) = [json.loads(line) for line in listener.out]
        assert (event["type"], event["data"]["object"]["id"]) == (SUCCEEDED, intent["id"])
        assert event["data"]["object"]["client_secret"] == intent["client_secret"]
        assert event["id"] == api.get(f"/v1/events/{event['id']}").object["id"]

    def test_is_in_the_version_that_is_named(self, shell: Shell, api: Api) -> None:
        """Events are told in another version, where one is named."""
        typed = ("--print-json", "--api-version", "2024-06-20", "--events", SUCCEEDED)
        with Running(shell, "listen", *typed) as listener:
            listener.said("Listening.")
            listener.said(saved(api)["id"])
            assert listener.interrupt() == 0
        assert json.loads(listener.out[0])["api_version"] == "2024-06-20"


class TestSecret:
    def test_is_always_the_same(self, shell: Shell, api: Api) -> None:
        """Whoever puts it into a configuration has to do so once."""
        first = shell.seti("listen", "--print-secret").stdout
        assert first.startswith("whsec_")
        assert shell.seti("listen", "--print-secret").stdout == first
        assert api.post("/seti/v1/listeners").object["secret"] == first.strip()


class TestInVain:
    @pytest.mark.parametrize(
        ("typed", "code", "said"),
        [
            (("--forward-to", "localhost:4242"), 2, "--forward-to: "),
            (("--forward-to", "ftp://localhost/"), 2, "--forward-to: "),
            (("--forward-to", "file:///etc/passwd"), 2, "--forward-to: "),
            (("--forward-to", "http://user:hunter2@localhost/"), 2, "--forward-to: "),
            (("--forward-to", f"http://localhost/{'x' * 2048}"), 2, "--forward-to: "),
            (("--forward-to", ""), 2, "--forward-to: "),
            (("--events", "setup_intent.wat"), 2, "--events: there are no events"),
            (("--events", ""), 2, "--events: there are no events"),
            (("--latest", "--api-version", "2024-06-20"), 2, "expected one of them"),
            (("--api-version", "yesterday"), 1, "yesterday"),
        ],
        ids=lambda typed: str(typed)[:40],
    )
    def test_is_one_line(self, shell: Shell, typed: tuple[str, ...], code: int, said: str) -> None:
        """What cannot be listened to, or forwarded to, is told in one line."""
        ended = shell.seti("listen", *typed)
        assert (ended.returncode, ended.stdout) == (code, "")
        assert ended.stderr.startswith("seti: ")
        assert said in ended.stderr
        assert "hunter2" not in ended.stderr
        assert ended.stderr.count("\n") == 1
