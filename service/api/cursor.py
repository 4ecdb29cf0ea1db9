"""The cursors of searches: opaque, and good for the query that they were given with."""

import base64
import binascii
import hashlib
from typing import Final

from service.wire.bad_param import BadParam

_DIGEST_LENGTH: Final = 9


def cursor_after(name: str, query: str) -> str:
    """Return the cursor of the page that follows the object *name* in a search for *query*."""
    return base64.urlsafe_b64encode(_digest(query) + name.encode()).decode()


def place_of_cursor(cursor: str, query: str) -> str:
    """Return the id that *cursor* follows. Raise `BadParam` where it is not one of *query*'s."""
    try:
        told = base64.b64decode(cursor, altchars=b"-_", validate=True)
        digest, name = told[:_DIGEST_LENGTH], told[_DIGEST_LENGTH:].decode("ascii")
    except (binascii.Error, ValueError):
        digest, name = b"", ""
    if digest != _digest(query) or not name:
        raise BadParam(
            "This page does not belong to this query. Send the next_page of an earlier answer "
            "together with the same query.",
            param="page",
        )
    return name


def _digest(query: str) -> bytes:
    digest = hashlib.blake2b(query.encode(errors="replace"), digest_size=_DIGEST_LENGTH)
    return digest.digest()
