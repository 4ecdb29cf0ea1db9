"""What `evolve` raises where a stream cannot be right."""

from service.domain.events import Event


class ImpossibleEvent(Exception):
    """
    An event does not follow from those before it: the log was damaged, or a decider is wrong.

    Never a refusal. It is a bug, and stops whoever reads the stream.
    """

    def __init__(self, event: Event) -> None:
        super().__init__(f"{type(event).__name__} cannot follow what came before: {event!r}")
