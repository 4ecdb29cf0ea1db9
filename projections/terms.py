"""
The lists in which customers are found by what they are: an e-mail, a name, a piece of metadata.

A list for each value would cost more than the customers themselves. So values share lists,
whose names are digests of a few bits: a list holds too much on purpose, and whoever walks it
asks each customer's view. Values are folded, since nobody searches for capital letters.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

_BITS: Final = 18
_DIGEST_BITS: Final = 32
_FIELDS: Final = ("email", "name", "phone")


def list_of_term(field: str, value: str) -> str:
    """Return what the list is called that holds, with others, all whose *field* is *value*."""
    text = f"{field}\0{value.casefold()}".encode(errors="backslashreplace")
    digest = hashlib.blake2b(text, digest_size=_DIGEST_BITS // 8).digest()
    return f"customers~{int.from_bytes(digest, 'big') >> (_DIGEST_BITS - _BITS):05x}"


def metadata_field(key: str) -> str:
    """Return what *key* of metadata is called as a field."""
    return f"metadata[{key}]"


def lists_of_terms(view: Mapping[str, Any]) -> Iterator[str]:
    """Give the lists that the customer shown as *view* is found in, some more than once."""
    for field in _FIELDS:
        value = view[field]
        if value:
            yield list_of_term(field, value)
    for key, value in view["metadata"].items():
        yield list_of_term(metadata_field(key), value)
