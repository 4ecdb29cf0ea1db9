"""What may be asked of a payment method configuration, what it leads to, and what is on."""

from projections.fold import show
from service.domain import errors
from service.domain.configured_methods import BY_DEFAULT, METHODS, enabled_types, is_available
from service.domain.method_types import DEFAULT_ENABLED, TYPES
from tests import configurations as p
from tests import histories as a
from tests.spec import given

NEW = p.created()


class TestConfiguration:
    def test_is_created_with_what_it_is_given(self) -> None:
        """Every field of the command is in the event."""
        said = {"is_default": True, "preferences": {"link": "off"}}
        given().when(p.create(**said)).then(p.created(**said))

    def test_is_created_once(self) -> None:
        """A stream begins once."""
        given(NEW).when(p.create()).then_refused(errors.ResourceExists)

    def test_is_updated_where_it_changes(self) -> None:
        """Preferences are laid over those that were there; what is the same is left out."""
        given(p.created(preferences={"link": "off"})).when(
            p.update(name="Shop", active=False, preferences={"card": "on"})
        ).then(p.updated(active=False, preferences={"link": "off", "card": "on"}))

    def test_is_not_updated_by_the_same(self) -> None:
        """What was said before leads to nothing."""
        given(NEW).when(p.update(name="Shop", active=True, preferences={})).then_nothing()

    def test_is_kept_in_use_where_it_is_the_default(self) -> None:
        """An account is never without its default configuration."""
        refused = (
            given(p.created(is_default=True))
            .when(p.update(active=False))
            .then_refused(errors.DefaultConfigurationNeeded)
        )
        assert refused.param == "active"

    def test_that_is_none_is_missing(self) -> None:
        """What was never made cannot be changed."""
        refused = given().when(p.update(name="Shop")).then_refused(errors.ResourceMissing)
        assert (refused.absent, refused.param) == (True, "configuration")


class TestMethods:
    def test_of_the_default_are_those_that_are_on_by_themselves(self) -> None:
        """Nothing said, or everything said as it is, comes to the same types."""
        assert enabled_types({}) == enabled_types(BY_DEFAULT) == DEFAULT_ENABLED

    def test_are_on_as_they_are_preferred(self) -> None:
        """A preference wins over what is on by itself; `none` leaves it."""
        preferences = {"card": "off", "link": "none", "acss_debit": "on"}
        on = enabled_types(preferences)
        assert "card" not in on
        assert {"link", "acss_debit"} <= set(on)

    def test_are_available_where_they_can_be_set_up(self) -> None:
        """What is on and cannot be set up is not available."""
        assert is_available("acss_debit", {"acss_debit": "on"})
        assert not is_available("affirm", {"affirm": "on"})
        assert not is_available("card", {"card": "off"})

    def test_are_known_for_every_type(self) -> None:
        """Whatever can be set up can be turned off."""
        assert set(TYPES) <= set(METHODS)

    def test_are_shown_as_they_were_last_preferred(self) -> None:
        """An update shows the methods that it names anew, and the others as they were."""
        shown = show(a.recorded(NEW, p.updated(preferences={"link": "off"})))
        assert shown is not None
        assert shown.view["link"]["display_preference"] == {
            "overridable": None,
            "preference": "off",
            "value": "off",
        }
        assert shown.view["card"]["display_preference"]["preference"] == "none"
        assert shown.view["card"]["available"]
