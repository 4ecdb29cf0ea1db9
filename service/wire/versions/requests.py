"""A request in an older or a newer version than ours: what it may not send, or calls otherwise."""

from typing import Final

from service.wire.bad_param import BadParam
from service.wire.form import Branch
from service.wire.hashes import Hash
from service.wire.params.setup_intents import (
    SetupIntentBrowserConfirmParams,
    SetupIntentConfirmParams,
    SetupIntentCreateParams,
    SetupIntentUpdateParams,
)
from service.wire.versions.changes import LOST, RENAMED, Renamed
from service.wire.versions.releases import Version

_LOST: Final = {(row.declared, row.param): row for row in LOST}
# Whose parameters have changed: only these are looked at.
_CHANGED: Final = frozenset(
    {
        SetupIntentBrowserConfirmParams,
        SetupIntentConfirmParams,
        SetupIntentCreateParams,
        SetupIntentUpdateParams,
        *(row.declared for row in LOST),
    }
)


def check_request(version: Version, declared: type[Hash], tree: Branch) -> None:
    """
    Hold *tree*, the parameters *declared*, against what *version* had.

    What it called otherwise is called in *tree* what it is called now. Raise `BadParam` for
    a parameter that was lost before it.
    """
    if declared not in _CHANGED:
        return
    for name in tree:
        row = _LOST.get((declared, name))
        if row is not None and version.is_since(row.release):
            raise BadParam(
                f"'{name}' is no longer taken since API version {row.release}. {row.instead}",
                code=row.code,
                param=name,
            )
    for renamed in RENAMED:
        if renamed.param[0] in tree and not version.is_since(renamed.release):
            _rename(tree, renamed)


def _rename(tree: Branch, row: Renamed) -> None:
    for name in row.param[:-1]:
        below = tree.get(name)
        if not isinstance(below, dict):
            return
        tree = below
    if tree.get(row.param[-1]) == row.was:
        tree[row.param[-1]] = row.is_now
