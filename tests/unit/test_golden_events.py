"""
Events as they were stored once, one line for each class and each past shape.

Lines are only ever added to `tests/golden/events.jsonl`: they stand for logs that exist.
"""

from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from service.domain.announcements import ANNOUNCED_AS
from service.domain.events import Event
from service.store.codec import UPCASTERS, Codec
from service.store.protocol import Append

GOLDEN = Path(__file__).parent.parent / "golden" / "events.jsonl"


class Line(msgspec.Struct):
    topic: str
    state: msgspec.Raw


LINES = [msgspec.json.decode(line, type=Line) for line in GOLDEN.read_bytes().splitlines()]
NEWEST = {line.topic: line for line in LINES if line.topic not in UPCASTERS}


def stored_again(line: Line) -> tuple[str, bytes]:
    codec = Codec()
    recorded = codec.recorded((1, "a_stream", 1, line.topic, bytes(line.state), None))
    (row,) = codec.stored([Append("a_stream", 0, [recorded.event])], recorded.actor).rows
    return row[2], row[3]


def fields(state: bytes | msgspec.Raw) -> dict[str, Any]:
    return msgspec.json.decode(state, type=dict[str, Any])


class TestGoldenEvents:
    @pytest.mark.parametrize("line", LINES, ids=lambda line: line.topic)
    def test_are_read_for_ever(self, line: Line) -> None:
        """Whatever was stored is still read; what is newer than it may have come in beside."""
        topic, state = stored_again(line)
        assert topic in NEWEST
        if topic == line.topic:
            assert fields(line.state).items() <= fields(state).items()

    @pytest.mark.parametrize("line", NEWEST.values(), ids=lambda line: line.topic)
    def test_are_written_as_they_were(self, line: Line) -> None:
        """The newest line of each event is what would be stored today, to the byte."""
        assert stored_again(line) == (line.topic, bytes(line.state))


class TestEveryEvent:
    @pytest.mark.parametrize("event", get_args(Event))
    def test_has_a_name_and_a_golden_line(self, event: type[Event]) -> None:
        """No event can be stored whose stored form is not pinned down."""
        assert Codec().topic(event) in NEWEST

    @pytest.mark.parametrize("event", get_args(Event))
    def test_is_announced_or_explicitly_not(self, event: type[Event]) -> None:
        """An event that nobody decided about would be silence by accident."""
        assert event in ANNOUNCED_AS

    def test_is_told_apart_by_its_name(self) -> None:
        """No two classes share a topic, and no line speaks of a class that is gone."""
        assert {Codec().topic(event) for event in get_args(Event)} == set(NEWEST)
        assert len(NEWEST) == len(get_args(Event))

    def test_of_a_past_shape_has_a_golden_line(self) -> None:
        """An upcaster is proved by a line that needs it."""
        assert set(UPCASTERS) <= {line.topic for line in LINES}
