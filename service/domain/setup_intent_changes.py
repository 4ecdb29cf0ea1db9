"""What an update changes, computed from what was asked and what was there."""

from collections.abc import Collection
from typing import Final

from service.domain.offered_types import Wanted, named_types, offered, ways
from service.domain.patches import laid_over, merged_metadata
from service.domain.setup_intent_state import SetupIntent
from service.domain.values import Json, JsonObject, Status

_FILTERS: Final = frozenset(
    {
        "allowed_payment_method_types",
        "excluded_payment_method_types",
        "payment_method_configuration",
    }
)


def changed(intent: SetupIntent, changes: JsonObject, enabled: tuple[str, ...]) -> dict[str, Json]:
    """
    Return the whole new values that *changes* mean for *intent*.

    Types that are named end the automatic choice; a filter, or another configuration, makes
    the choice anew among those *enabled*.
    """
    new = dict(changes)
    if "metadata" in new:
        new["metadata"] = merged_metadata(intent.metadata, new["metadata"])
    if "payment_method_options" in new:
        options = new["payment_method_options"]
        new["payment_method_options"] = laid_over(intent.payment_method_options, options)
    if "payment_method_types" in new:
        new["payment_method_types"] = named_types(new["payment_method_types"], intent.single_use)
        new["automatic_payment_methods"] = None
    elif _FILTERS & new.keys():
        new["payment_method_types"] = _filtered(intent, new, enabled)
    return new


def _filtered(intent: SetupIntent, new: JsonObject, enabled: tuple[str, ...]) -> Collection[str]:
    wanted = Wanted(
        allowed=new.get("allowed_payment_method_types", intent.allowed_payment_method_types),
        excluded=new.get("excluded_payment_method_types", intent.excluded_payment_method_types),
        enabled=enabled,
        single_use=intent.single_use is not None,
        **ways(intent.automatic_payment_methods),
    )
    return offered(wanted)


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
