"""How a command finds the server that runs, and the key to call it with."""

import re
from typing import TYPE_CHECKING, Annotated

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

    Raise `CannotStart` where there is no key to call it with.
    """
    settings = Settings.read(flags={"host": host, "port": port, "data_dir": data_dir})
    from service.calling.client import Client

    if api_key is not None and not re.fullmatch("[!-~]+", api_key):
        raise CannotStart("--api-key: expected a secret key, sk_….")
    return Client(settings.base_url, api_key or settings.secret_key or _first_key(settings))


def _first_key(settings: Settings) -> str:
    from service import runtime

    secret = runtime.keys(settings).secret
    if secret is None:
        raise CannotStart("SETI_SECRET_KEY: expected one that still works; see `seti keys list`.")
    return secret
