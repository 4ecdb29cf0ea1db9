"""What the operations on deliveries, attempts and replays take."""

import re
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import UNSET, Meta

from service.wire.bad_param import BadParam, child, shown
from service.wire.hashes import Hash, Maybe, Text, Timestamp
from service.wire.params.lists import Created, Expandable, ListParams

_STATUS: Final = re.compile(r"[1-5](?:xx|[0-9]{2})", re.ASCII)

State: TypeAlias = Literal["blocked", "canceled", "delivered", "exhausted", "open", "parked"]
Outcome: TypeAlias = Literal[
    "blocked",
    "connect",
    "connect_timeout",
    "delivered",
    "dns",
    "oversized",
    "protocol",
    "redirect",
    "reset",
    "status",
    "timeout",
    "tls",
]
Which: TypeAlias = Literal["all", "failed", "never_attempted", "parked"]
ReplayStatus: TypeAlias = Literal["canceled", "completed", "paused", "running"]
Types: TypeAlias = Annotated[tuple[Text, ...], Meta(min_length=1, max_length=100)]


class DeliveryListParams(ListParams, frozen=True, kw_only=True):
    """
    Narrowed down by what is given. *outcome* and *status* are those of the last attempt; a
    status may be a class of them, `5xx`. *origin* is `live` or the id of a replay or a resend.
    """

    created: Maybe[Created] = UNSET
    endpoint: Maybe[Text] = UNSET
    event: Maybe[Text] = UNSET
    origin: Maybe[Text] = UNSET
    outcome: Maybe[Outcome] = UNSET
    state: Maybe[State] = UNSET
    status: Maybe[Text] = UNSET
    type: Maybe[Text] = UNSET

    def check(self, name: str) -> None:
        super().check(name)
        if self.status is not UNSET and not _STATUS.fullmatch(self.status):
            raise BadParam(
                f"Invalid status: {shown(self.status)}. Send one such as 503, or a class such as "
                "5xx.",
                param=child(name, "status"),
            )

    @property
    def statuses(self) -> tuple[int, int] | None:
        """The least and the most that may have been answered."""
        if self.status is UNSET:
            return None
        return int(self.status.replace("xx", "00")), int(self.status.replace("xx", "99"))


class DeliveryRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class DeliveryResendParams(Hash, frozen=True, kw_only=True):
    pass


class AttemptListParams(ListParams, frozen=True, kw_only=True):
    pass


class ReplayCreateParams(Hash, frozen=True, kw_only=True):
    """
    What happened from *since* on and before *until* (now, if left out) goes to *endpoint* again.

    *states* says what of it: what has `failed`, what was `parked` while the endpoint was
    disabled, what was `never_attempted` (parked, from before the endpoint was there, or of a
    type that it did not hear of then), or `all`. *types* are those that the endpoint hears
    of, if left out; a type may be a family, `setup_intent.*`. With *url*, it goes there,
    signed with the endpoint's secret. A *dry_run* only counts.
    """

    dry_run: bool = False
    endpoint: Text
    since: Timestamp
    states: Annotated[tuple[Which, ...], Meta(min_length=1, max_length=4)]
    types: Maybe[Types] = UNSET
    until: Maybe[Timestamp] = UNSET
    url: Maybe[Text] = UNSET


class ReplayListParams(ListParams, frozen=True, kw_only=True):
    """Narrowed down by what is given: to whom they send, and where they stand."""

    created: Maybe[Created] = UNSET
    endpoint: Maybe[Text] = UNSET
    status: Maybe[ReplayStatus] = UNSET


class ReplayRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class ReplayTurnParams(Hash, frozen=True, kw_only=True):
    pass
