"""What our own operations on webhook endpoints take."""

import binascii
from base64 import b64decode
from typing import Annotated, Final, TypeAlias

from msgspec import UNSET, Meta

from service.domain.endpoint_headers import (
    HEADERS_MAX,
    LENGTH_MAX,
    doubled,
    is_value,
    why_not_named,
)
from service.domain.signing_secrets import OVERLAP_MAX_S
from service.wire.bad_param import BadParam, child, invalid_characters, shown
from service.wire.hashes import Clearable, Hash, Maybe, Text
from service.wire.params.lists import ListParams
from service.wire.params.webhook_endpoints import (
    WebhookEndpointCreateParams,
    WebhookEndpointUpdateParams,
)

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - it is not secret how they begin
_KEY_BYTES: Final = range(24, 65)

# Sent along with every request to the endpoint. An empty value removes its header.
Headers: TypeAlias = Annotated[
    dict[str, Annotated[str, Meta(max_length=LENGTH_MAX)]], Meta(max_length=HEADERS_MAX)
]


class EndpointCreateParams(WebhookEndpointCreateParams, frozen=True, kw_only=True):
    """
    A subscription as Stripe has it, and more.

    An *ordered* one is sent one thing at a time, in order for each object. *headers* are sent
    along with every request; their values are kept encrypted and never shown whole.
    """

    headers: Maybe[Clearable[Headers]] = UNSET
    ordered: bool = False

    def check(self, name: str) -> None:
        check_headers(self.headers, child(name, "headers"))


class EndpointUpdateParams(WebhookEndpointUpdateParams, frozen=True, kw_only=True):
    """Changes. *headers* are laid over those that there are; an empty value removes one."""

    headers: Maybe[Clearable[Headers]] = UNSET
    ordered: Maybe[bool] = UNSET

    def check(self, name: str) -> None:
        check_headers(self.headers, child(name, "headers"))


class EndpointRetrieveParams(Hash, frozen=True, kw_only=True):
    """*at* is a moment, as in `AsOfParams`."""

    at: Maybe[Text] = UNSET


class EndpointListParams(ListParams, frozen=True, kw_only=True):
    pass


class EndpointPingParams(Hash, frozen=True, kw_only=True):
    pass


class EndpointRollSecretParams(Hash, frozen=True, kw_only=True):
    """
    A new secret. The older ones sign as well for *expires_in* seconds more, a day if left out.

    *secret* is one that the caller has chosen: `whsec_` and 24 to 64 random bytes in base64.
    """

    expires_in: Annotated[int, Meta(ge=0, le=OVERLAP_MAX_S)] = OVERLAP_MAX_S
    secret: Maybe[Annotated[str, Meta(min_length=1, max_length=100)]] = UNSET

    def check(self, name: str) -> None:
        if self.secret is not UNSET:
            check_secret(self.secret, child(name, "secret"))


def check_headers(headers: Maybe[Clearable[Headers]], within: str) -> None:
    """Raise `BadParam` for a header that may not be sent along."""
    if headers is UNSET or headers == "":
        return
    for name, value in headers.items():
        param = child(within, shown(name))
        reason = why_not_named(name)
        if reason is not None:
            raise BadParam(f"Invalid header: {shown(name)}. {reason}", param=param)
        if value and not is_value(value):
            raise invalid_characters(param)
    if twice := doubled(headers):
        raise BadParam(
            f"The header {shown(twice)} was sent twice: a header's name is the same in any case.",
            param=child(within, shown(twice)),
        )


def check_secret(secret: str, param: str) -> None:
    """Raise `BadParam` for what is no signing secret, without telling it."""
    try:
        key = b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(SECRET_PREFIX) or len(key) not in _KEY_BYTES:
        raise BadParam(
            f"A signing secret is '{SECRET_PREFIX}' and {_KEY_BYTES[0]} to {_KEY_BYTES[-1]} random "
            "bytes in base64.",
            param=param,
        )
