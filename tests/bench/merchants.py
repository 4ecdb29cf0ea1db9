"""Accounts beside the first one: an account has room for so many endpoints, and no more."""

from pathlib import Path

from service.operating.asking import ask
from service.operating.protocol import SOCKET, Accounts, CreateAccount, CreateKey, Keys
from service.sockets import socket_in


def merchants(data_dir: Path, number: int) -> list[str]:
    """Make so many accounts on the server over *data_dir*, and return a secret key of each."""
    return [_key_of_new_account(data_dir) for _ in range(number)]


def _key_of_new_account(data_dir: Path) -> str:
    operators = socket_in(data_dir, SOCKET)
    made = ask(operators, CreateAccount())
    assert isinstance(made, Accounts), made
    keys = ask(operators, CreateKey(account=made.accounts[0].id))
    assert isinstance(keys, Keys), keys
    text = keys.keys[0].text
    assert text is not None
    return text
