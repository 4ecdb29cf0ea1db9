"""What the commands print."""

import json
from typing import get_args

from msgspec.structs import fields
from rich.console import Console

from service.console import changes, history_json, history_table, rfc3339, who
from service.domain.events import CustomerCreated, CustomerUpdated, Event, SetupIntentCanceled
from service.domain.recorded import Recorded
from service.domain.values import SYSTEM, Actor
from service.reports import History

AT = 1_767_225_600
CREATED = CustomerCreated(
    customer_id="cus_1",
    at=AT,
    account="acct_1",
    livemode=False,
    attributes={"name": "Ada", "email": None},
)
UPDATED = CustomerUpdated(customer_id="cus_1", at=AT + 60, changed={"name": "[bold]Ada"})
ADA = Actor(request="req_1", key="sk_test_…cdef", address="127.0.0.1")
HISTORY = History(
    id="cus_1",
    events=(
        Recorded("cus_1", 1, 7, "CustomerCreated", CREATED, SYSTEM),
        Recorded("cus_1", 2, 9, "CustomerUpdated", UPDATED, ADA),
    ),
    shown={"id": "cus_1", "name": "[bold]Ada"},
)


def _shown(history: History) -> str:
    console = Console(width=200)
    with console.capture() as capture:
        console.print(history_table(history))
    return capture.get()


class TestChanges:
    def test_leaves_out_what_says_nothing(self) -> None:
        """An event's own stream, its time and its defaults are not repeated."""
        assert changes(SetupIntentCanceled(setup_intent_id="seti_1", at=AT)) == {}

    def test_drops_the_streams_id_of_every_event(self) -> None:
        """The first field of every event there is names its stream."""
        for kind in get_args(Event):
            assert fields(kind)[0].name.endswith("_id"), kind


class TestHistoryTable:
    def test_tells_when_what_and_who(self) -> None:
        """An event is told with its time, its name, whoever asked, and what it says."""
        shown = _shown(HISTORY)
        for said in ("2026-01-01T00:00:00Z", "CustomerCreated", 'attributes={"name":"Ada"}'):
            assert said in shown
        for who_asked in ("req_1", "sk_test_…cdef", "127.0.0.1"):
            assert who_asked in shown

    def test_shows_brackets_as_they_are(self) -> None:
        """What a user wrote is never read as markup."""
        assert "[bold]Ada" in _shown(HISTORY)


class TestHistoryJson:
    def test_is_one_object(self) -> None:
        """The events and the object come as one JSON object, with places and times."""
        found = json.loads(history_json(HISTORY))
        assert found["id"] == "cus_1"
        assert [event["position"] for event in found["events"]] == [7, 9]
        assert found["events"][1]["event"]["changed"] == {"name": "[bold]Ada"}
        assert found["object"]["name"] == "[bold]Ada"


class TestWho:
    def test_names_seti_where_nobody_asked(self) -> None:
        """What Seti did by itself is its own."""
        assert who(SYSTEM) == "seti"


def test_times_are_in_utc() -> None:
    """An instant is written in UTC, to the second."""
    assert rfc3339(0) == "1970-01-01T00:00:00Z"
