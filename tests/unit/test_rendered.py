"""Bodies that several endpoints are sent: rendered once, kept within bounds, let go of at once."""

import asyncio

import pytest

from service.webhooks.rendered import Rendered


class Printer:
    """Renders *body* whenever it is asked to, once it is *allowed*, and counts how often."""

    def __init__(self, body: bytes | None = b"body") -> None:
        self.body = body
        self.allowed = asyncio.Event()
        self.begun = 0

    async def __call__(self) -> bytes | None:
        self.begun += 1
        await self.allowed.wait()
        if self.body == b"broken":
            raise ValueError(self.body)
        return self.body


@pytest.fixture
def kept() -> Rendered[str]:
    return Rendered(kept_max=3, bytes_max=10)


async def test_is_rendered_once_for_all(kept: Rendered[str]) -> None:
    """Whoever asks meanwhile waits for the same, and whoever asks later has it at once."""
    render = Printer()
    asked = [asyncio.ensure_future(kept.get("a", render)) for _ in range(3)]
    await asyncio.sleep(0)
    render.allowed.set()
    assert await asyncio.gather(*asked) == [b"body"] * 3
    assert await kept.get("a", render) == b"body"
    assert render.begun == 1


async def test_who_gives_up_disturbs_nobody(kept: Rendered[str]) -> None:
    """A delivery that is abandoned takes the body from no other."""
    render = Printer()
    first, second = (asyncio.ensure_future(kept.get("a", render)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    render.allowed.set()
    assert await second == b"body"


@pytest.mark.parametrize("body", [None, b"broken"])
async def test_what_fails_is_tried_again(kept: Rendered[str], body: bytes | None) -> None:
    """An event that is not there, or cannot be read, is looked for anew when it is asked for."""
    render = Printer(body)
    render.allowed.set()
    for _ in range(2):
        (result,) = await asyncio.gather(kept.get("a", render), return_exceptions=True)
        assert result is None or isinstance(result, ValueError)
    await asyncio.sleep(0)
    assert render.begun == 2
    assert len(kept) == 0


async def test_lets_go_of_the_oldest(kept: Rendered[str]) -> None:
    """No more are kept than there may be, by number and by size."""
    render = Printer(b"1")
    render.allowed.set()
    for name in "abcd":
        await kept.get(name, render)
    await asyncio.sleep(0)
    assert len(kept) == 3
    large = Printer(b"123456789")
    large.allowed.set()
    await kept.get("large", large)
    await asyncio.sleep(0)
    assert len(kept) == 2
    await kept.get("d", render)
    assert render.begun == 4


async def test_is_cleared_of_what_is_under_way(kept: Rendered[str]) -> None:
    """Whoever asks after it is cleared is given nothing from before."""
    before, after = Printer(b"jane"), Printer(b"-")
    asked = asyncio.ensure_future(kept.get("a", before))
    await asyncio.sleep(0)
    kept.clear()
    before.allowed.set()
    after.allowed.set()
    assert await kept.get("a", after) == b"-"
    assert await asked == b"jane"
    await asyncio.sleep(0)
    assert await kept.get("a", before) == b"-"
