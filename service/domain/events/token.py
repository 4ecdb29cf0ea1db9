"""What has happened to a token. Of the number that it stands for nothing is in here."""

from service.domain.events.forgetting import PersonalDataForgotten
from service.domain.instrument import Instrument
from service.domain.values import JsonObject, Value, field


class TokenCreated(Value, frozen=True, kw_only=True):
    """
    An instrument was given a name, under which it may be used once.

    *type* is `card` or `bank_account`, *source* the id of what the token stands for. *holder*
    is what was said of its holder, by the names under which the token shows it.
    """

    token_id: str
    at: int
    account: str
    livemode: bool
    type: str
    source: str
    instrument: Instrument
    holder: JsonObject = field(default_factory=dict)
    client_ip: str | None = None


class TokenUsed(Value, frozen=True, kw_only=True):
    """
    The token is good for nothing any more.

    *used_by* is the payment method that was made of it, or the confirmation token that one
    will be made of.
    """

    token_id: str
    at: int
    used_by: str


TokenEvent = TokenCreated | TokenUsed | PersonalDataForgotten
