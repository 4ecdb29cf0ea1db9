"""
A SetupIntent's payment_method_options as they are shown.

A card's options are shown whole, with nulls and defaults, wherever a card may be used. What
only steers one confirmation (an authentication done elsewhere, a mail order) is not shown.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from projections.view import View

_CARD: Final[Mapping[str, Any]] = {
    "mandate_options": None,
    "network": None,
    "request_three_d_secure": "automatic",
}
_USUAL: Final[View] = {"card": dict(_CARD)}
_MANDATE_NULLS: Final[Mapping[str, Any]] = {
    "description": None,
    "end_date": None,
    "interval_count": None,
    "supported_types": None,
}
_NOT_SHOWN: Final = frozenset({"moto", "three_d_secure"})


def shown_options(given: Mapping[str, Any], types: Sequence[str]) -> View:
    """Return *given* options; a card's with its defaults, which *types* with a card always has."""
    if not given and "card" in types:
        return _USUAL
    options = {kind: given[kind] for kind in sorted(given)}
    if options.get("card") == _CARD and "card" not in types:
        # Nobody gave these: they are the defaults of a card that is no longer among the types.
        del options["card"]
    elif "card" in types or "card" in options:
        options = {**options, "card": _shown_card(options.get("card") or {})}
    return options if "card" not in options else dict(sorted(options.items()))


def _shown_card(given: Mapping[str, Any]) -> View:
    laid = {**_CARD, **{key: given[key] for key in given.keys() - _NOT_SHOWN}}
    if laid["mandate_options"] is not None:
        laid["mandate_options"] = dict(
            sorted({**_MANDATE_NULLS, **laid["mandate_options"]}.items())
        )
    return dict(sorted(laid.items()))
