"""An event with its place: what the log hands out, and what projections and audits fold."""

from service.domain.events import Event
from service.domain.values import Actor, Value


class Recorded(Value, frozen=True):
    """An event as the log holds it. *topic* is the event's stable name."""

    stream: str
    version: int
    position: int
    topic: str
    event: Event
    actor: Actor
