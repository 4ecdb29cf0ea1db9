"""What is kept beside the log for some rows of it, and written in their transaction."""

from dataclasses import dataclass, field

from service.domain.belonging import NOTED
from service.domain.events import Event, PersonalDataForgotten


@dataclass(slots=True)
class Beside:
    """
    What is kept beside the rows of one command.

    *seeds* are those of what is hidden in the row of a number, from 0; *belongings* say of a
    stream which one it belongs to; of the streams in *forgotten* all seeds are destroyed.
    """

    seeds: list[tuple[int, bytes]] = field(default_factory=list)
    belongings: list[tuple[str, str]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    def note(self, stream: str, event: Event) -> None:
        """Take in what *event*, of *stream*, has to do with others."""
        kind = type(event)
        noted = NOTED.get(kind)
        if noted is not None:
            owner = noted(event)
            if owner is not None:
                self.belongings.append((owner, stream))
        elif kind is PersonalDataForgotten:
            self.forgotten.append(stream)

    def any(self) -> bool:
        """Say whether anything is kept."""
        return bool(self.seeds or self.belongings or self.forgotten)
