"""Payment method configurations, and what they do to SetupIntents, with the official SDK."""

from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from service.domain.method_types import DEFAULT_ENABLED
from tests.e2e.client import Api
from tests.e2e.sdk import Sdk
from tests.e2e.sdk import sdk as sdk_of
from tests.e2e.server import SECRET_KEY, Server

PATH = "/v1/payment_method_configurations"


def preferring(**preferences: str) -> dict[str, Any]:
    return {
        method: {"display_preference": {"preference": preference}}
        for method, preference in preferences.items()
    }


def default_of(sdk: Sdk) -> Any:
    (default,) = [one for one in all_of(sdk) if one.is_default]
    return default


def all_of(sdk: Sdk) -> list[Any]:
    return list(sdk.v1.payment_method_configurations.list().auto_paging_iter())


@pytest.fixture
def alone(own_server: Server) -> Iterator[Sdk]:
    """The SDK on a server of the test's own, whose default configuration it may change."""
    with sdk_of(own_server.url, SECRET_KEY) as client:
        yield client


class TestDefault:
    def test_is_there_from_the_start(self, sdk: Sdk) -> None:
        """An account that never made one has its default configuration."""
        default = default_of(sdk)
        assert (default.object, default.active, default.parent, default.application) == (
            "payment_method_configuration",
            True,
            None,
            None,
        )
        assert default.card.to_dict() == {
            "available": True,
            "display_preference": {"overridable": None, "preference": "on", "value": "on"},
        }
        assert default.affirm.display_preference.value == "off"
        found = sdk.v1.payment_method_configurations.retrieve(default.id)
        assert found.to_dict() == default.to_dict()

    def test_is_what_intents_show(self, sdk: Sdk) -> None:
        """An intent names the configuration that its types come from."""
        intent = sdk.v1.setup_intents.create()
        details = intent.payment_method_configuration_details.to_dict()
        assert details == {"id": default_of(sdk).id, "parent": None}
        assert tuple(intent.payment_method_types) == DEFAULT_ENABLED

    def test_decides_what_automatic_methods_offer(self, alone: Sdk, own_server: Server) -> None:
        """What is turned off is not offered any more, and stays so after a restart."""
        configurations = alone.v1.payment_method_configurations
        default = default_of(alone).id
        before = alone.v1.setup_intents.create()
        changed = configurations.update(
            default, {"name": "Ours", **preferring(link="off", acss_debit="on", affirm="on")}
        )
        assert (changed.name, changed.is_default) == ("Ours", True)
        assert (changed.link.available, changed.affirm.available) == (False, False)
        assert changed.affirm.display_preference.value == "on"
        after = alone.v1.setup_intents.create().payment_method_types
        assert "link" not in after
        assert "acss_debit" in after
        assert "link" in alone.v1.setup_intents.retrieve(before.id).payment_method_types
        own_server.restart()
        with sdk_of(own_server.url, SECRET_KEY) as again:
            assert again.v1.setup_intents.create().payment_method_types == after
            assert [one.id for one in all_of(again)] == [default]

    def test_stays_in_use(self, sdk: Sdk) -> None:
        """The default configuration cannot be made inactive."""
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.payment_method_configurations.update(default_of(sdk).id, {"active": False})
        assert refused.value.param == "active"


class TestOthers:
    def test_are_made_and_listed(self, sdk: Sdk) -> None:
        """Newest first, the default one last; what is not said is on by itself or not."""
        configurations = sdk.v1.payment_method_configurations
        first = configurations.create({"name": "First", **preferring(card="off")})
        second = configurations.create()
        assert (first.name, first.is_default, first.active) == ("First", False, True)
        assert first.card.display_preference.to_dict() == {
            "overridable": None,
            "preference": "off",
            "value": "off",
        }
        assert first.link.display_preference.to_dict() == {
            "overridable": None,
            "preference": "none",
            "value": "on",
        }
        listed = [one.id for one in all_of(sdk)]
        assert listed[:2] == [second.id, first.id]
        assert listed[-1] == default_of(sdk).id

    def test_are_paged(self, sdk: Sdk) -> None:
        """Pages go either way, as with every list."""
        configurations = sdk.v1.payment_method_configurations
        made = [configurations.create().id for _ in range(3)]
        page = configurations.list({"limit": 2})
        assert ([one.id for one in page.data], page.has_more) == (made[:0:-1], True)
        older = configurations.list({"limit": 1, "starting_after": made[1]})
        assert [one.id for one in older.data] == [made[0]]
        newer = configurations.list({"ending_before": made[0]})
        assert [one.id for one in newer.data] == made[:0:-1]

    def test_are_filtered(self, sdk: Sdk) -> None:
        """Inactive ones, and those of an application, are listed apart."""
        configurations = sdk.v1.payment_method_configurations
        made = configurations.create({"name": "Passing"})
        configurations.update(made.id, {"active": False})
        inactive = [one.id for one in configurations.list({"active": False}).data]
        assert made.id in inactive
        assert made.id not in [one.id for one in configurations.list({"active": True}).data]
        assert configurations.list({"application": "ca_1"}).data == []
        assert configurations.list({"application": ""}).data

    def test_decide_for_the_intents_that_name_them(self, sdk: Sdk) -> None:
        """An intent takes what the configuration has on, and an update may choose another."""
        only_cards = preferring(**{name: "off" for name in DEFAULT_ENABLED if name != "card"})
        made = sdk.v1.payment_method_configurations.create(only_cards)
        form = {"payment_method_configuration": made.id}
        intent = sdk.v1.setup_intents.create(form)
        assert intent.payment_method_types == ["card"]
        assert intent.payment_method_configuration_details.id == made.id
        other = sdk.v1.setup_intents.update(sdk.v1.setup_intents.create().id, form)
        assert other.payment_method_types == ["card"]

    def test_still_decide_when_an_intent_is_filtered(self, sdk: Sdk) -> None:
        """Excluding a type leaves what the intent's own configuration has on."""
        made = sdk.v1.payment_method_configurations.create(preferring(acss_debit="on"))
        intent = sdk.v1.setup_intents.create({"payment_method_configuration": made.id})
        form = {"excluded_payment_method_types": ["klarna"]}
        types = sdk.v1.setup_intents.update(intent.id, form).payment_method_types
        assert "acss_debit" in types
        assert "klarna" not in types


class TestRefusals:
    def test_of_an_unknown_configuration(self, api: Api) -> None:
        """A configuration that is none is a 404 in a path, and a bad parameter in a form."""
        missing = "pmc_000000000000000000000000"
        told = ("invalid_request_error", "resource_missing")
        assert api.get(f"{PATH}/{missing}").refusal == (404, *told, "configuration")
        assert api.post(f"{PATH}/{missing}", {"name": "a"}).refusal == (404, *told, "configuration")
        form = {"payment_method_configuration": missing}
        param = "payment_method_configuration"
        assert api.post("/v1/setup_intents", form).refusal == (400, *told, param)
        intent = api.post("/v1/setup_intents").object["id"]
        assert api.post(f"/v1/setup_intents/{intent}", form).refusal == (400, *told, param)
        assert api.get(PATH, {"starting_after": missing}).refusal == (400, *told, "starting_after")

    def test_of_an_inactive_configuration(self, sdk: Sdk) -> None:
        """What is put out of use begins no intent, and leaves those that there are."""
        made = sdk.v1.payment_method_configurations.create()
        form = {"payment_method_configuration": made.id}
        intent = sdk.v1.setup_intents.create(form)
        sdk.v1.payment_method_configurations.update(made.id, {"active": False})
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.setup_intents.create(form)
        assert (refused.value.code, refused.value.param) == (
            "setup_intent_invalid_parameter",
            "payment_method_configuration",
        )
        filtered = {"excluded_payment_method_types": ["klarna"]}
        assert "klarna" not in sdk.v1.setup_intents.update(intent.id, filtered).payment_method_types

    @pytest.mark.parametrize(
        ("form", "code", "param"),
        [
            ({"parent": "pmc_1"}, None, "parent"),
            ({"wat": "1"}, "parameter_unknown", "wat"),
            ({"name": ""}, "parameter_invalid_empty", "name"),
            ({"card": "on"}, None, "card"),
            (preferring(card="maybe"), None, "card[display_preference][preference]"),
        ],
        ids=["parent", "unknown", "no name", "no hash", "preference"],
    )
    def test_of_a_creation(
        self, api: Api, form: dict[str, Any], code: str | None, param: str
    ) -> None:
        """What cannot be a configuration is told by its parameter."""
        assert api.post(PATH, form).refusal == (400, "invalid_request_error", code, param)

    def test_of_one_too_many(self, own_server: Server) -> None:
        """An account has a hundred of its own, and no more."""
        with Api(own_server.url, SECRET_KEY) as api:
            made = [api.post(PATH).status for _ in range(101)]
        assert made == [200] * 100 + [400]

    def test_of_a_publishable_key(self, browser: Api) -> None:
        """Configurations are nothing for a page."""
        assert browser.get(PATH).status == 403
