"""What the streams of the log and of events take."""

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta

from service.wire.hashes import Hash, Maybe, Text
from service.wire.params.lists import Created

Position: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Texts: TypeAlias = Annotated[tuple[Text, ...], Meta(min_length=1, max_length=100)]


class LogParams(Hash, frozen=True, kw_only=True):
    """
    Entries after the position *after* are told, up to *until*; all there are by default.

    *created*, *object* (the id of one) and *topics* narrow them down. With *follow*, what is
    appended later is told as it comes.
    """

    after: Position = 0
    created: Maybe[Created] = UNSET
    follow: bool = False
    object: Maybe[Text] = UNSET
    topics: Maybe[Texts] = UNSET
    until: Maybe[Position] = UNSET


class EventStreamParams(Hash, frozen=True, kw_only=True):
    """
    Events are told from now on, or after the position *after*; of all *types* by default.

    A type may be a family, `setup_intent.*`. *api_version* is the version that they are told
    in, where it is not to be the account's.
    """

    after: Maybe[Position] = UNSET
    api_version: Maybe[Text] = UNSET
    types: Maybe[Texts] = UNSET


class ListenerCreateParams(Hash, frozen=True, kw_only=True):
    pass
