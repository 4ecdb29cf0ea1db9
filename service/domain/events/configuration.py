"""What has happened to a payment method configuration."""

from collections.abc import Mapping

from service.domain.values import JsonObject, Value, field


class ConfigurationCreated(Value, frozen=True, kw_only=True):
    """
    Somebody says which payment methods are on.

    *preferences* maps methods to `on`, `off` or `none`; those that are missing are `none`.
    The default one of an account is there without this event, until it is changed.
    """

    configuration_id: str
    at: int
    account: str
    livemode: bool
    name: str
    is_default: bool = False
    preferences: Mapping[str, str] = field(default_factory=dict)


class ConfigurationUpdated(Value, frozen=True, kw_only=True):
    """
    Some attributes got new values.

    *changed* maps `name`, `active` or `preferences` to the whole new value; preferences are
    already merged.
    """

    configuration_id: str
    at: int
    changed: JsonObject


ConfigurationEvent = ConfigurationCreated | ConfigurationUpdated
