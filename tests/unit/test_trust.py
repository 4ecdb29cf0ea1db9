from projections.indexes import SETUP_INTENTS
from projections.keys import (
    Marker,
    index_key,
    is_list,
    is_view,
    owner_read,
    owner_written,
    owners_key,
    view_key,
)
from projections.trust import Trust
from projections.views import Cut
from service.domain.values import Owner

OWNER = Owner("acct_1", livemode=True)

MARKER = Marker(3, "log", 17).written()
LATER = Marker(4, "log", 17).written()
EARLIER = Marker(2, "log", 17).written()
OTHER = Marker(3, "other", 17).written()
OLDER_LAYOUT = b"3 log 17 1"


def trusted() -> Trust:
    """Return the trust of a process that serves generation 3."""
    trust = Trust("log")
    trust.serving, trust.writing = 3, (3,)
    assert trust.confirm(trust.recover())
    trust.alarm.clear()
    return trust


class TestTrust:
    def test_begins_with_a_doubt(self) -> None:
        """Nothing is believed before it was verified."""
        assert not Trust("log").trusted

    def test_is_not_confirmed_after_another_doubt(self) -> None:
        """A loss during the recovery makes it begin again."""
        trust = Trust("log")
        doubts = trust.recover()
        trust.doubt()
        assert not trust.confirm(doubts)
        assert trust.alarm.is_set()

    def test_believes_its_marker(self) -> None:
        """An answer is believed with the marker of its generation and log."""
        assert trusted().believes(MARKER, 3)

    def test_doubts_without_its_marker(self) -> None:
        """A missing, foreign, older or broken marker makes everything doubtful."""
        for raw in (None, OTHER, EARLIER, OLDER_LAYOUT, b"3 log", b"x log 1 2", b"\xff"):
            trust = trusted()
            assert not trust.believes(raw, 3)
            assert not trust.trusted

    def test_goes_on_beside_a_later_generation(self) -> None:
        """Where somebody built another one, the old serves on and the runner hears of it."""
        trust = trusted()
        assert trust.believes(LATER, 3)
        assert trust.alarm.is_set()

    def test_does_not_believe_what_was_asked_of_another_generation(self) -> None:
        """An answer from a generation that is no longer read is a miss, not a doubt."""
        trust = trusted()
        assert not trust.believes(MARKER, 2)
        assert trust.trusted


class TestKeys:
    def test_a_marker_reads_as_it_was_written(self) -> None:
        """A marker survives Redis."""
        marker = Marker(7, "log", 12)
        assert Marker.read(marker.written()) == marker

    def test_tells_views_from_lists(self) -> None:
        """Every key says what lies there."""
        view, listed = view_key(1, OWNER, "seti_1"), index_key(1, OWNER, SETUP_INTENTS)
        assert [is_view(key) for key in (view, listed, owners_key(1))] == [True, False, False]
        assert [is_list(key) for key in (view, listed, owners_key(1))] == [False, True, False]

    def test_an_owner_reads_as_it_was_written(self) -> None:
        """An owner survives Redis, in both modes."""
        for livemode in (True, False):
            owner = Owner("acct_1", livemode=livemode)
            assert owner_read(owner_written(owner)) == owner


class TestCut:
    def test_walks_back_from_the_newest(self) -> None:
        """Without a cursor a page begins at the newest."""
        assert Cut(limit=3).stretch(SETUP_INTENTS) == ("+", "-", "1", 3)

    def test_begins_behind_its_cursor(self) -> None:
        """After a cursor comes what is older; before it what is newer, nearest first."""
        assert Cut(limit=3, after="seti_5").stretch(SETUP_INTENTS) == ("(seti_5", "-", "1", 3)
        assert Cut(limit=3, before="seti_5").stretch(SETUP_INTENTS) == ("(seti_5", "+", "0", 3)

    def test_takes_the_narrower_of_cursor_and_bound(self) -> None:
        """A cursor outside the bounds does not widen them."""
        low, high = SETUP_INTENTS.bound(10), SETUP_INTENTS.bound(20)
        beyond, below = SETUP_INTENTS.bound(30), SETUP_INTENTS.bound(5)
        between = Cut(limit=1, since=10, until=20, after=beyond)
        assert between.stretch(SETUP_INTENTS) == (f"({high}", f"[{low}", "1", 1)
        between = Cut(limit=1, since=10, until=20, before=below)
        assert between.stretch(SETUP_INTENTS) == (f"[{low}", f"({high}", "0", 1)
