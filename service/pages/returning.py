"""The way back to the merchant: its own address, with what came of the attempt."""

from string import ascii_letters, digits, punctuation
from typing import Final
from urllib.parse import quote, urlencode

_ASCII: Final = ascii_letters + digits + punctuation


def return_address(return_url: str, **appended: str) -> str:
    """
    Return *return_url* with *appended* at the end of its query, fit for a header.

    The rest stays as it was given, to the byte: the address may be an app's, whose scheme
    no parser knows, and its merchant compares it. Only what is not ASCII is escaped.
    """
    front, mark, fragment = return_url.partition("#")
    query = urlencode(appended)
    return quote(f"{front}{_joint(front)}{query}{mark}{fragment}", safe=_ASCII)


def _joint(front: str) -> str:
    if "?" not in front:
        return "?"
    return "" if front.endswith(("?", "&")) else "&"
