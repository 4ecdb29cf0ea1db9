import asyncio

import pytest

from projections.batching import Batches


class Line:
    """Answers a batch with its numbers doubled, when it is let to."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.asked = asyncio.Event()
        self.free = asyncio.Event()

    async def __call__(self, asks: list[int]) -> list[int]:
        self.batches.append(list(asks))
        self.asked.set()
        await self.free.wait()
        return [2 * ask for ask in asks]


class TestBatches:
    async def test_gathers_what_is_asked_while_one_is_in_flight(self) -> None:
        """The first turn's asks go out together, all later ones in the next batch."""
        line = Line()
        batches = Batches(line, limit=10)
        first = [batches.ask(n) for n in (1, 2)]
        await line.asked.wait()
        later = [batches.ask(n) for n in (3, 4)]
        line.free.set()
        assert await asyncio.gather(*first, *later) == [2, 4, 6, 8]
        assert line.batches == [[1, 2], [3, 4]]

    async def test_keeps_to_its_limit(self) -> None:
        """No batch is larger than the limit, and every asker gets its own reply."""
        line = Line()
        line.free.set()
        batches = Batches(line, limit=3)
        assert await asyncio.gather(*(batches.ask(n) for n in range(8))) == list(range(0, 16, 2))
        assert [len(batch) for batch in line.batches] == [3, 3, 2]

    async def test_an_asker_that_gives_up_disturbs_nobody(self) -> None:
        """The others of its batch get their replies."""
        line = Line()
        batches = Batches(line, limit=3)
        leaving, staying = (batches.ask(n) for n in (1, 2))
        await line.asked.wait()
        leaving.cancel()
        line.free.set()
        assert await staying == 4

    async def test_a_batch_that_fails_fails_its_askers_only(self) -> None:
        """What one batch raises does not reach the next."""

        async def send(asks: list[int]) -> list[int]:
            if 0 in asks:
                raise ZeroDivisionError
            return asks

        batches = Batches(send, limit=3)
        with pytest.raises(ZeroDivisionError):
            await batches.ask(0)
        assert await batches.ask(1) == 1
