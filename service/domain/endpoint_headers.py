"""
Which headers an endpoint's owner may have sent along. Pure.

Most want to let our deliveries through a gateway: an API key, a tenant's name. None may change
what a request is, where it goes or how it is read, nor stand in for what we say of ourselves.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

HEADERS_MAX: Final = 20
# Of all names and values together. Servers begin to refuse requests at 8 KiB of headers.
LENGTH_MAX: Final = 4096
NAME_LENGTH_MAX: Final = 100

_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# Blanks inside are taken, as a scheme and its credentials are apart by one.
_VALUE: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")

FORBIDDEN: Final = frozenset(
    (
        *("accept", "accept-charset", "accept-encoding", "accept-language", "age", "alt-used"),
        *("cache-control", "connection", "content-disposition", "content-encoding"),
        *("content-language", "content-length", "content-location", "content-md5"),
        *("content-range", "content-type", "cookie", "cookie2", "date", "expect", "forwarded"),
        *("host", "http2-settings", "keep-alive", "max-forwards", "origin", "pragma"),
        *("range", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade"),
        *("upgrade-insecure-requests", "user-agent", "via", "x-real-ip"),
    )
)
# Families: signatures that are ours, and what only proxies and browsers may say.
FORBIDDEN_FAMILIES: Final = (
    "access-control-",
    "if-",
    "proxy-",
    "sec-",
    "seti-",
    "stripe-",
    "webhook-",
    "x-forwarded-",
)


def why_not_named(name: str) -> str | None:
    """Return why no header may have this *name*, None where it may."""
    if not _NAME.fullmatch(name) or len(name) > NAME_LENGTH_MAX:
        return "A header's name is of letters, digits and hyphens, and at most 100 characters long."
    small = name.lower()
    if small in FORBIDDEN or small.startswith(FORBIDDEN_FAMILIES):
        return "This header is for the sender of a request to set, and not for its owner."
    return None


def is_value(value: str) -> bool:
    """Say whether a header may have this *value*: visible ASCII, and blanks inside."""
    return _VALUE.fullmatch(value) is not None


def doubled(names: Iterable[str]) -> str | None:
    """Return a name that is there twice, in any case; None where there is none."""
    seen = set[str]()
    for name in names:
        if name.lower() in seen:
            return name
        seen.add(name.lower())
    return None


def why_too_many(headers: Mapping[str, str]) -> str | None:
    """Return why so many *headers* cannot be sent along, None where they can."""
    if len(headers) > HEADERS_MAX:
        return f"An endpoint may have {HEADERS_MAX} headers, and this makes {len(headers)}."
    length = sum(len(name) + len(value) for name, value in headers.items())
    if length > LENGTH_MAX:
        return (
            f"The headers of an endpoint may have {LENGTH_MAX} characters together, names and "
            f"values, and this makes {length}."
        )
    return None
