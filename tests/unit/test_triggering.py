"""What a developer may choose of what leads to an event, and how a bad choice is told."""

from typing import Any

import pytest

from service.triggering.choosing import BadChoice, Choices, chosen
from service.triggering.recipes import RECIPES


def forms(type_: str, *override: str, remove: tuple[str, ...] = ()) -> list[Any]:
    """Return what is sent by each step that leads to an event of *type_*."""
    return [dict(step.form) for step in chosen(RECIPES[type_], Choices(override, remove))]


class TestOverriding:
    @pytest.mark.parametrize("type_", RECIPES)
    def test_changes_nothing_where_nothing_is_chosen(self, type_: str) -> None:
        """Every recipe is what it is, and the API would read it."""
        assert chosen(RECIPES[type_], Choices()) == list(RECIPES[type_])

    def test_goes_into_hashes_that_are_sent(self) -> None:
        """What is beside it in a hash stays; a value may hold any character."""
        (form,) = forms(
            "setup_intent.succeeded",
            "setup_intent:metadata[order]=a=1&b={x} +",
            "setup_intent:automatic_payment_methods[allow_redirects]=never",
        )
        assert form["metadata"] == {"order": "a=1&b={x} +"}
        assert form["automatic_payment_methods"] == {"enabled": "true", "allow_redirects": "never"}

    def test_takes_the_place_of_what_is_sent(self) -> None:
        """The last word on a parameter counts, and lists are collected."""
        (form,) = forms(
            "customer.tax_id.created",
            "customer:name=Ann",
            "customer:name=Bob",
            "customer:preferred_locales[]=de",
            "customer:preferred_locales[]=fr",
            "customer:tax_id_data[0][value]=DE987654321",
        )
        assert (form["name"], form["preferred_locales"]) == ("Bob", ["de", "fr"])
        assert form["tax_id_data"] == {"0": {"type": "eu_vat", "value": "DE987654321"}}

    def test_goes_to_the_last_step_that_takes_it(self) -> None:
        """Metadata of an intent that is canceled is its creation's, the reason is its end's."""
        made, canceled = forms(
            "setup_intent.canceled",
            "setup_intent:metadata[order]=1",
            "setup_intent:cancellation_reason=abandoned",
        )
        assert made["metadata"] == {"order": "1"}
        assert canceled == {"cancellation_reason": "abandoned"}

    def test_reaches_what_is_changed(self) -> None:
        """A customer that is updated is updated as chosen, and made as ever."""
        made, updated = forms("customer.updated", "customer:name=Bob")
        assert (made["name"], updated) == ("Jenny Rosen", {"name": "Bob"})


class TestRemoving:
    def test_leaves_out_what_is_sent(self) -> None:
        """A parameter is gone, and so is a hash of which nothing is left."""
        removed = ("setup_intent:return_url", "setup_intent:automatic_payment_methods[enabled]")
        (form,) = forms("setup_intent.succeeded", remove=removed)
        assert form == {"confirm": "true", "payment_method": "pm_card_visa"}

    def test_comes_before_overriding(self) -> None:
        """A hash may be replaced by removing it first."""
        (form,) = forms(
            "setup_intent.created",
            "setup_intent:payment_method_types[]=card",
            remove=("setup_intent:automatic_payment_methods",),
        )
        assert form == {"payment_method_types": ["card"]}


@pytest.mark.parametrize(
    ("override", "remove", "said"),
    [
        ("metadata[order]=1", None, "--override: expected OBJECT:NAME=VALUE"),
        ("setup_intent:metadata[order]", None, "--override: expected OBJECT:NAME=VALUE"),
        ("payment_intent:amount=5", None, "--override: expected a parameter of customer or setup"),
        ("setup_intent:wat=1", None, "not 'setup_intent:wat'."),
        ("setup_intent:metadata[order=1", None, "--override: The brackets of this"),
        ("setup_intent:description=\udcff", None, "--override: The request is not valid UTF-8."),
        ("setup_intent:usage=never", None, "setup_intent: Invalid usage"),
        ("setup_intent:card[wat]=1", None, "not 'setup_intent:card[wat]'."),
        (
            "setup_intent:mandate_data[wat]=1",
            None,
            "setup_intent: Unknown parameter: mandate_data[wat]",
        ),
        ("customer:email=nobody", None, "customer: 'email' is not an e-mail address."),
        (None, "customer:email=x", "--remove: expected OBJECT:NAME,"),
        (None, "customer:phone", "--remove: 'phone' is not among what is sent."),
        (None, "payment_method:customer", "--remove: expected a parameter of customer or setup"),
    ],
)
def test_is_refused(override: str | None, remove: str | None, said: str) -> None:
    """What is not written as it should be, or what the API would not read, is told in a line."""
    choices = Choices([override] if override else [], [remove] if remove else [])
    with pytest.raises(BadChoice) as refused:
        chosen(RECIPES["mandate.updated"], choices)
    assert said in str(refused.value)


def test_shows_no_card_number() -> None:
    """What might be a number of a card is blotted out of what is said."""
    with pytest.raises(BadChoice, match=r"^((?!4242).)*$"):
        chosen(RECIPES["setup_intent.created"], Choices(["card=4242424242424242"]))
