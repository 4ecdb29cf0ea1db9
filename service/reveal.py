"""
Puts derived secrets into an answer at the moment it is sent.

What Seti keeps (views in Redis, answers under an Idempotency-Key) holds, in the place of a
secret, a marker that names the object whose secret belongs there:
`"client_secret":{"reveal":"seti_..."}`. Nobody can forge one: user text reaches a body only
as a JSON string, where its quotes are escaped, and none of the four keys can be made to
hold an object by a caller.
"""

import re
from typing import Final

from service.keyring import Keyring

_MARKER: Final = re.compile(
    rb'"(client_secret|secret|url|stripe_js)":\{"reveal":"((?:seti|we|setatt)_[0-9A-Za-z]+)"\}'
)
_HINT: Final = b'{"reveal":"'


def marker(subject: str) -> dict[str, str]:
    """Return what a sealed view holds in the place of *subject*'s secret."""
    return {"reveal": subject}


class Reveal:
    """Replaces every marker in a body. *public_url* is where people reach our pages."""

    def __init__(self, keyring: Keyring, public_url: str) -> None:
        self._keyring = keyring
        self._public_url = public_url.rstrip("/")

    def __call__(self, body: bytes) -> bytes:
        """Return *body* as it is sent to somebody who may see its secrets."""
        return _MARKER.sub(self._secret, body) if _HINT in body else body

    def challenge_url(self, attempt: str) -> str:
        """Return the signed address of the page that authenticates *attempt*."""
        signature = self._keyring.page_signature("three_d_secure", attempt)
        return f"{self._public_url}/three_d_secure/{attempt}?signature={signature}"

    def _secret(self, found: re.Match[bytes]) -> bytes:
        subject = found[2].decode()
        if subject.startswith("seti_"):
            secret = self._keyring.client_secret(subject)
        elif subject.startswith("we_"):
            secret = self._keyring.endpoint_secret(subject)
        else:
            secret = self.challenge_url(subject)
        return b'"%b":"%b"' % (found[1], secret.encode())
