"""
The log with its seals as lines of JSON, and such lines verified where no database is.

The first line tells of the log: `{"seti": "export", "format": 1, "log": …, "start": …}`, where
*start* is the seal that what follows goes on from, or null. Each event is a line with its
`position`, `stream`, `version`, `topic`, `state` (the stored bytes as text, or in base64 as
`state_base64` where they are no UTF-8) and `digest` (its leaf, in hex). After the last event that
it covers comes each `{"seal": …}`. The last line, `{"end": …}`, has position, count of events and
digest of the chain there. An export begins and ends at a seal where it can, so it may hold
more than was asked for. What is hidden of customers stays hidden: it is the stored state.
"""

import base64
from collections.abc import Callable, Iterable
from typing import Any

from service.domain.values import Value
from service.store.seals.auditing import Log, rows_between
from service.store.seals.chain import Chain, RawRow, genesis, leaves_of
from service.store.seals.seal import Seal, encode


class First(Value, frozen=True):
    seti: str
    format: int
    log: str
    start: Seal | None


class Event(Value, frozen=True):
    position: int
    stream: str
    version: int
    topic: str
    digest: str
    state: str | None = None
    state_base64: str | None = None

    def row(self) -> RawRow:
        if self.state is not None:
            state = self.state.encode()
        else:
            state = base64.b64decode(self.state_base64 or "", validate=True)
        return (self.position, self.stream, self.version, self.topic, state)


class End(Value, frozen=True):
    position: int
    count: int
    digest: str


class Line(Value, frozen=True):
    seal: Seal | None = None
    end: End | None = None


def export(
    log: Log, seals: Iterable[Seal], after: int, until: int, write: Callable[[bytes], object]
) -> int:
    """Write the events past *after* up to *until*, with the seals around; return how many."""
    start, covering = _around(seals, after, until)
    write(encode(First("export", 1, log.log_id, start)) + b"\n")
    chain = Chain(genesis(log.log_id))
    if start is not None:
        chain = Chain(bytes.fromhex(start.digest), start.position, start.count)
    begun = chain.count
    for seal in covering:
        _write_events(log, chain, seal.position, write)
        write(encode({"seal": seal}) + b"\n")
    _write_events(log, chain, until, write)
    write(encode({"end": End(chain.position, chain.count, chain.digest.hex())}) + b"\n")
    return chain.count - begun


def _around(seals: Iterable[Seal], after: int, until: int) -> tuple[Seal | None, list[Seal]]:
    """Return the last seal at or before *after*, and those that cover what comes up to *until*."""
    start: Seal | None = None
    covering: list[Seal] = []
    for seal in seals:
        if seal.position <= after:
            start = seal
        elif seal.after < until:
            covering.append(seal)
    return start, covering


def _write_events(log: Log, chain: Chain, until: int, write: Callable[[bytes], object]) -> None:
    for rows in rows_between(log, chain.position, until):
        leaves = leaves_of(rows)
        chain.extend(rows, leaves)
        for row, leaf in zip(rows, leaves, strict=True):
            write(encode(_members_of(row, leaf)) + b"\n")


def _members_of(row: RawRow, leaf: bytes) -> dict[str, Any]:
    position, stream, version, topic, state = row
    event: dict[str, Any] = {
        "position": position,
        "stream": stream,
        "version": version,
        "topic": topic,
        "digest": leaf.hex(),
    }
    try:
        return event | {"state": state.decode()}
    except UnicodeDecodeError:
        return event | {"state_base64": base64.b64encode(state).decode()}
