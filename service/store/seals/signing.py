"""
The keys of seals: Ed25519, each named by the first 16 hexadecimal digits of a digest of it.

A private key is a PEM file (PKCS #8, not encrypted), a public key one as well, so that
`openssl` and every language read them.
"""

import base64
import binascii
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from service.domain.values import replace
from service.new_files import new_file
from service.store.seals.seal import Seal

PublicKeys: TypeAlias = "dict[str, Ed25519PublicKey]"

_NAME_LENGTH: Final = 16


class BadKey(Exception):
    """A file does not hold the key that was expected in it. The message is one sentence."""


class Signer:
    """Signs seals with *key*."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key()
        self.name = name_of(self.public)

    def signed(self, seal: Seal) -> Seal:
        """Return *seal* with the key's name and signature."""
        named = replace(seal, key=self.name)
        signature = base64.b64encode(self._key.sign(named.statement())).decode()
        return replace(named, signature=signature)


def name_of(key: Ed25519PublicKey) -> str:
    """Return the name of *key*."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return sha256(raw).hexdigest()[:_NAME_LENGTH]


def read_signer(file: Path) -> Signer:
    """Return what signs with the private key in *file*. Raise `BadKey`."""
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise BadKey(f"{file} cannot be read as a private key: {error}.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(f"{file} holds a key, but not one of Ed25519.")
    return Signer(key)


def read_public_keys(files: Iterable[Path]) -> PublicKeys:
    """Return the public keys in *files*, by their names. Raise `BadKey`."""
    return {name_of(key): key for key in map(_read_public, files)}


def _read_public(file: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(file.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise BadKey(f"{file} cannot be read as a public key: {error}.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey(f"{file} holds a key, but not one of Ed25519.")
    return key


def make_pair(file: Path) -> tuple[Path, str]:
    """Write a new private key to *file*, its public key beside it; return that and its name."""
    key = Ed25519PrivateKey.generate()
    public = file.with_name(f"{file.name}.pub")
    private_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public_pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        with new_file(file) as private, new_file(public, 0o644) as beside:
            private.write(private_pem)
            beside.write(public_pem)
    except OSError as error:
        raise BadKey(f"{error.filename or file} cannot be written: {error.strerror}.") from error
    return public, name_of(key.public_key())


def is_signed(seal: Seal, key: Ed25519PublicKey) -> bool:
    """Say whether *key* has signed *seal*."""
    try:
        key.verify(base64.b64decode(seal.signature or "", validate=True), seal.statement())
    except (InvalidSignature, binascii.Error):
        return False
    return True
