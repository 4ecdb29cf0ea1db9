"""
The ways in which a parameter can be bad. Each is a 400 of type `invalid_request_error`.

What a caller sent is shown back in a message only through `shown`, which shortens it and
blots out whatever might be the number of a card or a bank account.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

_MAX_SHOWN: Final = 100
# Long enough that a number cut off here never comes among the characters that are shown.
_MAX_LOOKED_AT: Final = 1000
_MAX_NAMES_SHOWN: Final = 20
# Enough for all types of payment methods, and not for all types of events.
_MAX_CHOICES_SHOWN: Final = 100
_MAX_CLOSE: Final = 5
# A card's number, or a bank account's of twelve digits and more, but no IPv4 address; an IBAN.
_MAYBE_AN_ACCOUNT: Final = re.compile(
    r"(?!(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d))\d(?:[ .-]?\d){11,18}"
    r"|(?<![0-9A-Za-z_])[A-Za-z]{2}\d{2}(?: ?[0-9A-Z]){11,30}"
)


class BadParam(Exception):
    """
    A request was understood as little as this.

    *code* is one of Stripe's error codes, where there is one for the case. *param* is the
    name at fault, nested names in brackets, where it is a single one.
    """

    status: Final = 400

    def __init__(self, message: str, *, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.param = param


def child(name: str, key: str) -> str:
    """Return the bracketed name of *key* inside *name* (at the top: *key* itself)."""
    return f"{name}[{key}]" if name else key


def shown(text: str) -> str:
    """
    Return *text* as it may be shown back: short, and without anything like an account's number.

    A header that is no UTF-8 comes in with surrogates, which are not text.
    """
    text = without_numbers(text[:_MAX_LOOKED_AT].encode(errors="replace").decode())
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."


def without_numbers(text: str) -> str:
    """Return *text* with whatever might be the number of a card or an account blotted out."""
    return _MAYBE_AN_ACCOUNT.sub("****", text)


def unknown(names: Sequence[str], why: Iterable[str] = ()) -> BadParam:
    """
    *names* are not parameters here. The first of them is the one that `param` tells.

    *why* tells the reasons where they are parameters of Stripe's, and left out here.
    """
    listed = ", ".join(shown(name) for name in names[:_MAX_NAMES_SHOWN])
    more = len(names) - _MAX_NAMES_SHOWN
    tail = f" and {more} more" if more > 0 else ""
    noun = "parameter" if len(names) == 1 else "parameters"
    told = f". {reasons}" if (reasons := " ".join(why)) else ""
    return BadParam(
        f"Unknown {noun}: {listed}{tail}{told}", code="parameter_unknown", param=shown(names[0])
    )


def missing(name: str) -> BadParam:
    return BadParam(f"Missing required parameter: {name}", code="parameter_missing", param=name)


def empty(name: str) -> BadParam:
    """*name* was sent without a value, which asks to unset it, and it cannot be unset."""
    return BadParam(
        f"'{name}' was sent as an empty string, which asks for it to be unset, but it cannot be. "
        "Leave it out, or give it a value.",
        code="parameter_invalid_empty",
        param=name,
    )


def not_an_integer(name: str, value: str) -> BadParam:
    return BadParam(
        f"Invalid integer: {shown(value)}", code="parameter_invalid_integer", param=name
    )


def out_of_range(name: str, value: int, least: int, most: int) -> BadParam:
    return BadParam(
        f"Invalid integer: {shown(str(value))}. '{name}' must lie between {least:,} and {most:,}.",
        code="parameter_invalid_integer",
        param=name,
    )


def not_a_boolean(name: str, value: str) -> BadParam:
    return BadParam(f"Invalid boolean: {shown(value)}. Send true or false.", param=name)


def not_a_text(name: str) -> BadParam:
    return BadParam(f"Invalid string: '{name}' takes a single value.", param=name)


def not_a_url(name: str) -> BadParam:
    return BadParam(f"'{name}' is not a valid URL.", code="url_invalid", param=name)


def not_an_email(name: str) -> BadParam:
    return BadParam(f"'{name}' is not an e-mail address.", code="email_invalid", param=name)


def not_an_account_number(name: str) -> BadParam:
    return BadParam(
        f"'{name}' is not a bank account's number: digits are missing, too many or wrong.",
        code="account_number_invalid",
        param=name,
    )


def not_a_routing_number(name: str) -> BadParam:
    return BadParam(
        f"'{name}' is not a bank's number: digits are missing, too many or wrong.",
        code="routing_number_invalid",
        param=name,
    )


def invalid_characters(name: str) -> BadParam:
    return BadParam(
        f"'{name}' has characters that are not taken there.", code="invalid_characters", param=name
    )


def not_a_list(name: str) -> BadParam:
    return BadParam(f"Invalid array: send '{name}' as {name}[0], {name}[1] and so on.", param=name)


def not_a_hash(name: str) -> BadParam:
    return BadParam(f"Invalid object: send '{name}' as {name}[key].", param=name)


def not_one_of(name: str, value: str, allowed: Iterable[str]) -> BadParam:
    """*value* is none of those *allowed*, which are told; of a great many, those close to it."""
    choices = list(allowed)
    listed = ", ".join(choices)
    if len(choices) > _MAX_CHOICES_SHOWN:
        close = get_close_matches(value[:_MAX_SHOWN], choices, n=_MAX_CLOSE)
        hint = f" Close to it: {', '.join(close)}" if close else ""
        listed = f"the {len(choices)} that there are.{hint}"
    return BadParam(
        f"Invalid {name}: '{shown(value)}' is none of {listed.rstrip('.')}.", param=name
    )


def too_long(name: str, length: int, most: int) -> BadParam:
    return BadParam(
        f"Invalid string: '{name}' may have {most} characters and has {length}.", param=name
    )


def too_short(name: str, length: int, least: int) -> BadParam:
    return BadParam(
        f"Invalid string: '{name}' needs {least} characters and has {length}.", param=name
    )


def too_many(name: str, number: int, most: int) -> BadParam:
    return BadParam(f"'{name}' may have {most} entries and has {number}.", param=name)


def exclusive(*names: str) -> BadParam:
    """At most one of *names* may be sent. The last is the one that `param` tells."""
    listed = ", ".join(f"'{name}'" for name in names[:-1])
    return BadParam(
        f"Only one of {listed} and '{names[-1]}' may be sent.",
        code="parameters_exclusive",
        param=names[-1],
    )
