"""
Puts derived secrets into an answer at the moment it is sent.

What Seti keeps (views in Redis, answers under an Idempotency-Key) holds, in the place of a
secret, a marker that names the object whose secret belongs there:
`"client_secret":{"reveal":"seti_..."}`. The signed address of a page is such a secret, and
its subject (`service.addresses`) stands in the marker; so do an endpoint's signing secret, by
its generation, and one that its owner chose, sealed. Nobody can forge one: user text
reaches a body only as a JSON string, where its quotes are escaped, and none of the keys
below can be made to hold an object by a caller.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from service.addresses import Addresses
from service.domain.signing_secrets import SigningSecret
from service.keyring import Keyring

_OPENS: Final = b'{"reveal":"'
_CLOSES: Final = b'"}'
_NAMES: Final = (
    "client_secret",
    "secret",
    "url",
    "stripe_js",
    "hosted_instructions_url",
    "hosted_verification_url",
    "image_url_png",
    "image_url_svg",
    "mobile_auth_url",
)
_KEYS: Final = tuple(f'"{name}":'.encode() for name in _NAMES)
_SUBJECT: Final = re.compile(
    rb"(?:seti|setatt|mandate)_[0-9A-Za-z]+(?:\.[a-z]+)?"
    rb"|we_[0-9A-Za-z]+(?:\.[0-9]+(?:\.[0-9A-Za-z_-]+)?)?"
)


def marker(subject: str) -> dict[str, str]:
    """Return what a sealed view holds in the place of *subject*'s secret."""
    return {"reveal": subject}


def secret_marker(endpoint_id: str, secret: SigningSecret) -> dict[str, str]:
    """Return what a sealed view holds in the place of one of an endpoint's secrets."""
    parts = (endpoint_id, str(secret.generation), secret.sealed)
    return marker(".".join(part for part in parts if part))


HIDDEN: Final = "(hidden)"


def hidden(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return a sealed *view* as whoever looks into the past sees it: its secrets left out."""
    return {name: _hidden(name, value) for name, value in view.items()}


def _hidden(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return HIDDEN if name in _NAMES and value.keys() == {"reveal"} else hidden(value)
    if isinstance(value, list | tuple):
        return [_hidden("", one) for one in value]
    return value


class Reveal:
    """Replaces every marker in a body. *public_url* is where people reach our pages."""

    def __init__(self, keyring: Keyring, public_url: str) -> None:
        self.addresses: Final = Addresses(keyring, public_url)
        self._keyring = keyring

    def __call__(self, body: bytes) -> bytes:
        """Return *body* as it is sent to somebody who may see its secrets."""
        at = body.find(_OPENS)
        if at < 0:
            return body
        parts: list[bytes] = []
        done = 0
        while at >= 0:
            subject = _SUBJECT.match(body, at + len(_OPENS))
            if subject and body.startswith(_CLOSES, subject.end()) and _is_secret(body, at):
                parts += (body[done:at], b'"', self._secret(subject[0].decode()), b'"')
                done = subject.end() + len(_CLOSES)
            at = body.find(_OPENS, at + 1)
        return b"".join((*parts, body[done:]))

    def _secret(self, subject: str) -> bytes:
        if subject.startswith("seti_"):
            return self._keyring.client_secret(subject).encode()
        if subject.startswith("we_"):
            return self._endpoint_secret(*subject.split(".")).encode()
        return self.addresses.of(subject).encode()

    def _endpoint_secret(
        self, endpoint_id: str, generation: str = "0", sealed: str | None = None
    ) -> str:
        secret = SigningSecret(generation=int(generation), created=0, sealed=sealed)
        return self._keyring.signing_secret(endpoint_id, secret)


def _is_secret(body: bytes, at: int) -> bool:
    """Say whether what begins at *at* stands under a key that only we give an object."""
    return body.endswith(_KEYS, 0, at)
