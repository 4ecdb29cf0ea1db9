from typing import get_args

import msgspec
from msgspec.structs import replace

from projections.setup_attempt import attempts
from projections.setup_intent import changes, view
from service.domain.events import PersonalDataForgotten, SetupIntentEvent
from service.domain.values import Status
from tests import histories as a

IN_ORDER = [
    "allowed_payment_method_types",
    "application",
    "automatic_payment_methods",
    "cancellation_reason",
    "client_secret",
    "created",
    "customer",
    "customer_account",
    "description",
    "excluded_payment_method_types",
    "flow_directions",
    "last_setup_error",
    "latest_attempt",
    "livemode",
    "managed_payments",
    "mandate",
    "metadata",
    "next_action",
    "on_behalf_of",
    "payment_method",
    "payment_method_configuration_details",
    "payment_method_options",
    "payment_method_types",
    "single_use_mandate",
    "status",
    "usage",
]
EVERY = (
    a.INTENT_CREATED,
    a.INTENT_UPDATED,
    a.ATTEMPT_STARTED,
    a.MANDATE_MADE,
    a.ACTION_REQUIRED,
    a.VERIFICATION_FAILED,
    a.PROCESSING,
    a.SUCCEEDED,
    a.SETUP_FAILED,
    a.CANCELED,
)
CARD_DEFAULT = {
    "mandate_options": None,
    "network": None,
    "request_three_d_secure": "automatic",
}


class TestView:
    def test_every_event_sets_fields(self) -> None:
        """Every event of a SetupIntent has a case."""
        assert {type(event) for event in EVERY} == set(get_args(SetupIntentEvent)) - {
            PersonalDataForgotten
        }
        assert all(changes(event) for event in EVERY)

    def test_shows_every_key_in_order(self) -> None:
        """A fresh intent shows its name, then every key by name, nulls included."""
        assert list(view([a.INTENT_CREATED])) == ["id", "object", *IN_ORDER]

    def test_keeps_its_order_through_every_event(self) -> None:
        """Whatever happens, the keys stay where they are."""
        assert list(view(EVERY)) == ["id", "object", *IN_ORDER]

    def test_is_sealed(self) -> None:
        """Neither the client secret nor a page's address is in a view."""
        shown = view([a.INTENT_CREATED, a.ATTEMPT_STARTED, a.ACTION_REQUIRED])
        assert shown["client_secret"] == {"reveal": shown["id"]}
        assert shown["next_action"] == {
            "redirect_to_url": {
                "return_url": "https://shop.example/back",
                "url": {"reveal": shown["latest_attempt"]},
            },
            "type": "redirect_to_url",
        }

    def test_shows_a_card_that_waits_for_the_sdk(self) -> None:
        """Where the SDK is to authenticate, the next action names the attempt."""
        action = replace(a.ACTION_REQUIRED, action="use_stripe_sdk", return_url=None)
        shown = view([a.INTENT_CREATED, a.ATTEMPT_STARTED, action])
        assert shown["next_action"]["type"] == "use_stripe_sdk"
        assert shown["next_action"]["use_stripe_sdk"]["source"] == "setatt_1"
        assert shown["next_action"]["use_stripe_sdk"]["stripe_js"] == {
            "reveal": shown["latest_attempt"]
        }

    def test_shows_a_decline(self) -> None:
        """A decline resets the intent and leaves its reason, without nulls."""
        shown = view([a.INTENT_CREATED, a.ATTEMPT_STARTED, a.SETUP_FAILED])
        assert shown["status"] == "requires_payment_method"
        assert shown["payment_method"] is None
        assert shown["latest_attempt"] == "setatt_1"
        assert list(shown["last_setup_error"]) == ["code", "message", "payment_method", "type"]
        assert shown["last_setup_error"]["payment_method"]["customer"] is None

    def test_forgets_a_decline(self) -> None:
        """The next confirmation that is not declined clears the error."""
        declined: list[SetupIntentEvent] = [
            a.INTENT_CREATED,
            a.ATTEMPT_STARTED,
            a.SETUP_FAILED,
            a.ATTEMPT_STARTED,
        ]
        assert view([*declined, a.SUCCEEDED])["last_setup_error"] is None
        assert view([*declined, a.ACTION_REQUIRED])["last_setup_error"] is None

    def test_keeps_the_payment_method_of_a_canceled_intent(self) -> None:
        """Canceling clears the next action and nothing else."""
        shown = view([a.INTENT_CREATED, a.ATTEMPT_STARTED, a.ACTION_REQUIRED, a.CANCELED])
        assert (shown["status"], shown["cancellation_reason"]) == ("canceled", "abandoned")
        assert shown["payment_method"] == a.PM
        assert shown["next_action"] is None

    def test_shows_attach_to_self_only_once_it_is_set(self) -> None:
        """The key appears in its place when it is set and goes when it is unset."""
        set_ = replace(a.INTENT_UPDATED, changed={"attach_to_self": True})
        unset = replace(a.INTENT_UPDATED, changed={"attach_to_self": None})
        shown = view([a.INTENT_CREATED, set_])
        assert list(shown)[4] == "attach_to_self"
        assert shown == view([replace(a.INTENT_CREATED, attach_to_self=True)]) | {
            "status": "requires_payment_method"
        }
        assert list(view([a.INTENT_CREATED, set_, unset])) == ["id", "object", *IN_ORDER]
        assert "attach_to_self" not in view([a.INTENT_CREATED, unset])

    def test_shows_the_configuration(self) -> None:
        """A configuration is shown with its parent, and changes with an update."""
        created = replace(a.INTENT_CREATED, payment_method_configuration="pmc_1")
        assert view([created])["payment_method_configuration_details"] == {
            "id": "pmc_1",
            "parent": None,
        }
        changed = replace(a.INTENT_UPDATED, changed={"payment_method_configuration": None})
        assert view([created, changed])["payment_method_configuration_details"] is None

    def test_an_update_out_of_authentication_ends_the_next_action(self) -> None:
        """A next action is shown while it is waited for, and no longer."""
        waiting: list[SetupIntentEvent] = [a.INTENT_CREATED, a.ATTEMPT_STARTED, a.ACTION_REQUIRED]
        still = replace(a.INTENT_UPDATED, status=Status.REQUIRES_ACTION)
        assert view([*waiting, still])["next_action"] is not None
        assert view([*waiting, a.INTENT_UPDATED])["next_action"] is None

    def test_does_not_change_what_was_shown_before(self) -> None:
        """A later fold leaves an earlier view as it was."""
        before = view([a.INTENT_CREATED])
        copied = msgspec.json.encode(before)
        view([a.INTENT_CREATED, a.ATTEMPT_STARTED, a.SETUP_FAILED])
        assert msgspec.json.encode(before) == copied


class TestAttempts:
    def test_there_are_none_before_a_confirmation(self) -> None:
        """An intent that nobody confirmed has no attempts."""
        assert attempts([a.INTENT_CREATED, a.INTENT_UPDATED]) == []

    def test_shows_every_key_in_order(self) -> None:
        """An attempt shows the intent as it was, and its own outcome."""
        (attempt,) = attempts([a.INTENT_CREATED, a.ATTEMPT_STARTED, a.SUCCEEDED])
        assert list(attempt)[:3] == ["id", "object", "application"]
        assert list(attempt)[2:] == sorted(list(attempt)[2:])
        assert attempt["setup_intent"] == a.SETI
        assert attempt["payment_method_details"] == a.DETAILS
        assert (attempt["status"], attempt["setup_error"]) == ("succeeded", None)

    def test_goes_on_processing_while_its_intent_is_described(self) -> None:
        """A description that changes meanwhile ends no attempt."""
        described = replace(a.INTENT_UPDATED, status=Status.PROCESSING)
        (shown,) = attempts([a.INTENT_CREATED, a.ATTEMPT_STARTED, a.PROCESSING, described])
        assert shown["status"] == "processing"

    def test_shows_why_it_failed(self) -> None:
        """A declined attempt keeps its error, whatever comes after it."""
        again = replace(a.ATTEMPT_STARTED, attempt="setatt_2", number=2)
        first, second = attempts(
            [a.INTENT_CREATED, a.ATTEMPT_STARTED, a.SETUP_FAILED, again, a.SUCCEEDED]
        )
        assert (first["status"], first["setup_error"]["code"]) == ("failed", "card_declined")
        assert (second["id"], second["status"]) == ("setatt_2", "succeeded")

    def test_is_abandoned_while_it_waits(self) -> None:
        """Canceling, confirming again or changing the method gives a waiting attempt up."""
        waiting: list[SetupIntentEvent] = [a.INTENT_CREATED, a.ATTEMPT_STARTED, a.ACTION_REQUIRED]
        for event in (a.CANCELED, a.ATTEMPT_STARTED, a.INTENT_UPDATED):
            assert attempts([*waiting, event])[0]["status"] == "abandoned"
        still = replace(a.INTENT_UPDATED, status=Status.REQUIRES_ACTION)
        assert attempts([*waiting, still])[0]["status"] == "requires_action"

    def test_is_processing_until_its_outcome_is_known(self) -> None:
        """An attempt without an outcome is processing."""
        assert attempts([a.INTENT_CREATED, a.ATTEMPT_STARTED])[0]["status"] == "processing"

    def test_a_finished_attempt_is_not_abandoned(self) -> None:
        """An attempt that has failed stays failed when the intent is canceled."""
        history: list[SetupIntentEvent] = [
            a.INTENT_CREATED,
            a.ATTEMPT_STARTED,
            a.SETUP_FAILED,
            a.CANCELED,
        ]
        assert attempts(history)[0]["status"] == "failed"

    def test_is_frozen(self) -> None:
        """A later change of the intent does not reach an earlier attempt."""
        changed = replace(a.INTENT_UPDATED, changed={"attach_to_self": True})
        history: list[SetupIntentEvent] = [
            a.INTENT_CREATED,
            a.ATTEMPT_STARTED,
            a.SETUP_FAILED,
            changed,
            a.ATTEMPT_STARTED,
        ]
        first, second = attempts(history)
        assert "attach_to_self" not in first
        assert second["attach_to_self"] is True
