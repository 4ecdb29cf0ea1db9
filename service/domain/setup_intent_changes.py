"""What an update changes, computed from what was asked and what was there."""

from typing import Final

from service.domain.errors import NoTypeLeft
from service.domain.method_types import TYPES
from service.domain.offered_types import AUTOMATIC, Wanted, named_types, offered, ways
from service.domain.patches import laid_over, merged_metadata
from service.domain.setup_intent_state import SetupIntent
from service.domain.values import Json, JsonObject, Status

_ALLOWED: Final = "allowed_payment_method_types"
_EXCLUDED: Final = "excluded_payment_method_types"
_CONFIGURATION: Final = "payment_method_configuration"
_FILTERS: Final = frozenset({_ALLOWED, _EXCLUDED, _CONFIGURATION})


def changed(intent: SetupIntent, changes: JsonObject, enabled: tuple[str, ...]) -> dict[str, Json]:
    """
    Return the whole new values that *changes* mean for *intent*.

    Types that are named end the automatic choice. A filter, or another configuration, makes
    it anew among those *enabled*; but what is only excluded is taken from types that were named.
    """
    new = dict(changes)
    if "metadata" in new:
        new["metadata"] = merged_metadata(intent.metadata, new["metadata"])
    if "payment_method_options" in new:
        options = new["payment_method_options"]
        new["payment_method_options"] = laid_over(intent.payment_method_options, options)
    if "payment_method_types" in new:
        named = _named(intent, new, new["payment_method_types"])
        new = {_CONFIGURATION: None} | new if intent.payment_method_configuration else new
        new |= named | {"automatic_payment_methods": None}
    elif _FILTERS & new.keys():
        new |= _filtered(intent, new, enabled)
    return new


def _named(intent: SetupIntent, new: JsonObject, named: tuple[str, ...]) -> dict[str, Json]:
    """Return what an intent's own list of types comes to. Nothing else allows any then."""
    excluded = new.get(_EXCLUDED, intent.excluded_payment_method_types)
    changes = {"payment_method_types": named_types(named, intent.single_use, excluded)}
    return changes if intent.allowed_payment_method_types is None else {**changes, _ALLOWED: None}


def _filtered(intent: SetupIntent, new: JsonObject, enabled: tuple[str, ...]) -> dict[str, Json]:
    sent = _FILTERS & new.keys()
    allowed = new.get(_ALLOWED, intent.allowed_payment_method_types)
    methods = intent.automatic_payment_methods
    if sent == {_EXCLUDED} and methods is None and allowed is None:
        return _named(intent, new, intent.payment_method_types)
    wanted = Wanted(
        allowed=allowed,
        excluded=new.get(_EXCLUDED, intent.excluded_payment_method_types),
        enabled=enabled,
        single_use=intent.single_use is not None,
        **ways(methods),
    )
    try:
        types = offered(wanted)
    except NoTypeLeft:
        raise NoTypeLeft(min(sent), TYPES) from None
    if methods is None and allowed is None:
        return {"payment_method_types": types, "automatic_payment_methods": AUTOMATIC}
    return {"payment_method_types": types}


def status_after(intent: SetupIntent, new: JsonObject) -> Status:
    """Return the status that results: another payment method has to be confirmed anew."""
    if intent.status is None:
        raise ValueError(new)
    payment_method = new.get("payment_method", intent.payment_method)
    if payment_method == intent.payment_method:
        return intent.status
    if payment_method is None:
        return Status.REQUIRES_PAYMENT_METHOD
    return Status.REQUIRES_CONFIRMATION
