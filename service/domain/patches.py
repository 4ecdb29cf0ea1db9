"""How new values are laid over old ones."""

from collections.abc import Mapping
from typing import Final, Literal

from service.domain.errors import TooMuchMetadata
from service.domain.values import Json, JsonObject

METADATA_KEYS_MAX: Final = 50


def merged_metadata(
    old: Mapping[str, str], patch: Mapping[str, str] | Literal[""]
) -> dict[str, str]:
    """
    Return *old* metadata with *patch* merged in: `""` removes a key, or all of them.

    Raise `TooMuchMetadata` where more keys are left than an object may have.
    """
    if patch == "":
        return {}
    merged = {key: value for key, value in {**old, **patch}.items() if value != ""}
    if len(merged) > METADATA_KEYS_MAX:
        raise TooMuchMetadata(len(merged), METADATA_KEYS_MAX)
    return merged


def laid_over(old: JsonObject, new: JsonObject) -> dict[str, Json]:
    """
    Return *old* with the members of *new* in place of its own, hash by hash.

    None in place of a hash unsets each of its leaves, so that the shape stays whole.
    """
    return {**old, **{key: _member(old.get(key), value) for key, value in new.items()}}


def _member(old: Json, new: Json) -> Json:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping | None):
        return new
    return laid_over(old, dict.fromkeys(old) if new is None else new)


def differing(old: JsonObject, new: JsonObject) -> dict[str, Json]:
    """Return the members of *new* whose values *old* has not already; what is absent is None."""
    return {key: value for key, value in new.items() if old.get(key) != value}
