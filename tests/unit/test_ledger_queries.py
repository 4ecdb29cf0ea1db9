"""How the ledger's queries find what they look for, however much there is."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Final

import pytest

from service.webhooks.ledger.statements import NAMED, SCHEMA

# At a start whose clock was set back, for a figure that is told now and then, and for tests.
READ_ALL: Final = {"set_due_back", "count_open", "counts"}
# In the order of their rows, and no further than need be.
READ_A_FEW: Final = {"purge_attempts", "place_below", "alive_at"}
_LARGE: Final = re.compile(r"SCAN (deliveries|attempts|near)\b")


@pytest.fixture(scope="module")
def ledger() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        yield connection


def plan_of(ledger: sqlite3.Connection, query: str) -> list[str]:
    """Return the steps in which *query* is carried out; what it is asked for is left open."""
    text = "\n".join(line for line in query.splitlines() if not line.startswith("--"))
    names = dict.fromkeys(re.findall(r":(\w+)", text))
    numbered = {int(number) for number in re.findall(r"\?(\d+)", text)}
    asked = names or [None] * (max(numbered) if numbered else text.count("?"))
    return [row[3] for row in ledger.execute(f"EXPLAIN QUERY PLAN {text}", asked)]


@pytest.mark.parametrize("name", ["replays", "replays_to_endpoint"])
def test_lists_replays_as_they_lie(ledger: sqlite3.Connection, name: str) -> None:
    """A page of replays is read in its order, without those of others in between, nor sorted."""
    (step,) = plan_of(ledger, NAMED[name])
    assert re.match(r"SEARCH replays USING INDEX replays_(of_owner|to_endpoint) \(.*id<\?\)", step)


@pytest.mark.parametrize("name", sorted(NAMED.keys() - READ_ALL - READ_A_FEW))
def test_finds_by_an_index(ledger: sqlite3.Connection, name: str) -> None:
    """No query reads the deliveries or the attempts from one end to the other."""
    assert not [step for step in plan_of(ledger, NAMED[name]) if _LARGE.search(step)]
