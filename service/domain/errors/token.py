"""How a token is refused that stands for something else: a card, or a whole confirmation."""

from service.domain.errors.refused import Refused


class TokenAlreadyUsed(Refused):
    """The token was good for one use, and has had it."""

    code = "token_already_used"

    def __init__(self, token: str, param: str) -> None:
        super().__init__(f"{token} was used before, and is good for one use.")
        self.param = param


class TokenExpired(Refused):
    """Nobody used the token in time. It is as good as gone."""

    code = "resource_missing"

    def __init__(self, token: str, param: str) -> None:
        super().__init__(f"{token} has expired. Make a new one.")
        self.param = param


class TokenOfAnotherType(Refused):
    """A payment method can be made of a card's token, and not of a bank account's."""

    param = "token"

    def __init__(self, token: str, type_: str) -> None:
        super().__init__(f"{token} stands for a {type_}, and a card's token is needed here.")


class UsageDiffers(Refused):
    """The customer agreed to another usage than the SetupIntent's."""

    code = "setup_intent_invalid_parameter"
    param = "confirmation_token"
    shows_intent = True

    def __init__(self, token: str, agreed: str, usage: str) -> None:
        super().__init__(
            f"{token} was made for `setup_future_usage` {agreed}, and the SetupIntent's `usage` "
            f"is {usage}. They have to agree."
        )
