"""A history as it is printed."""

import json
from typing import Any, get_args

import pytest
from msgspec.structs import fields, replace

from projections.history import as_of, entries
from service import ids
from service.cli.history_lines import lines, print_json, print_lines, says, who
from service.domain.events import ApiKeyAdded, Event, SetupIntentCanceled
from service.domain.trails import Trail, Try
from service.domain.values import SYSTEM, Actor
from service.reports import History
from tests import histories as h

ADA = Actor(request="req_1", key="sk_test_…cdef", address="127.0.0.1", idempotency_key="once")
EVENT = ids.event_id(h.CUS, 1)
TRAIL = Trail(
    event_id=EVENT,
    endpoint_id=h.WE,
    origin="live",
    state="exhausted",
    attempts=(
        Try(
            number=1,
            started_at=h.AT * 1000,
            took_ms=12.3,
            kind="status",
            status=500,
            address=None,
            detail="Oops",
        ),
    ),
)


def history_of(*events: Event, **trails: list[Trail]) -> History:
    happened = h.recorded(*events, actor=ADA)
    return History(happened[0].stream, list(entries(happened)), trails, as_of(happened))


HISTORY = history_of(
    h.CUSTOMER_CREATED,
    replace(h.CUSTOMER_UPDATED, changed={"name": "[bold]Ada", "metadata": {"tier": "gold"}}),
    **{EVENT: [TRAIL]},
)


def shown(history: History) -> list[str]:
    return [line.plain for line in lines(history)]


class TestLines:
    def test_tell_when_what_and_who(self) -> None:
        """An event is told with its place, its time, its name, and whoever asked."""
        first, by, *_ = shown(HISTORY)
        assert first == "v1  2026-09-21T14:13:20Z  CustomerCreated  at position 1"
        assert by.strip() == "by sk_test_…cdef, from 127.0.0.1, req_1, under the key 'once'"

    def test_tell_what_changed(self) -> None:
        """A change is told by its name, with what was and what is; brackets stand as they are."""
        told = shown(HISTORY)
        assert "    name            null → [bold]Ada" in told
        assert "    metadata[tier]  gold" in told

    def test_leave_out_what_is_nothing(self) -> None:
        """Of a new object, what is empty is not told."""
        told = "\n".join(shown(history_of(h.CUSTOMER_CREATED)))
        assert "jenny@example.com" in told
        assert "null" not in told

    def test_tell_who_heard_of_it(self) -> None:
        """An announcement is followed by its deliveries, and these by their attempts."""
        told = shown(HISTORY)
        place = told.index(f"    announced customer.created as {EVENT}")
        assert told[place + 1] == f"        to {h.WE}: exhausted"
        assert told[place + 2].split(maxsplit=2) == [
            "attempt",
            "1",
            "2026-09-21T14:13:20Z  status 500 (Oops)  12 ms",
        ]

    def test_tell_what_is_not_shown_of_the_object(self) -> None:
        """An event that changes nothing to be seen says what it says itself."""
        added = ApiKeyAdded(
            account_id=h.ACCT,
            at=h.AT,
            digest="ab" * 32,
            kind="secret",
            livemode=False,
            masked="sk_test_…1234",
        )
        assert "    masked  sk_test_…1234" in shown(history_of(h.ACCOUNT_CREATED, added))

    def test_end_with_the_object(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The object as of then follows, in JSON."""
        print_lines(HISTORY)
        *_, last = capsys.readouterr().out.partition(f"{h.CUS} as of v2:\n")
        assert json.loads(last)["name"] == "[bold]Ada"

    def test_cut_nothing_off(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A long value is one line where it is piped."""
        long = "x" * 400
        print_lines(
            history_of(h.CUSTOMER_CREATED, replace(h.CUSTOMER_UPDATED, changed={"name": long}))
        )
        assert f"null → {long}\n" in capsys.readouterr().out


class TestJson:
    def test_is_one_object(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The entries, as the API tells them, and the object come as one JSON object."""
        print_json(HISTORY)
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert found["id"] == h.CUS
        assert [entry["position"] for entry in found["entries"]] == [1, 2]
        assert found["entries"][1]["changes"]["name"] == {"old": None, "new": "[bold]Ada"}
        assert found["entries"][0]["deliveries"][0]["attempts"][0]["status"] == 500
        assert found["object"]["name"] == "[bold]Ada"


class TestSays:
    def test_leaves_out_what_says_nothing(self) -> None:
        """An event's own stream, its time and its defaults are not repeated."""
        assert says(SetupIntentCanceled(setup_intent_id="seti_1", at=h.AT)) == {}

    def test_drops_the_streams_id_of_every_event(self) -> None:
        """The first field of every event there is names its stream."""
        for kind in get_args(Event):
            assert fields(kind)[0].name.endswith("_id"), kind


def test_seti_is_named_where_nobody_asked() -> None:
    """What Seti did by itself is its own."""
    assert who(SYSTEM) == "seti"
