"""
Which version of the API an account was spoken to in by default, at each position of the log.

A Stripe event is told for ever as it was when it happened. So whoever tells of one, however
late (a retry, `/v1/events`, a history), asks for the default at the event's position, and
never for that of now.
"""

from collections.abc import Iterable
from functools import reduce

from service.domain.events import AccountCreated, AccountUpdated
from service.domain.recorded import Recorded
from service.domain.values import Value


class DefaultVersions(Value, frozen=True):
    """The defaults of one account in their order, each with the position that it came at."""

    changes: tuple[tuple[int, str | None], ...] = ()

    def at(self, position: int) -> str | None:
        """Return the default at *position*; None where the account had named none."""
        return next((name for since, name in reversed(self.changes) if since <= position), None)

    def after(self, recorded: Recorded) -> "DefaultVersions":
        """Return the defaults with *recorded*, the next event of the account, taken in."""
        match recorded.event:
            case AccountCreated(api_version=name):
                pass
            case AccountUpdated(changed=changed) if "api_version" in changed:
                name = changed["api_version"]
            case _:
                return self
        return DefaultVersions((*self.changes, (recorded.position, name)))


def default_versions(history: Iterable[Recorded]) -> DefaultVersions:
    """Return the defaults of the account that *history* is the stream of."""
    return reduce(DefaultVersions.after, history, DefaultVersions())
