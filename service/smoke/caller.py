"""A client of the API in a few lines, with a secret key."""

import json
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

_ATTEMPT_S: Final = 5.0


class SmokeFailed(Exception):
    """A step did not come out as it must. The sentence names the step."""


class Caller:
    """Calls the server at *base_url* with a secret key."""

    def __init__(self, base_url: str, key: str) -> None:
        self._base_url = base_url
        self._headers = {"Authorization": f"Bearer {key}"}

    def __call__(self, method: str, path: str, **form: str) -> dict[str, Any]:
        """Return the answer's object. Raise `SmokeFailed` for anything but a 2xx."""
        body = urlencode(form).encode() if method == "POST" else None
        request = Request(self._base_url + path, body, self._headers, method=method)  # noqa: S310 - a base address of our own
        try:
            with urlopen(request, timeout=_ATTEMPT_S) as answer:  # noqa: S310 - as above
                found: dict[str, Any] = json.load(answer)
                return found
        except HTTPError as error:
            raise SmokeFailed(f"HTTP {error.code} {error.read().decode()}") from None
        except (URLError, TimeoutError, ConnectionError) as error:
            raise SmokeFailed(f"no answer from {self._base_url} ({error})") from None
