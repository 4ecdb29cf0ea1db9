"""A server for each session of ordinary tests, and own ones for tests that break theirs."""

import json
import signal
from collections.abc import Iterator

import pytest

from tests.e2e.client import Api
from tests.e2e.operator import Operator
from tests.e2e.sdk import CheckedClient, Sdk
from tests.e2e.sdk import module_level as module_level_of
from tests.e2e.sdk import sdk as sdk_of
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server
from tests.e2e.subscriber import Subscriber, subscriber

# A shell that runs us in the background has Ctrl-C ignored, and what we start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that many tests share. None of them makes it fail, and it ends well."""
    yield from _flawless(Server(tmp_path_factory.mktemp("shared") / "data"))


@pytest.fixture(scope="module")
def quiet_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody but the tests of one module asks."""
    yield from _flawless(Server(tmp_path_factory.mktemp("quiet") / "data"))


def _flawless(server: Server) -> Iterator[Server]:
    """Give *server* while it runs, and assert that it told of no fault."""
    yield server.start()
    server.close()
    told = [json.loads(line) for line in server.output.lines]
    assert [line for line in told if line["level"] == "error"] == []


@pytest.fixture
def unchanged(quiet_server: Server) -> Iterator[None]:
    """Assert that nothing was appended to the log, and that every list is as it was."""
    before = _everything(quiet_server)
    yield
    assert _everything(quiet_server) == before


def _everything(server: Server) -> list[object]:
    lists = ("setup_intents", "customers", "events", "webhook_endpoints")
    with Api(server.url, SECRET_KEY) as client:
        return [server.health["log"], *(client.get(f"/v1/{name}").body for name in lists)]


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that the test may do anything to."""
    own = Server(tmp_path_factory.mktemp("own") / "data").start()
    yield own
    own.close()


@pytest.fixture
def lasting(own_server: Server) -> Server:
    """A server of the test's own that comes back at the same address."""
    own_server.port = int(own_server.url.rpartition(":")[2])
    return own_server


@pytest.fixture
def there() -> Iterator[Subscriber]:
    """Somebody who can be subscribed."""
    with subscriber() as listening:
        yield listening


@pytest.fixture(scope="session")
def operator(server: Server) -> Operator:
    """Whoever makes accounts and keys beside the shared server."""
    return Operator(server)


@pytest.fixture
def api(server: Server) -> Iterator[Api]:
    """A client with the secret key."""
    with Api(server.url, SECRET_KEY) as client:
        yield client


@pytest.fixture
def browser(server: Server) -> Iterator[Api]:
    """A client with the publishable key."""
    with Api(server.url, PUBLISHABLE_KEY) as client:
        yield client


@pytest.fixture
def sdk(server: Server) -> Iterator[Sdk]:
    """The official SDK with the secret key."""
    with sdk_of(server.url, SECRET_KEY) as client:
        yield client


@pytest.fixture
def module_level(server: Server) -> Iterator[CheckedClient]:
    """The official SDK's module-level API, with the secret key."""
    with module_level_of(server.url, SECRET_KEY) as client:
        yield client


@pytest.fixture(scope="session")
def connected(operator: Operator) -> str:
    """An account that the first one is the platform of."""
    return operator.connected(name="Rocket Rides", country="FR")


@pytest.fixture(scope="session")
def platform(operator: Operator) -> str:
    """The account that the settings' keys open."""
    return operator.first.id


@pytest.fixture(scope="session")
def application(operator: Operator) -> str:
    """What that account is to those that are connected to it."""
    return operator.first.application


@pytest.fixture
def own(server: Server, operator: Operator, connected: str) -> Iterator[Sdk]:
    """The SDK with a key of the connected account's own."""
    with sdk_of(server.url, operator.text(account=connected)) as client:
        yield client
