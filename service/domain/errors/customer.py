"""How a command on a Customer is refused."""

from service.domain.errors.refused import Refused


class TaxLocationUnknown(Refused):
    """It was asked for that the addresses tell where the customer is taxed, and they do not."""

    code = "customer_tax_location_invalid"

    def __init__(self) -> None:
        super().__init__(
            "The customer's addresses do not tell where the customer is taxed: there has to be a "
            "country, and in the United States and Canada a postal code. To have this checked "
            "later, do not send `tax[validate_location]=immediately`."
        )
