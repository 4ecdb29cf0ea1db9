"""Which types of payment methods one SetupIntent takes, where the request leaves it open."""

from collections.abc import Mapping
from typing import Final

from service.domain.errors import NoTypeLeft
from service.domain.values import JsonObject

ENABLED: Final = ("card",)

AUTOMATIC: Final[Mapping[str, object]] = {"allow_redirects": "always", "enabled": True}


def allowed_types(
    allowed: tuple[str, ...] | None, excluded: tuple[str, ...] | None
) -> tuple[str, ...]:
    """
    Return the enabled types that *allowed* names, without those that *excluded* names.

    Types that cannot be set up here are left out silently. Raise `NoTypeLeft` where
    nothing remains.
    """
    types = tuple(
        one for one in ENABLED if (not allowed or one in allowed) and one not in (excluded or ())
    )
    if not types:
        param = "allowed_payment_method_types" if allowed else "excluded_payment_method_types"
        raise NoTypeLeft(param, ENABLED)
    return types


def automatic(given: JsonObject | None, *, named: bool) -> JsonObject | None:
    """
    Return an intent's automatic payment methods: as *given*, on by default.

    *named* says that the request named its types itself, which leaves nothing automatic.
    """
    if given is not None:
        return {**AUTOMATIC, **given}
    return None if named else AUTOMATIC


def may_redirect(automatic_payment_methods: JsonObject | None) -> bool:
    """Say whether a payment method might send the customer to another page."""
    if automatic_payment_methods is None or not automatic_payment_methods["enabled"]:
        return False
    return bool(automatic_payment_methods["allow_redirects"] != "never")
