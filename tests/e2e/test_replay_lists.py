"""`GET /seti/v1/replays` and `seti replay list`: all of them, or those that one looks for."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
import pytest

from tests.e2e.client import Api
from tests.e2e.endpoints import made_at
from tests.e2e.replaying import REPLAYS, ended, started
from tests.e2e.server import SECRET_KEY, Server
from tests.e2e.shell import Shell
from tests.e2e.subscriber import subscriber

PAST: Final = 1_000_000_000


@pytest.fixture(scope="module")
def api(quiet_server: Server) -> Iterator[Api]:
    with Api(quiet_server.url, SECRET_KEY) as client:
        yield client


@pytest.fixture(scope="module")
def shell(quiet_server: Server) -> Shell:
    return Shell(quiet_server.data_dir, quiet_server.url)


@pytest.fixture(scope="module")
def replays(api: Api) -> list[dict[str, Any]]:
    """Two replays to an endpoint that have ended, the newest first; another has one between."""
    with subscriber() as there:
        one, other = (made_at(api, there)["id"] for _ in range(2))
        made = [ended(api, started(api, each, dry_run=True)) for each in (one, other, one)]
    return [made[2], made[0]]


@pytest.fixture(scope="module")
def endpoint(replays: list[dict[str, Any]]) -> str:
    """The one of the two."""
    name: str = replays[0]["endpoint"]
    return name


@pytest.mark.parametrize(
    ("wanted", "there_are"),
    [
        ({}, True),
        ({"status": "completed"}, True),
        ({"status": "running"}, False),
        ({"status": "paused"}, False),
        ({"status": "canceled"}, False),
        ({"created[gte]": PAST}, True),
        ({"created[lt]": PAST}, False),
        ({"created": PAST}, False),
    ],
    ids=str,
)
def test_finds(
    api: Api,
    endpoint: str,
    replays: list[dict[str, Any]],
    wanted: dict[str, Any],
    *,
    there_are: bool,
) -> None:
    """Each filter finds what it names, and nothing else, of one endpoint and of all."""
    expected = replays if there_are else []
    assert api.all(REPLAYS, {"endpoint": endpoint, **wanted}) == expected
    of_all = [each for each in api.all(REPLAYS, wanted) if each["endpoint"] == endpoint]
    assert of_all == expected


def test_pages(api: Api, endpoint: str, replays: list[dict[str, Any]]) -> None:
    """A list that is narrowed down goes page by page like any other, both ways."""
    wanted = {"endpoint": endpoint, "limit": 1}
    page = api.get(REPLAYS, wanted).object
    assert (page["data"], page["has_more"]) == (replays[:1], True)
    page = api.get(REPLAYS, {**wanted, "starting_after": replays[0]["id"]}).object
    assert (page["data"], page["has_more"]) == (replays[1:], False)
    page = api.get(REPLAYS, {**wanted, "ending_before": replays[1]["id"]}).object
    assert (page["data"], page["has_more"]) == (replays[:1], False)


@pytest.mark.parametrize(
    ("wanted", "param"),
    [
        ({"status": "lost"}, "status"),
        ({"created[gte]": "yesterday"}, "created[gte]"),
        ({"created[gt]": 9, "created[lt]": 3}, "created"),
        ({"state": "failed"}, "state"),
    ],
    ids=str,
)
def test_refuses(api: Api, wanted: dict[str, Any], param: str) -> None:
    """What is no filter is told by its name."""
    answer = api.get(REPLAYS, wanted)
    assert (answer.status, answer.error["param"]) == (400, param)


@pytest.mark.parametrize(
    ("typed", "there_are"),
    [
        (("--status", "completed"), True),
        (("--status", "canceled"), False),
        (("--since", "2020-01-01T00:00:00Z"), True),
        (("--until", "2020-01-01T00:00:00Z"), False),
    ],
    ids=lambda typed: " ".join(typed) if isinstance(typed, tuple) else str(typed),
)
def test_is_narrowed_down_by_flags(
    shell: Shell,
    endpoint: str,
    replays: list[dict[str, Any]],
    typed: tuple[str, ...],
    *,
    there_are: bool,
) -> None:
    """What the API finds is found by the command's flags as well."""
    told = shell.seti("replay", "list", "--endpoint", endpoint, *typed, "--json")
    assert msgspec.json.decode(told.stdout)["data"] == (replays if there_are else [])
    table = shell.seti("replay", "list", "--endpoint", endpoint, *typed).stdout
    assert (replays[0]["id"] in table) is there_are


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("--status", "lost"), 1, "completed"),
        (("--since", "yesterday"), 2, "--since"),
        (("--until", "soon"), 2, "--until"),
    ],
    ids=["status", "since", "until"],
)
def test_is_told_what_can_be_asked_for(
    shell: Shell, typed: tuple[str, ...], code: int, said: str
) -> None:
    """What cannot be asked for is one sentence, and the exit code says whose fault it is."""
    told = shell.seti("replay", "list", *typed)
    assert (told.returncode, told.stdout, said in told.stderr) == (code, "", True)
