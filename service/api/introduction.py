"""
How a call says whose it is and which version it speaks: in headers, or among its parameters.

A header of a page's own would have its browser ask beforehand (`outside`), so Stripe.js sends
its key, its account and its version in the form. They count where no Authorization header
comes along, from anybody; beside one, what a page sends of them is dropped.

Stripe-Context came after Stripe-Account and is honoured in its place. There are no
organisations here, so it names a connected account, never a path to one.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from service.api.problems import Problem
from service.wire import bad_param
from service.wire.bad_param import shown
from service.wire.form import Branch

_KEY: Final = "key"
_ACCOUNT: Final = "_stripe_account"
_VERSION: Final = "_stripe_version"


class Introduction(NamedTuple):
    """What a call says of itself, unproven: its key, as a header has it, and the rest."""

    authorization: str | None
    account: str | None
    version: str | None


def of_headers(headers: Mapping[str, str]) -> Introduction:
    """Return what *headers* say."""
    get = headers.get
    account, context = get("Stripe-Account"), get("Stripe-Context")
    if context:
        account = _meant(context, account)
    return Introduction(get("Authorization"), account, get("Stripe-Version"))


def of_form(tree: Branch, said: Introduction) -> Introduction:
    """Return what is said in *tree*, taken out of it; what headers have *said* wins."""
    key, account, version = (_taken(tree, name) for name in (_KEY, _ACCOUNT, _VERSION))
    return Introduction(
        key and f"Bearer {key}",
        account if said.account is None else said.account,
        version if said.version is None else said.version,
    )


def drop(tree: Branch) -> None:
    """Take out of *tree* what headers have said already."""
    for name in (_KEY, _ACCOUNT, _VERSION):
        tree.pop(name, None)


def _meant(context: str, account: str | None) -> str:
    if account is None or account == context:
        return context
    raise Problem(
        400,
        f"The Stripe-Context header names '{shown(context)}' and the Stripe-Account header "
        f"'{shown(account)}'. Send one of the two.",
    )


def _taken(tree: Branch, name: str) -> str | None:
    value = tree.pop(name, None)
    if value is None or isinstance(value, str):
        return value
    raise bad_param.not_a_text(name)
