"""What of the operations that there are is left out, and why. Whoever sends it is told so."""

from collections.abc import Sequence
from typing import Final

from service.domain.values import Value


class LeftOut(Value, frozen=True):
    """Parameters of the operations of one *room* that are refused by name, and *why*."""

    room: str
    names: Sequence[str]
    why: str


_SOURCES: Final = (
    "bank_account",
    "card",
    "default_alipay_account",
    "default_bank_account",
    "default_card",
    "default_source",
    "source",
    "validate",
)

LEFT_OUT: Final = (
    LeftOut("customers", _SOURCES, "Sources came before payment methods, and are not kept."),
    LeftOut("customers", ("test_clock",), "Test clocks belong to subscriptions."),
    LeftOut(
        "payment_method_configurations",
        ("apple_pay_later", "fr_meal_voucher_conecs"),
        "No configuration shows them, and nothing can be set up with them.",
    ),
    LeftOut("payment_methods", ("custom",), "Custom methods run on a processor that is not ours."),
    LeftOut(
        "tokens",
        ("account", "bank_account[payment_method]", "customer", "cvc_update", "person", "pii"),
        "A token stands for the details of a card or of a bank account here.",
    ),
)


def why_left_out(room: str, name: str) -> str | None:
    """Return why the operations of *room* refuse *name*, or what holds it; None: they do not."""
    for left_out in LEFT_OUT:
        for one in left_out.names:
            if left_out.room == room and (name == one or name.startswith(f"{one}[")):
                return left_out.why
    return None
