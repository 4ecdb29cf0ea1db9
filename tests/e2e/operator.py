"""An operator beside a running server, as `seti accounts` and `seti keys` ask it."""

from dataclasses import dataclass
from typing import Any

from service.keyring import Keyring
from service.operating.asking import ask
from service.operating.protocol import (
    SOCKET,
    AccountRow,
    Accounts,
    CreateAccount,
    CreateKey,
    KeyRow,
    Keys,
    ListAccounts,
    ListKeys,
    Request,
    RevokeKey,
    RollKey,
    UpdateAccount,
)
from service.sockets import socket_in
from tests.e2e.server import MASTER_KEY, Server


@dataclass(frozen=True, slots=True)
class Operator:
    """Asks *server* on its socket; whatever is asked here is carried out."""

    server: Server

    @property
    def first(self) -> AccountRow:
        """The account that the settings' keys open."""
        first = Keyring(bytes.fromhex(MASTER_KEY)).first_account()
        return self._accounts(ListAccounts(account=first))[0]

    def account(self, **given: Any) -> str:
        """Make an account and return its id."""
        return self._accounts(CreateAccount(**given))[0].id

    def connected(self, **given: Any) -> str:
        """Make an account that the first one is the platform of."""
        return self.account(platform=self.first.id, **given)

    def change(self, account: str, **changes: str | None) -> None:
        self._accounts(UpdateAccount(account=account, changes=changes))

    def key(self, **given: Any) -> KeyRow:
        return self._keys(CreateKey(**given))[0]

    def text(self, **given: Any) -> str:
        """Make a key and return its text."""
        text = self.key(**given).text
        assert text is not None
        return text

    def keys(self) -> tuple[KeyRow, ...]:
        """Return every key, without its text."""
        return self._keys(ListKeys())

    def roll(self, key: str, expires_in: int = 0) -> str:
        """Roll the key and return the new one's text."""
        text = self._keys(RollKey(key=key, expires_in=expires_in))[0].text
        assert text is not None
        return text

    def revoke(self, key: str) -> None:
        self._keys(RevokeKey(key=key))

    def _accounts(self, request: Request) -> tuple[AccountRow, ...]:
        answer = self._ask(request)
        assert isinstance(answer, Accounts), answer
        return answer.accounts

    def _keys(self, request: Request) -> tuple[KeyRow, ...]:
        answer = self._ask(request)
        assert isinstance(answer, Keys), answer
        return answer.keys

    def _ask(self, request: Request) -> object:
        return ask(socket_in(self.server.data_dir, SOCKET), request)
