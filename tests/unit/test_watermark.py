from hypothesis import given
from hypothesis import strategies as st

from projections.watermark import Watermark


class TestWatermark:
    @given(st.permutations(range(1, 9)))
    def test_rises_over_what_is_done_in_any_order(self, order: list[int]) -> None:
        """However requests finish, the watermark stands before the first hole."""
        watermark, finished = Watermark(), set[int]()
        for position in order:
            watermark.done(range(position, position + 1))
            finished.add(position)
            hole = next(p for p in range(1, 10) if p not in finished)
            assert watermark.at == hole - 1

    def test_rises_over_stretches_that_overlap(self) -> None:
        """What is projected twice is done once."""
        watermark = Watermark(4)
        watermark.done(range(8, 12))
        watermark.done(range(5, 10))
        assert watermark.at == 11
        watermark.done(range(3, 6))
        assert watermark.at == 11

    def test_falls_back(self) -> None:
        """What was done past the point fallen back to is forgotten."""
        watermark = Watermark()
        watermark.done(range(1, 5))
        watermark.done(range(6, 9))
        watermark.fall_back(2)
        watermark.done(range(3, 6))
        assert watermark.at == 5

    def test_nothing_is_done_by_nothing(self) -> None:
        """A write without events moves nothing."""
        watermark = Watermark(3)
        watermark.done(range(0))
        assert watermark.at == 3
