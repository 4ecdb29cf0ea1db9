"""How a command finds the server that runs, and the key to call it with."""

import re
from typing import TYPE_CHECKING, Annotated

from service import setting_forms as forms
from service.cli.options import flag
from service.config import CannotStart, Settings

if TYPE_CHECKING:
    from service.calling.client import Client

ApiKey = Annotated[
    str | None, flag("A secret key other than SETI_SECRET_KEY, or the first account's.", "KEY")
]


def client_of(
    host: str | None, port: str | None, data_dir: str | None, api_key: str | None
) -> "Client":
    """
    Return what calls the server that these flags, and the settings behind them, name.

    It is called where it listens, not where browsers reach it, so that an operator needs no
    way through what is in front of it; a server elsewhere is named by a URL in *host*. Raise
    `CannotStart` where there is no key to call it with.
    """
    if api_key is not None and not re.fullmatch("[!-~]+", api_key):
        raise CannotStart("--api-key: expected a secret key, sk_….")
    from service.calling.client import Client

    if host is not None and "://" in host:
        url = _url(host, port)
        return Client(url, api_key or _own_key())
    settings = Settings.read(flags={"host": host, "port": port, "data_dir": data_dir})
    return Client(settings.local_url, api_key or settings.secret_key or _first_key(settings))


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
