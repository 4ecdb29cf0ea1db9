"""
The versions of Stripe's API, as data: which there are, and what differs between them.

Seti speaks the newest and shows older callers what they knew: `changes` is the table of what
came and went, `rendering` takes what came later out of an answer or a webhook's body, and
`requests` holds a request against what its version had lost, or still had. A parameter, or a
value of one, that came later is taken from anybody, since a caller who sends it knows it.
"""

from service.wire.versions.changes import AUTOMATIC_METHODS_BY_DEFAULT, SEARCH
from service.wire.versions.releases import (
    DEFAULT_VERSION,
    KNOWN,
    Version,
    named_or_default,
    parse_version,
)
from service.wire.versions.rendering import encoded, hides, render
from service.wire.versions.requests import check_request

__all__ = [
    "AUTOMATIC_METHODS_BY_DEFAULT",
    "DEFAULT_VERSION",
    "KNOWN",
    "SEARCH",
    "Version",
    "check_request",
    "encoded",
    "hides",
    "named_or_default",
    "parse_version",
    "render",
]
