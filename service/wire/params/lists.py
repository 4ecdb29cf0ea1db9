"""What every list takes: where the page starts, how long it is, when its objects were made."""

from typing import Final, TypeAlias

from msgspec import UNSET

from service.wire.bad_param import BadParam
from service.wire.hashes import Hash, Maybe, Text, Timestamp

DEFAULT_LIMIT: Final = 10
MAX_LIMIT: Final = 100


class CreatedRange(Hash, frozen=True, kw_only=True):
    gt: Maybe[Timestamp] = UNSET
    gte: Maybe[Timestamp] = UNSET
    lt: Maybe[Timestamp] = UNSET
    lte: Maybe[Timestamp] = UNSET


# An exact second, or a range of them.
Created: TypeAlias = Timestamp | CreatedRange


class Expandable(Hash, frozen=True, kw_only=True):
    """What every operation takes. The paths are checked by `expand`, against the object."""

    expand: tuple[Text, ...] = ()


def page_size(limit: Maybe[int]) -> int:
    """Return how many objects a page with *limit* shows, which is bent into the range."""
    return max(1, min(DEFAULT_LIMIT if limit is UNSET else limit, MAX_LIMIT))


class ListParams(Expandable, frozen=True, kw_only=True):
    ending_before: Maybe[Text] = UNSET
    limit: Maybe[int] = UNSET
    starting_after: Maybe[Text] = UNSET

    @property
    def page_size(self) -> int:
        """How many objects to show: an absurd *limit* is bent into the range, as Stripe does."""
        return page_size(self.limit)

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        if self.ending_before is not UNSET and self.starting_after is not UNSET:
            raise BadParam(
                "starting_after and ending_before were both sent, but a page starts at one of them."
            )
