"""What an operator asks, over a real log and through a real socket."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.config import CannotStart
from service.keyring import digest_of_key
from service.operating.asking import ask
from service.operating.door import open_for_operators
from service.operating.keys import EXPIRES_IN_MAX
from service.operating.protocol import (
    Accounts,
    CreateAccount,
    CreateKey,
    ListAccounts,
    ListKeys,
    Request,
    RevokeKey,
    RollKey,
    TurnedDown,
    UpdateAccount,
)
from tests.logs import AT
from tests.offices import Office, office_in


@pytest.fixture(name="office")
async def _office(tmp_path: Path) -> AsyncIterator[Office]:
    async with office_in(tmp_path / "data") as office:
        yield office


class TestAccounts:
    async def test_are_made(self, office: Office) -> None:
        """An account has what it was given, and the currency of its country."""
        asked = CreateAccount(name="Rides", country="FR", platform=office.first)
        (made,) = await office.accounts(asked)
        assert (made.name, made.country, made.default_currency) == ("Rides", "FR", "eur")
        assert made.platform == office.first
        assert [account.id for account in office.told] == [made.id]

    async def test_are_listed(self, office: Office) -> None:
        """All of them, the oldest first, or one."""
        office.at += 1
        (made,) = await office.accounts(CreateAccount())
        assert [row.id for row in await office.accounts(ListAccounts())] == [office.first, made.id]
        assert await office.accounts(ListAccounts(account=made.id)) == (made,)

    async def test_are_changed(self, office: Office) -> None:
        """What is not named stays; None takes away."""
        (made,) = await office.accounts(CreateAccount(name="Rides", platform=office.first))
        changes = {"platform": None, "api_version": "2025-10-29.clover", "country": "GB"}
        (changed,) = await office.accounts(UpdateAccount(account=made.id, changes=changes))
        assert (changed.name, changed.platform) == ("Rides", None)
        assert (changed.api_version, changed.default_currency) == ("2025-10-29.clover", "gbp")

    @pytest.mark.parametrize(
        ("request_", "said"),
        [
            (CreateAccount(country="ZZ"), "country"),
            (CreateAccount(email="nobody"), "email"),
            (CreateAccount(name=""), "name"),
            (CreateAccount(name="x" * 201), "name"),
            (CreateAccount(api_version="2011"), "api_version"),
            (CreateAccount(platform="acct_nobody"), "no account 'acct_nobody'"),
            (CreateAccount(platform="seti_1"), "no account 'seti_1'"),
            (ListAccounts(account="acct_nobody"), "no account 'acct_nobody'"),
            (UpdateAccount(account="acct_nobody", changes={}), "no account 'acct_nobody'"),
        ],
        ids=lambda value: value if isinstance(value, str) else type(value).__name__,
    )
    async def test_are_refused(self, office: Office, request_: Request, said: str) -> None:
        """What cannot be is told by name, and nothing is written."""
        assert said in await office.refusal(request_)

    async def test_have_only_what_they_have(self, office: Office) -> None:
        """An attribute that is none, or a country that is taken away, is refused."""
        for changes in ({"livemode": "true"}, {"country": None}, {"platform": office.first}):
            await office.refusal(UpdateAccount(account=office.first, changes=changes))


class TestKeys:
    async def test_are_made_and_kept_as_digests(self, office: Office) -> None:
        """The text of a key is told once; the log holds its digest."""
        asked = CreateKey(kind="restricted", livemode=True, permissions={"events": "read"})
        (made,) = await office.keys(asked)
        assert made.text is not None
        assert made.text.startswith("rk_live_")
        assert office.told[-1].keys.keys() == {digest_of_key(made.text)}
        (listed,) = await office.keys(ListKeys())
        assert (listed.id, listed.text, listed.permissions) == (made.id, None, {"events": "read"})
        assert made.text not in str(await office.path.store.load(office.first))

    async def test_are_rolled_at_once(self, office: Office) -> None:
        """The new key is like the old one, which works no more."""
        asked = CreateKey(kind="restricted", name="till", permissions={"events": "write"})
        (old,) = await office.keys(asked)
        new, rolled = await office.keys(RollKey(key=old.id))
        assert (new.kind, new.name, new.permissions) == (old.kind, old.name, old.permissions)
        assert new.text not in {None, old.text}
        assert (rolled.id, rolled.expires_at, rolled.text) == (old.id, AT, None)
        assert "no key" in await office.refusal(RollKey(key=old.id))

    async def test_are_rolled_with_a_delay(self, office: Office) -> None:
        """The old key works on until its hour has come, and may be ended before."""
        (old,) = await office.keys(CreateKey())
        _, rolled = await office.keys(RollKey(key=old.id, expires_in=3600))
        assert rolled.expires_at == AT + 3600
        (revoked,) = await office.keys(RevokeKey(key=old.id))
        assert revoked.expires_at == AT

    async def test_are_found_by_their_text(self, office: Office) -> None:
        """A leaked key can be ended by whoever knows nothing else of it, and is not said again."""
        (old,) = await office.keys(CreateKey())
        assert old.text is not None
        (revoked,) = await office.keys(RevokeKey(key=old.text))
        assert revoked.id == old.id
        assert old.text not in await office.refusal(RevokeKey(key=old.text))

    async def test_are_of_one_account(self, office: Office) -> None:
        """A list may be of one account alone."""
        (account,) = await office.accounts(CreateAccount())
        (key,) = await office.keys(CreateKey(account=account.id, kind="publishable"))
        await office.keys(CreateKey())
        assert [row.id for row in await office.keys(ListKeys(account=account.id))] == [key.id]

    @pytest.mark.parametrize(
        ("request_", "said"),
        [
            (CreateKey(permissions={"events": "read"}), "restricted"),
            (CreateKey(kind="restricted", permissions={"charges": "read"}), "charges"),
            (CreateKey(kind="restricted", permissions={"events": "all"}), "all"),
            (CreateKey(name="\n"), "name"),
            (CreateKey(account="acct_nobody"), "acct_nobody"),
            (RevokeKey(key="key_nobody"), "key_nobody"),
            (RollKey(key="key_nobody", expires_in=-1), "expires"),
            (RollKey(key="key_nobody", expires_in=EXPIRES_IN_MAX + 1), "expires"),
        ],
        ids=["not restricted", "resource", "level", "name", "account", "key", "past", "too far"],
    )
    async def test_are_refused(self, office: Office, request_: Request, said: str) -> None:
        """What cannot be is told by name, and nothing is written."""
        assert said in await office.refusal(request_)


class TestSocket:
    async def test_is_for_its_owner(self, office: Office, tmp_path: Path) -> None:
        """Nobody else may ask; when the server has gone, nobody answers."""
        path = tmp_path / "operator.sock"
        async with open_for_operators(path, office.desk):
            assert path.stat().st_mode & 0o777 == 0o600
            answer = await asyncio.to_thread(ask, path, ListAccounts())
            assert isinstance(answer, Accounts)
        assert not path.exists()
        assert ask(path, ListAccounts()) is None

    async def test_takes_the_place_of_a_dead_servers(self, office: Office, tmp_path: Path) -> None:
        """A socket that a killed server left behind answers nobody, and stops nobody."""
        path = tmp_path / "operator.sock"
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(path))
        assert ask(path, ListAccounts()) is None
        async with open_for_operators(path, office.desk):
            assert await asyncio.to_thread(ask, path, ListAccounts()) is not None

    @pytest.mark.parametrize(
        "line",
        [b"", b"no json\n", b'{"type":"accounts.delete"}\n', b'{"type":"keys.list","a":1}\n'],
    )
    async def test_takes_requests_alone(self, office: Office, tmp_path: Path, line: bytes) -> None:
        """Whatever else comes in is turned down, and the door stays open."""
        path = tmp_path / "operator.sock"
        async with open_for_operators(path, office.desk):
            reader, writer = await asyncio.open_unix_connection(path)
            writer.write(line)
            writer.write_eof()
            assert b'"turned_down"' in await reader.readline()
            writer.close()
            assert await asyncio.to_thread(ask, path, ListAccounts()) is not None

    async def test_outlives_a_fault(self, tmp_path: Path) -> None:
        """A bug is told of without its details, and ends one request alone."""
        path = tmp_path / "operator.sock"

        class Broken:
            async def answer(self, _: Request) -> Accounts:
                raise RuntimeError

        async with open_for_operators(path, Broken()):  # type: ignore[arg-type] # The fault.
            answer = await asyncio.to_thread(ask, path, ListAccounts())
        assert isinstance(answer, TurnedDown)

    async def test_must_be_answered(self, tmp_path: Path) -> None:
        """A server that hangs up without an answer is told of in one sentence."""
        path = tmp_path / "operator.sock"

        async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        server = await asyncio.start_unix_server(hang_up, path)
        with pytest.raises(CannotStart, match="does not answer"):
            await asyncio.to_thread(ask, path, ListAccounts())
        server.close()
