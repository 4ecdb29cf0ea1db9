"""What the operations on events take."""

from typing import Annotated

from msgspec import UNSET, Meta

from service.wire import bad_param
from service.wire.hashes import Maybe, Text
from service.wire.params.lists import Created, Expandable, ListParams


class EventRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class EventListParams(ListParams, frozen=True, kw_only=True):
    """*type* is one type, or a family (`setup_intent.*`); *types* are up to twenty types."""

    created: Maybe[Created] = UNSET
    delivery_success: Maybe[bool] = UNSET
    type: Maybe[Text] = UNSET
    types: Maybe[Annotated[tuple[Text, ...], Meta(max_length=20)]] = UNSET

    def check(self, name: str) -> None:
        super().check(name)
        if self.type is not UNSET and self.types is not UNSET:
            raise bad_param.exclusive("type", "types")
