"""How a webhook endpoint is refused."""

from service.domain.errors.refused import Refused


class TooManySecrets(Refused):
    """As many secrets as may overlap do."""

    param = "expires_in"

    def __init__(self, endpoint: str, most: int) -> None:
        super().__init__(
            f"{endpoint} signs with {most} secrets already, which is as many as may overlap. Wait "
            "for an old one to end, or let all of them expire in 0 seconds, as this one is made."
        )


class EndpointNotEnabled(Refused):
    """What is disabled is told nothing, a ping neither."""

    def __init__(self, endpoint: str) -> None:
        super().__init__(f"{endpoint} is disabled, so that nothing is sent to it. Enable it first.")


class EndpointIsDeleted(Refused):
    """What was deleted is sent nothing, whatever was sent to it before."""

    def __init__(self, endpoint: str) -> None:
        super().__init__(f"{endpoint} is deleted, so that nothing can be sent to it.")


class ReplayUnfinished(Refused):
    """One at a time that sends, or two would send the same events; and one that only counts."""

    param = "endpoint"

    def __init__(self, endpoint: str) -> None:
        super().__init__(
            f"A replay to {endpoint} has not ended yet. Wait until it has, or cancel it, before "
            "the next one is started."
        )


class ReplayHasEnded(Refused):
    """What has ended is not paused, resumed or canceled."""

    def __init__(self, replay: str, status: str) -> None:
        super().__init__(f"{replay} is {status}, and nothing more can be done to it.")


class TooManyDeliveries(Refused):
    """What is asked for is so rare among them that looking for it would take too long."""

    def __init__(self) -> None:
        super().__init__(
            "There are too many deliveries to look through for this. Narrow them down by "
            "endpoint, by event or by when they were made, with created."
        )


class TooManyEvents(Refused):
    """Those that are asked for, by who has acknowledged them, are as rare among all."""

    def __init__(self) -> None:
        super().__init__(
            "There are too many events to look through for this. Narrow them down by type or by "
            "when they happened, with created; or leave delivery_success out, and look at "
            "pending_webhooks."
        )
