"""
Which URLs may be subscribed. Pure.

Read by the parser that the client sends with, so that no URL means one host here and another
there. Where the host leads is checked later and for every connection, by `guard`.
"""

import re
from ipaddress import IPv4Address
from typing import Final

from yarl import URL

LENGTH_MAX: Final = 2048
_AUTHORITY: Final = re.compile(r"^[^/?#]*//([^/?#]*)")
_UNSAFE: Final = re.compile(r"[\x00-\x20\x7f\\]")
# A host whose last label is a number is an IPv4 address to some resolvers, however few its
# parts and whatever their base.
_NUMBER: Final = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")


class UrlRefused(ValueError):
    """A URL cannot be subscribed. The message is for the caller who gave it."""


def check_url(url: str, *, livemode: bool) -> None:
    """Raise `UrlRefused` unless *url* may be subscribed in the mode given."""
    if len(url) > LENGTH_MAX:
        raise UrlRefused(f"A webhook URL may be at most {LENGTH_MAX} characters long.")
    parsed = _parsed(url)
    _check_scheme(parsed, livemode=livemode)
    # The parser drops an empty user name, others may not: the text itself is looked at.
    authority = _AUTHORITY.match(url)
    if authority is None:
        raise UrlRefused("A webhook URL must start with http:// or https://, and name a host.")
    if "@" in authority[1]:
        raise UrlRefused("A webhook URL may not contain a user name or a password.")
    _check_host(parsed)


def _parsed(url: str) -> URL:
    if _UNSAFE.search(url):
        raise UrlRefused("A webhook URL may not contain spaces, backslashes or control characters.")
    try:
        return URL(url)
    except ValueError:
        raise UrlRefused("This is not a valid URL.") from None


def _check_scheme(parsed: URL, *, livemode: bool) -> None:
    if livemode and parsed.scheme != "https":
        raise UrlRefused("In live mode a webhook URL must start with https://.")
    if parsed.scheme not in {"http", "https"}:
        raise UrlRefused("A webhook URL must start with http:// or https://.")


def _check_host(parsed: URL) -> None:
    host = parsed.raw_host
    if not host or not parsed.port:
        raise UrlRefused("A webhook URL must name a host, and a port other than 0 if any.")
    if "%" in host:
        raise UrlRefused("The host of a webhook URL may not name a network interface.")
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) and not _is_dotted_quad(host):
        raise UrlRefused("An IPv4 address in a webhook URL must be four decimal numbers.")


def _is_dotted_quad(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False
