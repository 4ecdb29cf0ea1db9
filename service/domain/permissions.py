"""
What a restricted key may be allowed: to read, or to write and read, each kind of resource.

A resource is named as its path is (`setup_intents`; setup attempts go with them). Which
permission an operation needs stands beside the operation, in the table of routes.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Access: TypeAlias = Literal["read", "write"]
# What an operation needs, and what a key grants: a resource, and what is done with it.
Permission: TypeAlias = tuple[str, Access]

RESOURCES: Final = (
    "accounts",
    "confirmation_tokens",
    "customers",
    "events",
    "log",
    "mandates",
    "payment_method_configurations",
    "payment_methods",
    "setup_intents",
    "tokens",
    "webhook_endpoints",
)

_GRANTED: Final[Mapping[str, tuple[Access, ...]]] = {
    "none": (),
    "read": ("read",),
    "write": ("read", "write"),
}
LEVELS: Final = tuple(_GRANTED)
# Stripe calls a permission after the object, but for these.
_CALLED: Final = {"accounts": "accounts_kyc_basic", "webhook_endpoints": "webhook"}


def granted(levels: Mapping[str, str]) -> frozenset[Permission]:
    """Return what *levels* (resource to `none`, `read` or `write`) allow."""
    return frozenset(
        (resource, access) for resource, level in levels.items() for access in _GRANTED[level]
    )


def name_of(permission: Permission) -> str:
    """Return how a refusal names *permission*: `rak_setup_intent_read`."""
    resource, access = permission
    return f"rak_{_CALLED.get(resource, resource.removesuffix('s'))}_{access}"
