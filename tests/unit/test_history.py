"""What became of an object, event by event."""

import re
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from projections.fold import show
from projections.history import as_of, changes, entries
from service import ids
from service.domain import events as e
from service.reveal import HIDDEN, marker
from tests import histories as h

INTENT = h.recorded(h.INTENT_CREATED, h.INTENT_UPDATED, h.ATTEMPT_STARTED, h.SUCCEEDED)

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
values = st.recursive(
    scalars | st.lists(scalars, max_size=2),
    lambda below: st.dictionaries(st.sampled_from("abcd"), below, max_size=3),
    max_leaves=8,
)
views = st.dictionaries(st.sampled_from("abcd"), values, max_size=4)


def applied(view: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return *view* with each of its names *changed* as it says."""
    result: dict[str, Any] = _copied(view)
    for name, change in changed.items():
        *way, last = re.findall(r"[^\[\]]+", name)
        within = result
        for step in way:
            within = within[step]
        assert within.pop(last, "nothing") == change.get("old", "nothing")
        if "new" in change:
            within[last] = _copied(change["new"])
    return result


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(one) for key, one in value.items()}
    return value


class TestChanges:
    @given(views, views)
    def test_lead_from_the_one_to_the_other(
        self, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        """What is told is enough to go on from one view to the next, and no more."""
        assert applied(before, changes(before, after)) == after
        assert changes(after, after) == {}

    def test_are_named_as_parameters_are(self) -> None:
        """A hash is told of name by name; what is there with null is told from what is not."""
        before = {"a": {"b": 1, "c": None}, "d": None, "e": [1], "f": {}}
        after = {"a": {"b": 2, "c": 3}, "d": {"x": 1}, "e": [1, 2], "g": None}
        assert changes(before, after) == {
            "a[b]": {"old": 1, "new": 2},
            "a[c]": {"old": None, "new": 3},
            "d": {"old": None, "new": {"x": 1}},
            "e": {"old": [1], "new": [1, 2]},
            "f": {"old": {}},
            "g": {"new": None},
        }


class TestEntries:
    def test_tell_what_each_event_changed(self) -> None:
        """The first tells of everything, each other one of what it changed."""
        created, updated, started, succeeded = entries(INTENT)
        assert created.changes["status"] == {"new": "requires_payment_method"}
        assert updated.changes == {
            "description": {"old": None, "new": "A spare card"},
            "metadata[order]": {"new": "7"},
        }
        assert started.changes["latest_attempt"] == {"old": None, "new": "setatt_1"}
        assert succeeded.changes == {
            "status": {"old": "requires_payment_method", "new": "succeeded"},
        }

    def test_tell_what_was_announced(self) -> None:
        """News are told with the Stripe event that it was; the rest announced nothing."""
        assert [entry.announced for entry in entries(INTENT)] == [
            (ids.event_id(h.SETI, 1), "setup_intent.created"),
            None,
            None,
            (ids.event_id(h.SETI, 4), "setup_intent.succeeded"),
        ]

    def test_leave_secrets_out(self) -> None:
        """A client secret and the address of a page are not told, only that there was one."""
        created, _, acted = entries(
            h.recorded(h.INTENT_CREATED, h.ATTEMPT_STARTED, h.ACTION_REQUIRED)
        )
        assert created.changes["client_secret"] == {"new": HIDDEN}
        action = acted.changes["next_action"]["new"]
        assert action["redirect_to_url"]["url"] == HIDDEN

    def test_take_no_callers_word_for_a_secret(self) -> None:
        """Metadata that looks like a secret's marker is told as it is."""
        looks_so = e.SetupIntentUpdated(
            setup_intent_id=h.SETI,
            at=h.AT + 1,
            status=h.INTENT_CREATED.status,
            changed={"metadata": marker(h.SETI)},
        )
        _, updated = entries(h.recorded(h.INTENT_CREATED, looks_so))
        assert updated.changes == {"metadata[reveal]": {"new": h.SETI}}

    def test_begin_where_they_are_asked_for(self) -> None:
        """The entries of a page are those of the whole."""
        assert list(entries(INTENT, since=3)) == list(entries(INTENT))[2:]

    def test_of_an_account(self) -> None:
        """An account, which is in no view, has a history as well."""
        _, renamed = entries(h.recorded(h.ACCOUNT_CREATED, h.ACCOUNT_UPDATED))
        assert renamed.changes["business_profile[name]"] == {"old": None, "new": "Rocket"}

    def test_of_what_is_gone(self) -> None:
        """A deletion tells of everything that there was."""
        *_, gone = entries(h.recorded(h.CUSTOMER_CREATED, h.CUSTOMER_DELETED))
        assert gone.changes["email"] == {"old": "jenny@example.com"}
        assert gone.changes["deleted"] == {"new": True}


def test_is_shown_as_every_follower_shows_it() -> None:
    """What an object is as of some moment is what the fold has always come to."""
    for version in range(1, 5):
        shown = show(INTENT[:version])
        assert shown is not None
        assert as_of(INTENT[:version]) == shown.view
    assert as_of([]) is None
