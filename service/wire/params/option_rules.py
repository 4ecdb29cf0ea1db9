"""
What the members of payment_method_options require of each other.

Each rule is one that Stripe's reference states beside a member. Whether a date has passed is
not looked at: an option may be set long before it is used.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from msgspec import UNSET

from service.wire import bad_param
from service.wire.bad_param import BadParam, child
from service.wire.hashes import Hash

# A year at the most, in each unit.
_INTERVALS_MAX: Final[Mapping[str, int]] = {"day": 365, "month": 12, "week": 52, "year": 1}
_PREFIX: Final = re.compile(r"[A-Z0-9 /_&.-]+", re.ASCII)


def check_reference_prefix(prefix: Any, name: str, reserved: tuple[str, ...]) -> None:
    """Raise `BadParam` where a mandate's reference cannot begin with *prefix*."""
    if prefix in (UNSET, ""):
        return
    if not _PREFIX.fullmatch(prefix) or prefix.startswith(reserved):
        raise BadParam(
            f"'{name}' takes capital letters, digits, spaces and / _ - & . and must not begin "
            f"with {' or '.join(reserved)}.",
            code="invalid_mandate_reference_prefix_format",
            param=name,
        )


def check_interval(interval: str, count: Any, name: str) -> None:
    """Raise `BadParam` where a mandate's payments do not come at least once a year."""
    if interval == "sporadic":
        return
    if count is UNSET:
        raise bad_param.missing(child(name, "interval_count"))
    most = _INTERVALS_MAX[interval]
    if count > most:
        raise bad_param.out_of_range(child(name, "interval_count"), count, 1, most)


def check_order(start: Any, end: Any, name: str) -> None:
    """Raise `BadParam` where a mandate ends before it starts. *start* and *end* may be absent."""
    if start not in (UNSET, "") and end not in (UNSET, "") and end <= start:
        raise BadParam(
            f"'{child(name, 'end_date')}' has to come after '{child(name, 'start_date')}'.",
            param=child(name, "end_date"),
        )


def check_date(given: Any, name: str) -> None:
    """Raise `BadParam` where *given*, which may be absent or empty, is not a day."""
    if given not in (UNSET, "") and not _is_day(given):
        raise BadParam(f"'{name}' is not a day, written as YYYY-MM-DD.", param=name)


def check_dates(given: Hash, name: str) -> None:
    """Raise `BadParam` where `start_date` and `end_date` are not two days in their order."""
    for key in ("start_date", "end_date"):
        check_date(getattr(given, key), child(name, key))
    start, end = (getattr(given, key) for key in ("start_date", "end_date"))
    check_order(start, end, name)


def check_amount(given: Hash, name: str) -> None:
    """Raise `BadParam` where the amount is to be fixed and there is none."""
    amount: Any = getattr(given, "amount", UNSET)
    if getattr(given, "amount_type", UNSET) == "fixed" and amount in (UNSET, ""):
        raise bad_param.missing(child(name, "amount"))


def check_described(schedule: Any, description: Any, name: str, needing: Collection[str]) -> None:
    """Raise `BadParam` where a payment *schedule* needs a description and has none."""
    if schedule in needing and description is UNSET:
        raise bad_param.missing(child(name, "interval_description"))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
