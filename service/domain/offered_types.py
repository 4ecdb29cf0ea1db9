"""
Which types of payment methods one SetupIntent takes.

A request names them (`payment_method_types`, in older versions of the API), or allows some
of all that there are, or leaves it to what is enabled, less what it excludes. An intent that
never redirects leaves out what would, and one for a single payment leaves out what has no
mandate for that.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from service.domain.errors import NoTypeLeft, SingleUseNotOffered, TypeNotSetUp
from service.domain.method_types import DEFAULT_ENABLED, TYPES, MethodType
from service.domain.values import JsonObject, Value, replace

AUTOMATIC: Final[Mapping[str, object]] = {"allow_redirects": "always", "enabled": True}
# What is taken where automatic methods are turned off, and nothing is named in their place.
_WITHOUT_A_WORD: Final = ("card",)
# What each parameter that narrows the choice comes to where it is not sent.
_WITHOUT: Final[Mapping[str, Mapping[str, Any]]] = {
    "single_use": {"single_use": False},
    "excluded_payment_method_types": {"excluded": None},
    "automatic_payment_methods": {"redirects": True},
}


class Wanted(Value, frozen=True, kw_only=True):
    """
    What an intent says of its types.

    *enabled* are those that are on, and taken where *automatic* ones are.
    """

    allowed: tuple[str, ...] | None = None
    excluded: tuple[str, ...] | None = None
    enabled: tuple[str, ...] = DEFAULT_ENABLED
    automatic: bool = True
    redirects: bool = True
    single_use: bool = False


@lru_cache(maxsize=1024)
def offered(wanted: Wanted) -> tuple[str, ...]:
    """
    Return the types that *wanted* comes to, a card first and the others by name.

    What cannot be set up here is left out silently. Raise `NoTypeLeft` where nothing remains.
    """
    types = _left(wanted)
    if not types:
        raise NoTypeLeft(_to_blame(wanted), TYPES)
    return types


def _left(wanted: Wanted) -> tuple[str, ...]:
    among = wanted.allowed or (wanted.enabled if wanted.automatic else _WITHOUT_A_WORD)
    return tuple(
        name
        for name, each in TYPES.items()
        if name in among and name not in (wanted.excluded or ()) and _fits(each, wanted)
    )


def _fits(type_: MethodType, wanted: Wanted) -> bool:
    if type_.redirects and not wanted.redirects:
        return False
    return type_.single_use or not wanted.single_use


def _to_blame(wanted: Wanted) -> str:
    """Return the parameter without which there would be a type, or else what chose among all."""
    for name, without in _WITHOUT.items():
        if _left(replace(wanted, **without)):
            return name
    return "allowed_payment_method_types" if wanted.allowed else "automatic_payment_methods"


def named_types(
    named: tuple[str, ...],
    single_use: JsonObject | None = None,
    excluded: tuple[str, ...] | None = None,
) -> tuple[str, ...]:
    """
    Return the types that a request has *named*, each once, but for those *excluded*.

    Raise `Refused` where one cannot be, or none is left.
    """
    for name in named:
        if name not in TYPES:
            raise TypeNotSetUp(name)
        if single_use is not None and not TYPES[name].single_use:
            raise SingleUseNotOffered(name)
    left = tuple(name for name in dict.fromkeys(named) if name not in (excluded or ()))
    if not left:
        raise NoTypeLeft("excluded_payment_method_types", TYPES)
    return left


def automatic(given: JsonObject | None, *, named: bool) -> JsonObject | None:
    """
    Return an intent's automatic payment methods: as *given*, on by default.

    *named* says that the request named its types itself, which leaves nothing automatic.
    """
    if given is not None:
        return {**AUTOMATIC, **given}
    return None if named else AUTOMATIC


def ways(automatic_payment_methods: JsonObject | None) -> dict[str, bool]:
    """Return what automatic payment methods say of the types: `automatic` and `redirects`."""
    if automatic_payment_methods is None:
        return {}
    return {
        "automatic": automatic_payment_methods["enabled"],
        "redirects": automatic_payment_methods["allow_redirects"] != "never",
    }


def may_redirect(automatic_payment_methods: JsonObject | None) -> bool:
    """Say whether a payment method, whichever it is, might send the customer to another page."""
    if automatic_payment_methods is None:
        return False
    return all(ways(automatic_payment_methods).values())
