"""What waits for an instant, as Redis has it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from projections.compare import compare
from projections.documents import Document, tell
from projections.keys import deadline_member, deadlines_key
from projections.rebuild import rebuild
from projections.scripts import text_of
from projections.views import ViewsIncomplete
from projections.writing import script_arguments
from service.domain.events import SetupIntentEvent
from tests import histories as a
from tests.read_model import NOW, OWNER, House
from tests.valkey import Valkey

DUE = a.AT + 600
ASKED = (a.ATTEMPT_STARTED, replace(a.ACTION_REQUIRED, expires_at=DUE))
HISTORY = (a.INTENT_CREATED, *ASKED, a.VERIFICATION_FAILED, a.SUCCEEDED)


async def waiting(house: House, due_at: int = DUE) -> str:
    """Have a new intent wait until *due_at*."""
    name = await house.created()
    await house.happens(name, a.ATTEMPT_STARTED, replace(a.ACTION_REQUIRED, expires_at=due_at))
    return name


async def due(house: House, at: int = DUE, limit: int = 10) -> list[str]:
    return [name for _, name in await house.model.views.due(at, limit)]


class TestDue:
    async def test_is_what_has_waited_long_enough(self, house: House) -> None:
        """Not a second earlier, and the longest wait first."""
        late, early = await waiting(house), await waiting(house, DUE - 60)
        assert await due(house, DUE - 61) == []
        assert await due(house, DUE - 1) == [early]
        assert await house.model.views.due(DUE, 10) == [(OWNER, early), (OWNER, late)]
        assert await due(house, DUE, limit=1) == [early]

    @pytest.mark.parametrize("event", [a.SUCCEEDED, a.SETUP_FAILED, a.CANCELED, a.INTENT_UPDATED])
    async def test_is_not_what_waits_no_more(self, house: House, event: SetupIntentEvent) -> None:
        """Whatever ends the wait takes it off the list."""
        name = await waiting(house)
        await house.happens(name, event)
        assert await due(house) == []

    async def test_is_unknown_while_the_views_are(self, house: House) -> None:
        """What cannot be believed is nothing to go by."""
        house.model.trust.doubt()
        with pytest.raises(ViewsIncomplete):
            await due(house)


def versions() -> list[Document]:
    recorded = a.recorded(*HISTORY)
    tells = [tell(recorded[:count]) for count in range(1, len(recorded) + 1)]
    return [told.document for told in tells if told is not None]


@given(st.permutations(versions() * 2), st.integers(3, len(HISTORY)))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_newest_wins_in_any_order(valkey: Valkey, order: list[Document], newest: int) -> None:
    """However often and in whatever order versions are written, the last one's wait is kept."""
    with valkey.client() as client:
        client.flushall()
        write = client.register_script(text_of("write"))
        for document in order:
            if document.version <= newest:
                keys, arguments = script_arguments(1, [document], ())
                write(keys=keys, args=arguments)
        kept = client.zrange(deadlines_key(1), 0, -1, withscores=True)
    waits = [] if newest == len(HISTORY) else [(deadline_member(OWNER, a.SETI).encode(), DUE)]
    assert kept == waits


class TestRebuild:
    async def test_finds_what_waits(self, house: House, valkey: Valkey) -> None:
        """What is built anew waits for the same instants, and a comparison is content."""
        await house.happens(await waiting(house), a.SUCCEEDED)
        name = await waiting(house)
        built = rebuild(valkey.url, house.log, at=int(NOW))
        found = compare(valkey.url, house.log, at=int(NOW))
        with valkey.client() as client:
            kept = client.zrange(deadlines_key(built.marker.generation), 0, -1, withscores=True)
        assert kept == [(deadline_member(OWNER, name).encode(), DUE)]
        assert found.differences == []

    async def test_is_compared(self, house: House, valkey: Valkey) -> None:
        """A wait that is missing is told, and so is one that nobody knows of."""
        name, over = await waiting(house), await waiting(house)
        await house.happens(over, a.SUCCEEDED)
        generation = house.model.trust.serving or 0
        lost, made_up = deadline_member(OWNER, name), deadline_member(OWNER, over)
        with valkey.client() as client:
            client.zrem(deadlines_key(generation), lost)
            client.zadd(deadlines_key(generation), {made_up: DUE, f"{made_up}x": DUE})
        found = compare(valkey.url, house.log, at=int(NOW))
        told = " ".join(found.differences)
        assert f"does not list {lost}" in told
        assert f"lists {made_up}," in told
