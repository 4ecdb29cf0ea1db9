"""Whether there is something to command, for aggregates that come and go and no more."""

from enum import StrEnum


class Standing(StrEnum):
    """Where an aggregate is in its life."""

    NEW = "new"
    LIVING = "living"
    GONE = "gone"
