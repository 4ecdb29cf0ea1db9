"""
Everything secret that is derived from the master key, and therefore stored nowhere.

What an endpoint's owner chose (a signing secret, the values of headers) cannot be derived. It is
kept in the log, sealed under a key that is.

Each use has a label of its own, so that a value made for one use is never good for another.
Comparisons are constant-time. The digest is keyed BLAKE2b, which is a MAC by its own design;
unlike an HMAC of OpenSSL's it keeps the interpreter while it works on something this short.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import Final

from service.domain.signing_secrets import SigningSecret
from service.ids import digits_of
from service.sealing import Sealing

_DIGEST_LENGTH: Final = 32
_SECRET_LENGTH: Final = 32
_CLIENT_SECRET_LENGTH: Final = 25
_REVEALED_MAX: Final = 65536
# Of an API key: its kind, its mode, and all the rest.
_PREFIX_PARTS: Final = 3
_SHOWN: Final = 4
_SIGNING: Final = "endpoint_secret"
_HEADER: Final = "endpoint_header"


class Keyring:
    """Derives secrets from *master*, at least 32 bytes."""

    def __init__(self, master: bytes) -> None:
        self._keyed = hashlib.blake2b(key=_key_of(master), digest_size=_DIGEST_LENGTH)
        self.client_secret = lru_cache(_REVEALED_MAX)(self._client_secret)
        self._sealing = Sealing(self._digest("sealing"))

    def _digest(self, label: str, *parts: str) -> bytes:
        return self._mac("\0".join((label, *parts)).encode())

    def _mac(self, message: bytes) -> bytes:
        keyed = self._keyed.copy()
        keyed.update(message)
        return keyed.digest()

    def _text(self, length: int, label: str, *parts: str) -> str:
        return digits_of(self._digest(label, *parts)[:length])

    def _client_secret(self, setup_intent_id: str) -> str:
        """Return the client secret of a SetupIntent."""
        text = self._text(_CLIENT_SECRET_LENGTH, "client_secret", setup_intent_id)
        return f"{setup_intent_id}_secret_{text}"

    def is_client_secret(self, setup_intent_id: str, given: str) -> bool:
        """Say whether *given* is the SetupIntent's client secret, in constant time."""
        return hmac.compare_digest(self.client_secret(setup_intent_id).encode(), given.encode())

    def endpoint_secret(self, endpoint_id: str, generation: int = 0) -> str:
        """Return the signing secret of a webhook endpoint; a roll raises *generation*."""
        return "whsec_" + self._text(_SECRET_LENGTH, "endpoint", endpoint_id, str(generation))

    def listener_secret(self, account: str, *, livemode: bool) -> str:
        """Return the signing secret of whoever listens to *account* while developing."""
        return "whsec_" + self._text(_SECRET_LENGTH, "listener", account, str(livemode))

    def signing_secret(self, endpoint_id: str, secret: SigningSecret) -> str:
        """Return the text of an endpoint's *secret*, which its owner may have chosen."""
        if secret.sealed is not None:
            return self._sealing.open(secret.sealed, _SIGNING, endpoint_id)
        return self.endpoint_secret(endpoint_id, secret.generation)

    def seal_secret(self, endpoint_id: str, text: str) -> str:
        """Return the signing secret that an endpoint's owner chose as it may be kept."""
        return self._sealing.seal(text, _SIGNING, endpoint_id)

    def seal_header(self, endpoint_id: str, name: str, value: str) -> str:
        """Return the *value* of the header *name* as it may be kept."""
        return self._sealing.seal(value, _HEADER, f"{endpoint_id} {name.lower()}")

    def open_header(self, endpoint_id: str, name: str, sealed: str) -> str:
        """Return the value of the header *name* that was *sealed*."""
        return self._sealing.open(sealed, _HEADER, f"{endpoint_id} {name.lower()}")

    def personal_key(self, seed: bytes) -> bytes:
        """Return the key to one event's personal data: nobody's, once *seed* is destroyed."""
        return self._mac(b"personal\0" + seed)

    def first_account(self) -> str:
        """Return the id of the account that every installation begins with."""
        return "acct_" + self._text(24, "account", "first")

    def api_key(self, account: str, kind: str, *, livemode: bool) -> str:
        """Return the first key of *account* of a *kind* (`"sk"` or `"pk"`)."""
        mode = "live" if livemode else "test"
        return f"{kind}_{mode}_" + self._text(_SECRET_LENGTH, "api_key", account, kind, mode)

    def application_id(self, platform: str) -> str:
        """Return the id of the application that a platform is to the accounts it acts for."""
        return "ca_" + self._text(_SECRET_LENGTH, "application", platform)

    def configuration_id(self, account: str, *, livemode: bool) -> str:
        """Return the id of the account's default payment method configuration in one mode."""
        return "pmc_" + self._text(24, "configuration", account, str(livemode))

    def fingerprint(self, account: str, instrument: str) -> str:
        """Return the same 16 characters for the same *instrument* of one account, always."""
        return self._text(16, "fingerprint", account, instrument)

    def page_signature(self, page: str, subject: str) -> str:
        """Return what opens *page* (`"three_d_secure"`) for *subject* (an attempt's id)."""
        return self._text(_SECRET_LENGTH, "page", page, subject)

    def is_page_signature(self, page: str, subject: str, given: str) -> bool:
        """Say whether *given* opens *page* for *subject*, in constant time."""
        return hmac.compare_digest(self.page_signature(page, subject).encode(), given.encode())

    def idempotency_digest(self, account: str, mode: str, key: str) -> bytes:
        """Return the 16 bytes under which the answer to a keyed request is kept."""
        return self._digest("idempotency", account, mode, key)[:16]

    def request_fingerprint(self, path: bytes, body: bytes) -> bytes:
        """Return 16 bytes that tell one request from another without telling what is in it."""
        return self._mac(b"request\0%b\0%b" % (path, body))[:16]


def _key_of(master: bytes) -> bytes:
    """Return *master* as a key of BLAKE2b, which takes 64 bytes at the most."""
    return hashlib.blake2b(master).digest()


def masked(api_key: str) -> str:
    """Return *api_key* with all but its prefix and its last four characters hidden."""
    if not api_key.isascii():
        return "*" * 8
    parts = api_key.split("_", _PREFIX_PARTS - 1)
    if len(parts) == _PREFIX_PARTS and len(parts[-1]) > 2 * _SHOWN:
        return f"{parts[0]}_{parts[1]}_{'*' * 8}{api_key[-_SHOWN:]}"
    return "*" * 8 + (api_key[-_SHOWN:] if len(api_key) > 2 * _SHOWN else "")


def digest_of_key(api_key: str) -> str:
    """Return what is stored of an API key: its hex SHA-256. The keys are random, so unsalted."""
    return hashlib.sha256(api_key.encode()).hexdigest()
