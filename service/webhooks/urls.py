"""
Which URLs may be subscribed. Pure.

Read by the parser that the client sends with, so that no URL means one host here and another
there; and looked at as text, for what that parser would quietly mend. An address that is
written in the URL is held against the guard at once; where a name leads is checked later,
and for every connection.
"""

import re
from ipaddress import ip_address
from typing import Final

from yarl import URL

from service.webhooks.guard import Guard

LENGTH_MAX: Final = 2048
PORT_MAX: Final = 65_535
_SHAPE: Final = re.compile(r"^(?i:https?)://([^/?#]*)")
_PORT: Final = re.compile(r":([^:\]]*)$")
_UNSAFE: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
# A host whose last label is a number is an IPv4 address to some resolvers, however few its
# parts and whatever their base.
_NUMBER: Final = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
# What these names lead to is known without asking anybody.
_LOOPBACK: Final = re.compile(r"(?:.*\.)?localhost(?:\.localdomain)?|ip6-(?:localhost|loopback)")


class UrlRefused(ValueError):
    """A URL cannot be subscribed. The message is for the caller who gave it."""


def check_url(url: str, guard: Guard, *, livemode: bool) -> None:
    """Raise `UrlRefused` unless *url* may be subscribed in the mode given, which *guard* is of."""
    if len(url) > LENGTH_MAX:
        raise UrlRefused(f"A webhook URL may be at most {LENGTH_MAX} characters long.")
    if _UNSAFE.search(url):
        raise UrlRefused("A webhook URL may not contain spaces, backslashes or control characters.")
    shape = _SHAPE.match(url)
    if shape is None or not shape[1]:
        raise UrlRefused("A webhook URL must start with http:// or https://, and name a host.")
    if livemode and not url[:6].lower() == "https:":
        raise UrlRefused("In live mode a webhook URL must start with https://.")
    if "#" in url:
        raise UrlRefused("A webhook URL may not contain a fragment: it would never be sent.")
    _check_authority(shape[1])
    _check_host(_host_of(url), guard, plain=shape[1].isascii())


def _check_authority(authority: str) -> None:
    """Look at the text between the slashes, where a parser may see less than there is."""
    if "@" in authority:
        raise UrlRefused("A webhook URL may not contain a user name or a password.")
    if "%" in authority:
        raise UrlRefused("The host of a webhook URL may not contain a percent sign.")
    port = _PORT.search(authority)
    if port is not None and not _is_port(port[1]):
        raise UrlRefused(f"The port of a webhook URL must be a number from 1 to {PORT_MAX}.")


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) <= PORT_MAX  # noqa: PLR2004 - the digits of the highest


def _host_of(url: str) -> str:
    """Return the host that the client would connect to."""
    try:
        host = URL(url).raw_host
    except ValueError:
        host = None
    if not host or not host.isascii():
        raise UrlRefused("The host of a webhook URL must be a name or an address.")
    return host.lower()


def _check_host(host: str, guard: Guard, *, plain: bool) -> None:
    bare = host.rstrip(".")
    if _NUMBER.fullmatch(bare.rpartition(".")[2]) or ":" in host:
        _check_address(host, guard, plain=plain)
    elif not bare or ".." in host:
        raise UrlRefused("The host of a webhook URL must be a name or an address.")
    elif _LOOPBACK.fullmatch(bare) and not guard.permits("127.0.0.1"):
        raise _inward(host)


def _check_address(host: str, guard: Guard, *, plain: bool) -> None:
    """Take an address in its one usual spelling, and only where deliveries may go to it."""
    try:
        usual = str(ip_address(host)) == host or ":" in host
    except ValueError:
        usual = False
    if not usual or not plain:
        raise UrlRefused(
            "An IPv4 address in a webhook URL must be four plain decimal numbers, and an IPv6 "
            "address must stand in brackets."
        )
    if not guard.permits(host):
        raise _inward(host)


def _inward(host: str) -> UrlRefused:
    return UrlRefused(
        f"A webhook URL may not lead to {host}, which is not a public address. The networks "
        "that deliveries may reach all the same are set by SETI_WEBHOOK_ALLOW."
    )
