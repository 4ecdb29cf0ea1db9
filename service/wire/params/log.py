"""What the stream of the log takes."""

from typing import Annotated

from msgspec import Meta

from service.wire.hashes import Hash


class LogParams(Hash, frozen=True, kw_only=True):
    """*after* is the position of the last entry that the caller has: those after it are told."""

    after: Annotated[int, Meta(ge=0)] = 0
