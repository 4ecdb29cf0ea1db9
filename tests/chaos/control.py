"""
What a run is held against: a site of the same kind, where nobody is sick and nothing breaks.

It is called at the same pace in the same seconds, so that whatever else the machine does
slows both alike. How far the two differ before anybody is sick is noise, and is measured.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.chaos.callers import Callers, callers
from tests.chaos.faults import Trouble
from tests.chaos.latencies import Latencies, Span, latencies
from tests.chaos.site import Site, site
from tests.chaos.subscribers import Subscriber, listening, the_well

BEFORE: Final = "before anybody is sick"
_SLACK: Final = 1.2
_SLACK_MS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Party:
    """A *site*, who calls it, and the *well* who hear from it."""

    site: Site
    calling: Callers
    well: Sequence[Subscriber]

    def latencies(self, span: Span, troubles: Sequence[Trouble]) -> Latencies:
        """Return how soon the well heard of what was asked for within *span*."""
        return latencies(span, self.calling.calls, self.well, troubles)


class Measured(NamedTuple):
    """How soon the well heard in one span: of the site, and of the *control*."""

    here: Latencies
    control: Latencies

    @property
    def ratio(self) -> float:
        """How much later the slowest of the site's are than the control's."""
        return self.here.p99_ms / max(self.control.p99_ms, 1.0)


def slower(measured: Mapping[str, Measured]) -> list[str]:
    """
    Return the spans in which the slow ones were slower than the control's by more than a fifth.

    What the two differ by before is no matter, nor are a few milliseconds.
    """
    noise = max(measured[BEFORE].ratio, 1 / measured[BEFORE].ratio)
    return [
        name
        for name, (here, control) in measured.items()
        if here.p99_ms > max(control.p99_ms * _SLACK * noise, control.p99_ms + _SLACK_MS)
    ]


@asynccontextmanager
async def party(place: Path, waits: Random) -> AsyncIterator[Party]:
    """Serve in *place*, which is made, before subscribers who are well."""
    well = the_well()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(listening(well))
        here = await stack.enter_async_context(site(place))
        calling = await stack.enter_async_context(callers(lambda: here.server.url, waits))
        yield Party(here, calling, well)
