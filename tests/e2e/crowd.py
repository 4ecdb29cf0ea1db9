"""Callers that go on until they are told to stop, and what befell them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

JOIN_S: Final = 30.0
STEPS_S: Final = 20.0

Step = Callable[[], bool]


class Crowd:
    """
    Runs each of *callers* on a thread of its own, again and again.

    A caller does one thing each time it is called, and says whether it goes on.
    """

    def __init__(self, callers: list[Step]) -> None:
        self._changed = threading.Condition()
        self._steps = 0
        self._stopping = False
        self.failures: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(one,)) for one in callers]
        for thread in self._threads:
            thread.start()

    def _run(self, step: Step) -> None:
        goes_on = True
        while goes_on and not self._stopping:
            try:
                goes_on = step()
            except BaseException as failure:  # noqa: BLE001 - told by `stop`, on the test's thread
                self.failures.append(failure)
                goes_on = False
            with self._changed:
                self._steps += 1
                self._changed.notify_all()

    def has_done(self, steps: int) -> None:
        """Return once *steps* more were done, or a caller has failed."""
        with self._changed:
            wanted = self._steps + steps
            held = self._changed.wait_for(lambda: self._steps >= wanted or self.failures, STEPS_S)
        assert held, f"{self._steps} steps of {wanted}"

    def stop(self) -> None:
        """Let every caller end what it does, and raise what one of them has found wrong."""
        self._stopping = True
        self.join()
        if self.failures:
            raise self.failures[0]

    def join(self) -> None:
        """Return once every caller has stopped by itself, or has been told to."""
        for thread in self._threads:
            thread.join(JOIN_S)
            assert not thread.is_alive()


@contextmanager
def crowd(callers: list[Step]) -> Iterator[Crowd]:
    """Let *callers* run while the block does, and assert that none of them fails."""
    running = Crowd(callers)
    try:
        yield running
    finally:
        running.stop()
