"""A customer is forgotten whatever else goes on, and whoever is interrupted asks once more."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

import pytest
import redis

from projections.bulk import Bulk
from projections.keys import MARKER, Marker, prefix_of
from tests.e2e.client import Api
from tests.e2e.person import CUSTOMERS, TOLD, a_person, words_in, words_in_redis
from tests.e2e.redis_of import redis_of
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server, until
from tests.e2e.shell import Shell
from tests.e2e.subscriber import subscriber

# Before anything is decided, between the steps, and while copies are wiped out.
KILLED_AFTER_S: Final = (0.0, 0.02, 0.06, 0.2)


@pytest.fixture(name="api")
def _api(own_server: Server) -> Iterator[Api]:
    with Api(own_server.url, SECRET_KEY) as client:
        yield client


@pytest.fixture(name="browser")
def _browser(own_server: Server) -> Iterator[Api]:
    with Api(own_server.url, PUBLISHABLE_KEY) as client:
        yield client


@pytest.fixture(name="shell")
def _shell(own_server: Server) -> Shell:
    return Shell(own_server.data_dir, own_server.url)


def forget(api: Api, person: str) -> int:
    return api.post(f"/seti/v1/customers/{person}/forget").status


def leave_half_way(client: redis.Redis, position: int) -> Marker:
    """Leave views behind as a rebuild does that was interrupted, and return how far it was."""
    current = Marker.read(client.get(MARKER))  # type: ignore[arg-type]  # Nothing here is asynchronous.
    assert current is not None
    begun = Bulk(client, current.log).begin(position)
    old, new = prefix_of(current.generation).encode(), prefix_of(begun.generation).encode()
    for key in client.scan_iter(match=old + b"*"):
        client.copy(key, new + key.removeprefix(old))
    return begun


def told_in(*found: Any) -> list[bytes]:
    text = repr(found).lower().encode()
    return [word for word in TOLD if word in text]


class TestOtherCopies:
    def test_of_an_interrupted_rebuild(
        self, own_server: Server, api: Api, browser: Api, shell: Shell
    ) -> None:
        """Views that were being built are built from the beginning, without the person."""
        person = a_person(api, browser)
        with redis_of(own_server) as client:
            leave_half_way(client, own_server.health["log"]["position"])
            assert forget(api, person) == 200
        assert words_in_redis(own_server) == []
        assert words_in(own_server.data_dir) == []
        assert shell.seti("rebuild").returncode == 0
        assert shell.seti("rebuild", "--check").returncode == 0
        assert words_in_redis(own_server) == []

    def test_of_a_server_of_views_that_was_killed(
        self, own_server: Server, api: Api, browser: Api
    ) -> None:
        """Snapshots that were not finished, or put aside, go as well."""
        person = a_person(api, browser)
        views = own_server.data_dir / "valkey"
        for name in ("temp-4242.rdb", "views.unreadable"):
            (views / name).write_bytes(b"half of a snapshot: Zaphodine")
        assert forget(api, person) == 200
        assert words_in(own_server.data_dir) == []

    def test_in_a_backup_to_come(
        self, api: Api, browser: Api, shell: Shell, tmp_path: Path
    ) -> None:
        """What is backed up, restored and exported afterwards is whole, and tells of nobody."""
        person = a_person(api, browser)
        assert forget(api, person) == 200
        export, backup, new = (tmp_path / name for name in ("all.ndjson", "backup", "new"))
        assert shell.seti("export", "--output", str(export)).returncode == 0
        assert shell.seti("backup", str(backup)).returncode == 0
        assert shell.seti("restore", str(backup), "--data-dir", str(new)).returncode == 0
        assert words_in(tmp_path) == []
        for verified in (shell, Shell(new, shell.url)):
            assert verified.seti("verify").returncode == 0
        assert shell.seti("verify", str(export)).returncode == 0
        server = Server(new).start()
        try:
            with Api(server.url, SECRET_KEY) as there:
                assert there.get(f"{CUSTOMERS}/{person}").object["deleted"] is True
            assert words_in(new) == []
        finally:
            server.close()

    def test_in_a_backup_from_before(
        self, api: Api, browser: Api, shell: Shell, tmp_path: Path
    ) -> None:
        """Where an older backup is restored, whoever was forgotten since is forgotten again."""
        person = a_person(api, browser)
        backup, new = tmp_path / "backup", tmp_path / "new"
        assert shell.seti("backup", str(backup)).returncode == 0
        assert forget(api, person) == 200
        assert shell.seti("restore", str(backup), "--data-dir", str(new)).returncode == 0
        server = Server(new).start()
        try:
            with Api(server.url, SECRET_KEY) as there:
                assert there.get(f"{CUSTOMERS}/{person}").object["name"] == "Zaphodine"
                assert forget(there, person) == 200
            assert words_in(new) == []
        finally:
            server.close()


class TestInterrupted:
    def test_by_whoever_reads(
        self, own_server: Server, api: Api, browser: Api, shell: Shell
    ) -> None:
        """While a backup holds older pages it is answered that copies are left, and then done."""
        person = a_person(api, browser)
        with closing(sqlite3.connect(own_server.data_dir / "seti.sqlite3")) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM stored_events").fetchone()
            ended = shell.seti("forget", person, "--yes")
            assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
            assert forget(api, person) == 503
        assert api.get(f"{CUSTOMERS}/{person}").object["deleted"] is True
        assert forget(api, person) == 200
        assert words_in(own_server.data_dir) == []

    def test_by_a_crash(self, own_server: Server) -> None:
        """Killed wherever it was, a server forgets the rest when it is asked again."""
        for delay in KILLED_AFTER_S:
            with (
                Api(own_server.url, SECRET_KEY) as api,
                Api(own_server.url, PUBLISHABLE_KEY) as browser,
            ):
                person = a_person(api, browser)
                asking = threading.Thread(target=ask_in_vain, args=(own_server.url, person))
                asking.start()
                asking.join(delay)
                own_server.kill()
                asking.join()
            own_server.start()
            with Api(own_server.url, SECRET_KEY) as api:
                assert forget(api, person) == 200
            assert words_in(own_server.data_dir) == []
            assert words_in_redis(own_server) == []
        again = Shell(own_server.data_dir, own_server.url)
        assert again.seti("verify").returncode == 0
        assert again.seti("rebuild", "--check").returncode == 0


def ask_in_vain(url: str, person: str) -> None:
    """Ask for *person* to be forgotten, by somebody who may be killed meanwhile."""
    with Api(url, SECRET_KEY) as api, suppress(OSError):
        forget(api, person)


class TestDeliveries:
    def test_that_are_open_tell_no_more(self, own_server: Server) -> None:
        """What is tried again, or sent again later, is rendered from what is left."""
        own_server.settings["SETI_RETRY_SCHEDULE"] = "0,5,5,5"
        own_server.restart()
        with (
            subscriber() as there,
            Api(own_server.url, SECRET_KEY) as api,
            Api(own_server.url, PUBLISHABLE_KEY) as browser,
        ):
            there.answers = [500] * 3
            hook = {"url": there.url, "enabled_events": ["*"]}
            endpoint = api.post("/v1/webhook_endpoints", hook).object
            there.secret = endpoint["secret"]
            person = a_person(api, browser)
            until(lambda: not there.answers)
            first = {name: len(copies) for name, copies in list(there.heard.items())}
            assert told_in(there.heard)
            assert forget(api, person) == 200
            until(lambda: again_of(there.heard, first), within=60)
            form = {"endpoint": endpoint["id"], "since": 0, "states": ["all"]}
            api.post("/seti/v1/replays", form)
            known = {name: len(copies) for name, copies in list(there.heard.items())}
            until(lambda: len(again_of(there.heard, known)) >= len(first), within=60)
            assert told_in(again_of(there.heard, known)) == []
            assert told_in(again_of(there.heard, first)) == []


def again_of(heard: dict[str, list[Any]], before: dict[str, int]) -> list[Any]:
    """Return what was told of events that had been told of *before*, so often, since then."""
    return [one for name, times in before.items() for one in heard[name][times:]]
