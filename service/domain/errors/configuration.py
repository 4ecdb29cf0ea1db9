"""How a payment method configuration is refused, by itself or by a SetupIntent."""

from service.domain.errors.refused import Refused


class DefaultConfigurationNeeded(Refused):
    """The account's default configuration is what all others are left out for."""

    param = "active"

    def __init__(self, configuration: str) -> None:
        super().__init__(f"{configuration} is the default one, and cannot be made inactive.")


class ConfigurationInactive(Refused):
    """The configuration was put out of use."""

    code = "setup_intent_invalid_parameter"
    param = "payment_method_configuration"
    shows_intent = True

    def __init__(self, configuration: str) -> None:
        super().__init__(f"The payment method configuration {configuration} is not active.")
