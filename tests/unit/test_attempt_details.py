"""What an attempt shows of its payment method."""

from service.domain.attempt_details import attempt_details
from tests import builders as a


class TestAttemptDetails:
    def test_of_a_card_are_what_the_processor_saw(self) -> None:
        """A card lists its checks, the network that was used, and the authentication."""
        assert attempt_details("card", a.CARD, a.THREE_D_SECURE) == {
            "type": "card",
            "card": {
                "brand": "visa",
                "checks": a.CARD["checks"],
                "country": "US",
                "exp_month": 9,
                "exp_year": 2030,
                "fingerprint": "fingerprint",
                "funding": "credit",
                "last4": "4242",
                "network": "visa",
                "three_d_secure": a.THREE_D_SECURE,
                "wallet": None,
            },
        }

    def test_of_a_co_branded_card_name_the_preferred_network(self) -> None:
        """The customer's choice of a network is the one used."""
        networks = {"available": ["cartes_bancaires", "visa"], "preferred": "cartes_bancaires"}
        details = attempt_details("card", {**a.CARD, "networks": networks})
        assert details["card"]["network"] == "cartes_bancaires"

    def test_of_a_co_branded_card_name_the_network_that_was_asked_for(self) -> None:
        """What the intent asks for goes before the customer's choice."""
        networks = {"available": ["cartes_bancaires", "visa"], "preferred": "visa"}
        card = {**a.CARD, "networks": networks}
        details = attempt_details("card", card, options={"card": {"network": "cartes_bancaires"}})
        assert details["card"]["network"] == "cartes_bancaires"

    def test_of_a_card_name_no_network_that_it_does_not_run_on(self) -> None:
        """A card is set up on one of its own networks, whatever was asked for."""
        details = attempt_details("card", a.CARD, options={"card": {"network": "amex"}})
        assert details["card"]["network"] == "visa"
        networks = {"available": ["visa"], "preferred": "invalid_preference"}
        details = attempt_details("card", {**a.CARD, "networks": networks})
        assert details["card"]["network"] == "visa"

    def test_of_a_card_in_a_wallet_tell_the_wallet(self) -> None:
        """Where the card was taken from a wallet, the attempt says so too."""
        wallet = {"link": {}, "type": "link"}
        assert attempt_details("card", {**a.CARD, "wallet": wallet})["card"]["wallet"] == wallet

    def test_of_another_type_are_empty(self) -> None:
        """A type without members shows an empty hash."""
        assert attempt_details("link", {}) == {"type": "link", "link": {}}

    def test_of_bizum_are_its_name_alone(self) -> None:
        """Stripe's attempts have no hash of this type."""
        assert attempt_details("bizum", {"buyer_id": "x"}) == {"type": "bizum"}
