"""How a command finds the server that runs, and the key to call it with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Annotated, Any, Final

from service import setting_forms as forms
from service.cli.options import DataDir, Host, Port, flag
from service.config import CannotStart, Settings

if TYPE_CHECKING:
    from service.calling.client import Client

Command = Callable[..., None]
ApiKey = Annotated[
    str | None, flag("A secret key other than SETI_SECRET_KEY, or the first account's.", "KEY")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The server that a command calls: each field is a flag of every command that calls one."""

    host: Host = None
    port: Port = None
    data_dir: DataDir = None
    api_key: ApiKey = None

    def client(self) -> "Client":
        """
        Return what calls the server that these flags, and the settings behind them, name.

        It is called where it listens, not where browsers reach it, so that an operator needs no
        way through what is in front of it; a server elsewhere is named by a URL in *host*. Raise
        `CannotStart` where there is no key to call it with.
        """
        if self.api_key is not None and not re.fullmatch("[!-~]+", self.api_key):
            raise CannotStart("--api-key: expected a secret key, sk_….")
        from service.calling.client import Client

        if self.host is not None and "://" in self.host:
            url = _url(self.host, self.port)
            return Client(url, self.api_key or _own_key())
        settings = Settings.read(
            flags={"host": self.host, "port": self.port, "data_dir": self.data_dir}
        )
        secret = self.api_key or settings.secret_key or _first_key(settings)
        return Client(settings.local_url, secret)


_FLAGS: Final = signature(Server).parameters


def calling(command: Command) -> Command:
    """
    Give *command* the flags of a `Server` in place of its parameter *server*.

    Typer makes flags of what a function's signature says, and so that is what is changed.
    """

    @wraps(command)
    def called(**typed: Any) -> None:
        command(server=Server(**{name: typed.pop(name) for name in _FLAGS.keys() & typed}), **typed)

    own = signature(command)
    parameters = [each for each in own.parameters.values() if each.name != "server"]
    flags = own.replace(parameters=[*parameters, *_FLAGS.values()])
    called.__signature__ = flags  # type: ignore[attr-defined]  # It has one where it is set.
    return called


def _url(host: str, port: str | None) -> str:
    if port is not None:
        raise CannotStart("--port: expected it within the URL that --host names.")
    try:
        return forms.url(host)
    except ValueError:
        raise CannotStart(f"--host: expected {forms.FORMS['public_url'].expected}.") from None


def _own_key() -> str:
    """Return the key that somebody has set: those of a log here open no server elsewhere."""
    secret = Settings.read().secret_key
    if secret is None:
        raise CannotStart("--api-key: expected one, or SETI_SECRET_KEY, for a server elsewhere.")
    return secret


def _first_key(settings: Settings) -> str:
    from service import runtime

    secret = runtime.keys(settings).secret
    if secret is None:
        raise CannotStart("SETI_SECRET_KEY: expected one that still works; see `seti keys list`.")
    return secret
