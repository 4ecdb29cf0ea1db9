"""The moments that people name, and what there was at each."""

import pytest
from msgspec.structs import replace

from service.domain.moments import Instant, Moment, Position, Version, moment_of, upto
from tests import histories as h

NOW = 1_800_000_000.5


class TestReading:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("0", Instant(0)),
            ("1767225600", Instant(1_767_225_600)),
            ("1800000000", Instant(1_800_000_000)),
            ("2026-01-01T00:00:00Z", Instant(1_767_225_600)),
            ("2026-01-01t00:00:00z", Instant(1_767_225_600)),
            ("2026-01-01 00:00:00Z", Instant(1_767_225_600)),
            ("2026-01-01T00:00:00.999999999Z", Instant(1_767_225_600)),
            ("2026-01-01T01:30:00+01:30", Instant(1_767_225_600)),
            ("2025-12-31T23:00:00-01:00", Instant(1_767_225_600)),
            ("1969-12-31T23:59:59.5Z", Instant(-1)),
            ("0001-01-01T00:00:00+23:59", Instant(-62_135_683_140)),
            ("v1", Version(1)),
            ("v999999999999999999", Version(999_999_999_999_999_999)),
        ],
    )
    def test_takes(self, text: str, moment: Moment) -> None:
        """Unix seconds, a time with its offset, and a version are understood."""
        assert moment_of(text, NOW) == moment

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "now",
            "yesterday",
            "-1",
            "+1",
            "1e9",
            "1767225600.5",
            "1767225600000",
            "\u0661",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00Z",
            "20260101T000000Z",
            "2026-W01-1T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00 01:00",
            "2026-01-01T00:00:00Z ",
            "2026-01-01T00:00:00Z\n",
            "0000-01-01T00:00:00Z",
            "v",
            "v0",
            "v-1",
            "v01",
            "V7",
            "7v",
            "v1.5",
            "v9999999999999999999",
            "seti_1",
        ],
    )
    def test_refuses(self, text: str) -> None:
        """Anything else is refused with an example of each."""
        with pytest.raises(ValueError, match=r"2026-01-31T12:00:00Z.*v7"):
            moment_of(text, NOW)

    @pytest.mark.parametrize("text", ["1800000001", "2099-01-01T00:00:00Z", "999999999999"])
    def test_refuses_what_is_to_come(self, text: str) -> None:
        """Nobody can say what will have been."""
        with pytest.raises(ValueError, match="still to come"):
            moment_of(text, NOW)


class TestUpTo:
    HISTORY = h.recorded(h.INTENT_CREATED, h.INTENT_UPDATED, h.ATTEMPT_STARTED, position=10)

    @pytest.mark.parametrize(
        ("moment", "versions"),
        [
            (Instant(h.AT - 1), []),
            (Instant(h.AT), [1]),
            (Instant(h.AT + 2), [1, 2, 3]),
            (Version(2), [1, 2]),
            (Version(9), [1, 2, 3]),
            (Position(9), []),
            (Position(11), [1, 2]),
        ],
    )
    def test_takes_what_there_was(self, moment: Moment, versions: list[int]) -> None:
        """The second, the version and the position named are included."""
        assert [each.version for each in upto(moment, self.HISTORY)] == versions

    def test_ends_where_the_clock_was_ahead(self) -> None:
        """After a clock that was put back, nothing is shown that was called later."""
        early = replace(h.INTENT_UPDATED, at=h.AT - 5)
        history = h.recorded(h.INTENT_CREATED, early)
        assert upto(Instant(h.AT - 1), history) == []
        assert len(upto(Instant(h.AT), history)) == 2
