"""`seti accounts` and `seti keys` as they are typed, beside a server and without one."""

import json
from pathlib import Path

import pytest

from tests.e2e.client import Api
from tests.e2e.server import Server
from tests.e2e.shell import Ended, Shell


def told(ended: Ended) -> list[dict[str, object]]:
    """Return the rows of an answer in JSON."""
    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout)
    rows: list[dict[str, object]] = answer[answer["type"]]
    return rows


def opens(server: Server, key: str) -> str:
    """Return the account that *key* opens."""
    with Api(server.url, key) as api:
        account: str = api.get("/v1/account").object["id"]
    return account


class TestBesideAServer:
    @pytest.fixture(name="shell")
    def _shell(self, server: Server) -> Shell:
        return Shell(server.data_dir, server.url)

    def test_an_account_and_its_key(self, server: Server, shell: Shell) -> None:
        """An account is made and a key of it, which the server takes at once."""
        made = shell.seti("accounts", "create", "--name", "Rides", "--country", "FR", "--json")
        (account,) = told(made)
        key = shell.seti("keys", "create", "--account", str(account["id"]))
        assert opens(server, key.stdout.strip()) == account["id"]
        history = shell.seti("history", str(account["id"])).stdout
        assert "ApiKeyAdded" in history
        assert '"name": "Rides"' in history
        assert "shown this once" in key.stderr

    def test_a_key_is_shown_once(self, shell: Shell) -> None:
        """The text of a key is its line on stdout, and in no list."""
        text = shell.seti("keys", "create", "--name", "till").stdout.strip()
        listed = shell.seti("keys", "list")
        assert text.startswith("sk_test_")
        assert text not in listed.stdout
        assert "till" in listed.stdout

    def test_a_leaked_key_is_rolled(self, server: Server, shell: Shell) -> None:
        """The new key opens the account, and the old one has expired."""
        (old,) = told(shell.seti("keys", "create", "--json"))
        new, rolled = told(shell.seti("keys", "roll", str(old["id"]), "--json"))
        assert opens(server, str(new["text"])) == new["account"]
        assert (rolled["id"], rolled["text"]) == (old["id"], None)
        with Api(server.url, str(old["text"])) as api:
            assert api.get("/v1/account").error["code"] == "api_key_expired"

    def test_what_cannot_be_done_is_said(self, shell: Shell) -> None:
        """What is not there ends with exit code 1 and one line; what is no flag with 2."""
        missing = shell.seti("keys", "revoke", "key_nobody")
        assert (missing.returncode, missing.stdout) == (1, "")
        assert missing.stderr.count("\n") == 1
        assert shell.seti("keys", "roll", "key_nobody", "--expires", "soon").returncode == 2


class TestWithoutAServer:
    def test_counts_from_the_next_start(self, tmp_path: Path) -> None:
        """What is asked of the log alone is known to the server that is started on it."""
        server = Server(tmp_path / "data").start()
        server.stop()
        shell = Shell(server.data_dir, server.url)
        (account,) = told(shell.seti("accounts", "create", "--json"))
        (key,) = told(shell.seti("keys", "create", "--account", str(account["id"]), "--json"))
        shell.seti("accounts", "update", str(account["id"]), "--name", "Later")
        assert "Later" in shell.seti("accounts", "list").stdout
        server.start()
        assert opens(server, str(key["text"])) == account["id"]
        server.close()

    def test_needs_a_log(self, tmp_path: Path) -> None:
        """Where nothing was ever kept, nothing is made."""
        ended = Shell(tmp_path / "nowhere", "http://127.0.0.1:9").seti("accounts", "list")
        assert ended.returncode == 2
        assert "start Seti once" in ended.stderr
        assert not (tmp_path / "nowhere").exists()
