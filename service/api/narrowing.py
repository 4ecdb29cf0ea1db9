"""
What lists may be narrowed down to: things that are, or were, there.

A name that nobody has is a mistake of whoever asks, and told like a cursor that nobody has: an
empty list would say that all is well. It is looked at only where nothing was found, so that it
costs the other lists nothing. What is deleted has a name all the same.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from msgspec import UNSET

from service.api.call import Call
from service.domain.errors import ResourceMissing

IsKnown: TypeAlias = Callable[[Call, str], Awaitable[bool]]
# By the parameter that names one: what it is called in errors, and who has it.
Kinds: TypeAlias = Mapping[str, tuple[str, IsKnown]]


async def check(call: Call, given: Any, kinds: Kinds) -> None:
    """Raise `ResourceMissing` for what *given* names of *kinds*, and the caller does not have."""
    for param, (noun, is_known) in kinds.items():
        name = getattr(given, param, UNSET)
        if name is not UNSET and not await is_known(call, name):
            raise ResourceMissing(noun, name, param=param)


def _in_views(prefix: str) -> IsKnown:
    async def is_known(call: Call, name: str) -> bool:
        if not name.startswith(prefix):
            return False
        return await call.house.reader.body(call.owner, name) is not None

    return is_known


async def _nobody(_call: Call, _name: str) -> bool:
    return False


# A customer is named by `customer` here, and none by an account.
SAVED: Final[Kinds] = {
    "customer": ("customer", _in_views("cus_")),
    "payment_method": ("PaymentMethod", _in_views("pm_")),
    "customer_account": ("account", _nobody),
}
