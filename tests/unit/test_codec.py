from collections.abc import Mapping
from typing import Any

import pytest

from service.domain.events import AccountCreated, CustomerDeleted, Event
from service.domain.values import SYSTEM, Actor
from service.store.codec import Codec, UnreadableEvent, Upcaster
from service.store.protocol import Append

DELETED = CustomerDeleted(customer_id="cus_1", at=7)
SOMEBODY = Actor(request="req_1", idempotency_key='{"_":', key="sk_test_...4242", address="::1")


def stored(event: Event, actor: Actor, codec: Codec | None = None) -> tuple[str, bytes]:
    (row,) = (codec or Codec()).stored([Append("cus_1", 4, [event])], actor).rows
    assert row[:2] == ("cus_1", 5)
    return row[2], row[3]


class TestStates:
    def test_are_the_events_fields(self) -> None:
        """What Seti did by itself is stored without an actor."""
        assert stored(DELETED, SYSTEM) == ("CustomerDeleted", b'{"customer_id":"cus_1","at":7}')

    def test_begin_with_the_actor(self) -> None:
        """What is not known of the actor is left out."""
        _, state = stored(DELETED, Actor(address="::1"))
        assert state == b'{"_":{"address":"::1"},"customer_id":"cus_1","at":7}'

    @pytest.mark.parametrize("actor", [SYSTEM, SOMEBODY, Actor(request="req_1")])
    def test_are_read_back(self, actor: Actor) -> None:
        """An event and its actor come back as they went in, with their place."""
        recorded = Codec().recorded((9, "cus_1", 5, *stored(DELETED, actor), None))
        assert (recorded.event, recorded.actor) == (DELETED, actor)
        assert (recorded.stream, recorded.version, recorded.position) == ("cus_1", 5, 9)

    @pytest.mark.parametrize(
        ("topic", "state"),
        [
            ("CustomerVanished", b'{"at":7}'),
            ("CustomerDeleted", b'{"customer_id":"cus_1"'),
            ("CustomerDeleted", b'{"customer_id":"cus_1"}'),
            ("CustomerDeleted", b'{"customer_id":"cus_1","at":"7"}'),
            ("CustomerDeleted", b'{"_":7,"customer_id":"cus_1","at":7}'),
            ("CustomerDeleted", b'{"customer_id":"\xff","at":7}'),
        ],
    )
    def test_that_cannot_be_read_are_named(self, topic: str, state: bytes) -> None:
        """A damaged or unknown event says where it stands."""
        with pytest.raises(UnreadableEvent, match=f"{topic} at position 9 cannot be read"):
            Codec().recorded((9, "cus_1", 5, topic, state, None))

    def test_without_a_newer_field_get_its_default(self) -> None:
        """Events stored before a field was thought of are still read."""
        state = b'{"endpoint_id":"we_1","at":7,"account":"a","livemode":true,"url":"u",'
        state += b'"enabled_events":["*"]}'
        recorded = Codec().recorded((1, "we_1", 1, "EndpointCreated", state, None))
        assert getattr(recorded.event, "metadata", None) == {}


def named(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"account_id": fields["id"], "when": fields["when"]}


def timed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"account_id": fields["account_id"], "at": fields["when"]}


class TestOldShapes:
    codec = Codec(
        {
            "AccountCreated": Upcaster("AccountCreated.2", named),
            "AccountCreated.2": Upcaster("AccountCreated.3", timed),
        }
    )
    now = AccountCreated(account_id="acct_1", at=7)

    @pytest.mark.parametrize(
        ("topic", "state"),
        [
            ("AccountCreated", b'{"_":{"request":"req_1"},"id":"acct_1","when":7}'),
            ("AccountCreated.2", b'{"_":{"request":"req_1"},"account_id":"acct_1","when":7}'),
            ("AccountCreated.3", b'{"_":{"request":"req_1"},"account_id":"acct_1","at":7}'),
        ],
    )
    def test_are_read_as_the_newest(self, topic: str, state: bytes) -> None:
        """Every past shape goes through all the upcasters after it, and keeps its actor."""
        recorded = self.codec.recorded((1, "acct_1", 1, topic, state, None))
        assert (recorded.topic, recorded.event) == ("AccountCreated.3", self.now)
        assert recorded.actor == Actor(request="req_1")

    def test_are_never_written(self) -> None:
        """An event is stored in its newest shape, under that shape's name."""
        assert stored_topic(self.codec, self.now) == "AccountCreated.3"
        assert self.codec.topic(AccountCreated) == "AccountCreated.3"

    def test_that_miss_a_field_are_named(self) -> None:
        """An old event that its upcaster cannot change says where it stands."""
        with pytest.raises(UnreadableEvent, match="AccountCreated at position 1"):
            self.codec.recorded((1, "acct_1", 1, "AccountCreated", b'{"id":"acct_1"}', None))

    def test_are_looked_for_under_all_their_names(self) -> None:
        """Whoever asks for a topic gets its past shapes too, and nobody else's."""
        spellings = self.codec.spellings(["AccountCreated.3", "CustomerDeleted"])
        assert sorted(spellings) == [
            "AccountCreated",
            "AccountCreated.2",
            "AccountCreated.3",
            "CustomerDeleted",
        ]
        assert self.codec.spellings(["CustomerDeleted"]) == ["CustomerDeleted"]


def stored_topic(codec: Codec, event: Event) -> str:
    (row,) = codec.stored([Append("acct_1", 0, [event])], SYSTEM).rows
    return row[2]
