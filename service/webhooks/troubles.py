"""
What went wrong with an attempt that was not answered: its kind, and a sentence for the owner.

The sentence is about the receiver, in words that help whoever runs it; what libraries call things
inside of ours helps nobody, and an address in our memory is nobody's business.
"""

import os
import ssl
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import aiohttp
from yarl import URL

from service.webhooks.outcome import Kind


class Trouble(NamedTuple):
    """What came of an attempt, and what its owner is told of that."""

    kind: Kind
    detail: str | None


# What OpenSSL calls what receivers do most often.
_HANDSHAKES: Final[Mapping[str, str]] = {
    "WRONG_VERSION_NUMBER": "what answers there does not speak TLS",
    "HTTP_REQUEST": "what answers there does not speak TLS",
    "UNSUPPORTED_PROTOCOL": "it speaks no TLS 1.2, nor a later one",
    "TLSV1_ALERT_PROTOCOL_VERSION": "it speaks no TLS 1.2, nor a later one",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "it accepts no cipher or certificate that is offered",
    "TLSV1_UNRECOGNIZED_NAME": "it knows no site of this name",
}
# Who vouches for the certificate is not known: OpenSSL's codes for that.
_UNKNOWN_AUTHORITY: Final = frozenset({18, 19, 20, 21})


def trouble_of(error: BaseException) -> Trouble:
    """Return what *error* says of the receiver: an `aiohttp.ClientError` or a `TimeoutError`."""
    return next(told(error) for class_, told in _TOLD if isinstance(error, class_))


def _connection_timeout(error: BaseException) -> Trouble:
    # The URL ends aiohttp's sentence; what its path says is for the receiver alone.
    origin = URL(str(error).rpartition(" ")[2]).origin()
    why = "nobody answered"
    if origin.scheme == "https":
        why += ", or the TLS handshake came to no end"
    return Trouble(Kind.CONNECT_TIMEOUT, f"No connection to {origin} in time: {why}.")


def _certificate(error: aiohttp.ClientConnectorCertificateError) -> Trouble:
    reason = error.certificate_error
    message = getattr(reason, "verify_message", None) or "it cannot be verified"
    told = f"The certificate of {error.host} is not accepted: {message.rstrip('.')}."
    if getattr(reason, "verify_code", None) in _UNKNOWN_AUTHORITY:
        told += " It has to come with its whole chain, from an authority that is trusted here."
    return Trouble(Kind.TLS, told)


def _handshake(error: aiohttp.ClientConnectorSSLError) -> Trouble:
    name = getattr(error.os_error, "reason", None) or "unknown"
    why = _HANDSHAKES.get(name) or name.lower().replace("_", " ")
    return Trouble(Kind.TLS, f"The TLS handshake with {_place(error)} failed: {why}.")


def _unconnected(error: aiohttp.ClientConnectorError) -> Trouble:
    if isinstance(error.os_error, ConnectionResetError):
        # That it was made at all was told before.
        told = f"{_place(error)} closed the connection in the middle of the TLS handshake."
        return Trouble(Kind.TLS, told)
    return Trouble(Kind.CONNECT, f"{_place(error)} cannot be reached: {_reason(error.os_error)}.")


def _unnamed(error: aiohttp.ClientConnectorDNSError) -> Trouble:
    return Trouble(Kind.DNS, f"No address was found for {error.host}: {_reason(error.os_error)}.")


def _lost(error: aiohttp.ClientOSError) -> Trouble:
    return Trouble(Kind.RESET, f"The connection was lost: {_reason(error)}.")


def _disconnected(error: aiohttp.ServerDisconnectedError) -> Trouble:
    # Where the beginning of an answer was there, it is in the place of a message.
    is_cut = not isinstance(error.message, str)
    when = "in the middle of its answer" if is_cut else "before it answered"
    return Trouble(Kind.RESET, f"The receiver closed the connection {when}.")


def _no_http(error: aiohttp.ClientResponseError) -> Trouble:
    said = " ".join(error.message.split())
    return Trouble(Kind.PROTOCOL, f"What was answered is not HTTP/1.1 as it has to be: {said}")


def _as_it_says(kind: Kind) -> Callable[[BaseException], Trouble]:
    return lambda error: Trouble(kind, str(error) or None)


def _place(error: aiohttp.ClientConnectorError) -> str:
    return f"{error.host}:{error.port}"


def _reason(error: OSError) -> str:
    """Return what the system says of *error*, without what Python puts around it."""
    if isinstance(error, ssl.SSLError) or not error.errno or error.errno < 0:
        return error.strerror or str(error) or "no reason was given"
    return os.strerror(error.errno)


_Telling: TypeAlias = tuple[type[BaseException], Callable[..., Trouble]]

# The first that fits counts: aiohttp's classes overlap.
_TOLD: Final[Sequence[_Telling]] = (
    (aiohttp.ConnectionTimeoutError, _connection_timeout),
    (TimeoutError, _as_it_says(Kind.TIMEOUT)),
    (aiohttp.ClientConnectorDNSError, _unnamed),
    (aiohttp.ClientConnectorCertificateError, _certificate),
    (aiohttp.ClientConnectorSSLError, _handshake),
    (aiohttp.ClientSSLError, _as_it_says(Kind.TLS)),
    (aiohttp.ClientConnectorError, _unconnected),
    (aiohttp.ClientOSError, _lost),
    (aiohttp.ServerDisconnectedError, _disconnected),
    (aiohttp.ClientConnectionResetError, _as_it_says(Kind.RESET)),
    (aiohttp.ClientResponseError, _no_http),
    (aiohttp.ClientError, _as_it_says(Kind.PROTOCOL)),
)
