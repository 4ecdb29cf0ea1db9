"""What may be asked of a token."""

from service.domain.instrument import Instrument
from service.domain.values import JsonObject, Owner, Value, field


class Create(Value, frozen=True, kw_only=True):
    """Name an *instrument*. The fields are those of `TokenCreated`."""

    token_id: str
    at: int
    owner: Owner
    type: str
    source: str
    instrument: Instrument
    holder: JsonObject = field(default_factory=dict)
    client_ip: str | None = None


class Use(Value, frozen=True, kw_only=True):
    """Make *used_by* of it, in the same append: a payment method or a confirmation token."""

    token_id: str
    at: int
    used_by: str


Command = Create | Use
