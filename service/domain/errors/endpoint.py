"""How a webhook endpoint is refused."""

from service.domain.errors.refused import Refused


class TooManySecrets(Refused):
    """As many secrets as may overlap do."""

    param = "expires_in"

    def __init__(self, endpoint: str, most: int) -> None:
        super().__init__(
            f"{endpoint} signs with {most} secrets already, which is as many as may overlap. Wait "
            "for an old one to end, or roll with expires_in=0, which ends them all at once."
        )


class EndpointNotEnabled(Refused):
    """What is disabled is told nothing, a ping neither."""

    def __init__(self, endpoint: str) -> None:
        super().__init__(f"{endpoint} is disabled, so that nothing is sent to it. Enable it first.")
