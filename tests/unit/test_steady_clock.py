"""A clock that follows another one, but not its jumps."""

from service.webhooks.clocks import Steady


class Clocks:
    """A wall clock that can be set, and one that only runs forward."""

    def __init__(self) -> None:
        self.wall, self.monotonic = 1000.0, 5.0
        self.steady = Steady(lambda: self.wall, lambda: self.monotonic)

    def pass_by(self, seconds: float) -> float:
        """Let time pass on both, and return by how much the steady one has moved."""
        before = self.steady()
        self.wall += seconds
        self.monotonic += seconds
        return self.steady() - before


def test_agrees() -> None:
    """While nobody sets the wall clock, both tell the same."""
    clocks = Clocks()
    assert clocks.pass_by(60) == 60
    assert clocks.steady() == clocks.wall


def test_set_forward() -> None:
    """Set forward, it runs twice as fast until the two agree again."""
    clocks = Clocks()
    clocks.wall += 30
    assert clocks.pass_by(0) == 0
    assert clocks.pass_by(20) == 40
    assert clocks.pass_by(20) == 30
    assert clocks.steady() == clocks.wall


def test_set_back() -> None:
    """Set back, it runs half as fast until the two agree again, and never backwards."""
    clocks = Clocks()
    clocks.wall -= 30
    assert clocks.pass_by(0) == 0
    assert clocks.pass_by(40) == 20
    assert clocks.pass_by(40) == 30
    assert clocks.steady() == clocks.wall
