"""How personal data lies in the log: hidden, shown with its seed, and nowhere without."""

from typing import Final

import pytest

from service.domain.events import Event
from service.domain.personal import forgotten
from service.domain.values import SYSTEM, Actor
from service.hiding import DESTROYED, Hiding
from service.keyring import Keyring
from service.store.codec import Codec, PlacedRow, Stored, UnreadableEvent
from service.store.protocol import Append
from tests import histories as a

CODEC: Final = Codec(hiding=Hiding(Keyring(b"m" * 32).personal_key))
SERVER: Final = Actor(request="req_1", key="sk_test_...4242", address="198.51.100.1")
BROWSER: Final = Actor(request="req_1", key="pk_test_...4242", address="203.0.113.7")


def stored(event: Event, actor: Actor = SYSTEM) -> Stored:
    return CODEC.stored([Append(a.CUS, 1, [event])], actor)


def seed_of(stored: Stored) -> bytes:
    assert stored.beside is not None
    ((_, seed),) = stored.beside.seeds
    return seed


def placed(stored: Stored, seed: bytes | None, version: int = 2) -> PlacedRow:
    ((stream, _, topic, state),) = stored.rows
    return (7, stream, version, topic, state, seed)


class TestHiding:
    @pytest.mark.parametrize("actor", [SYSTEM, SERVER, BROWSER])
    def test_is_undone_by_the_seed(self, actor: Actor) -> None:
        """With its seed an event is read whole, by whoever asks for the actor and who does not."""
        row = stored(a.CUSTOMER_CREATED, actor)
        read = CODEC.recorded(placed(row, seed_of(row)))
        assert (read.event, read.actor) == (a.CUSTOMER_CREATED, actor)
        assert CODEC.event(placed(row, seed_of(row))).event == a.CUSTOMER_CREATED

    def test_leaves_no_word_in_the_state(self) -> None:
        """What is personal is not in the bytes that are stored; all else is."""
        ((_, _, _, state),) = stored(a.CUSTOMER_CREATED, BROWSER).rows
        assert b"jenny" not in state
        assert b"203.0.113.7" not in state
        assert b"ABCD1234" in state

    def test_is_different_each_time(self) -> None:
        """Two events that say the same do not look the same, nor share a seed."""
        first, second = stored(a.CUSTOMER_CREATED), stored(a.CUSTOMER_CREATED)
        assert first.rows != second.rows
        assert seed_of(first) != seed_of(second)

    def test_of_a_browser_hides_its_address_alone(self) -> None:
        """An event that tells of nobody may have been asked for by somebody."""
        row = stored(a.CUSTOMER_DELETED, BROWSER)
        read = CODEC.recorded(placed(row, DESTROYED))
        assert read.event == a.CUSTOMER_DELETED
        assert read.actor == Actor(request=BROWSER.request, key=BROWSER.key)

    def test_touches_nothing_else(self) -> None:
        """Where nothing is personal, nothing is hidden and nothing kept beside it."""
        row = stored(a.CUSTOMER_DELETED, SERVER)
        assert row == Codec().stored([Append(a.CUS, 1, [a.CUSTOMER_DELETED])], SERVER)
        assert CODEC.recorded(placed(row, None)).actor == SERVER


class TestForgotten:
    def test_events_read_as_what_is_left(self) -> None:
        """Once the seed is destroyed an event is read with nothing in the place of the person."""
        row = stored(a.CUSTOMER_CREATED, SERVER)
        read = CODEC.recorded(placed(row, DESTROYED))
        assert (read.event, read.actor) == (forgotten(a.CUSTOMER_CREATED), SERVER)
        assert Codec().recorded(placed(row, DESTROYED)) == read


class TestDamage:
    def test_of_the_seeds_is_told(self) -> None:
        """A seed that is missing, or another's, is not taken for one that was destroyed."""
        row = stored(a.CUSTOMER_CREATED)
        for seed in (b"", seed_of(stored(a.CUSTOMER_CREATED))):
            with pytest.raises(UnreadableEvent, match="CustomerCreated at position 7"):
                CODEC.recorded(placed(row, seed))

    def test_of_places_is_told(self) -> None:
        """What was moved to another place by hand is not shown there."""
        row = stored(a.CUSTOMER_CREATED)
        with pytest.raises(UnreadableEvent, match="CustomerCreated at position 7"):
            CODEC.event(placed(row, seed_of(row), version=3))

    def test_without_a_master_key_is_told(self) -> None:
        """Whoever reads without the key hears so, and is shown nothing that was not there."""
        row = stored(a.CUSTOMER_CREATED)
        with pytest.raises(UnreadableEvent, match="no key"):
            Codec().recorded(placed(row, seed_of(row)))


def test_clear_states_stay_readable() -> None:
    """What was stored before anything was hidden is read as it is."""
    row = Codec().stored([Append(a.CUS, 1, [a.CUSTOMER_CREATED])], BROWSER)
    read = CODEC.recorded(placed(row, None))
    assert (read.event, read.actor) == (a.CUSTOMER_CREATED, BROWSER)
