"""What may be asked of a payment method configuration."""

from collections.abc import Mapping

from service.domain.values import JsonObject, Owner, Value, field


class Create(Value, frozen=True, kw_only=True):
    """Begin. *preferences* maps methods to `on`, `off` or `none`."""

    configuration_id: str
    at: int
    owner: Owner
    name: str
    is_default: bool = False
    preferences: Mapping[str, str] = field(default_factory=dict)


class Update(Value, frozen=True, kw_only=True):
    """
    Change attributes.

    *changes* may hold `name`, `active` (whole), and `preferences` of some methods, which are
    laid over the others.
    """

    configuration_id: str
    at: int
    changes: JsonObject


Command = Create | Update
