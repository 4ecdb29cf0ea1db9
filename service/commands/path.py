"""
THE COMMAND PATH: load, decide, append, project. Every write of the house goes along here.

A lost race starts the work again on what is in the log by then, in turn with others who have
lost one for the same stream, and a few times at the most.
What was decided is projected by the same request, so that its caller reads what it wrote;
if that fails the runner catches up, and nobody who reads is told otherwise meanwhile.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, NamedTuple

from service.commands.folds import Folds
from service.commands.loading import Loading
from service.commands.settling import Projector, Settling
from service.commands.turns import LockTimeout, Turns
from service.commands.unit import Unit
from service.domain.errors import Refused
from service.domain.values import Actor, Owner, Value
from service.store.protocol import (
    Answer,
    Commit,
    EventStore,
    StoreUnavailable,
    WrongExpectedVersion,
)

RACES_MAX: Final = 8


class Reply(Value, frozen=True):
    """An answer as it is kept: *body* is JSON whose secrets are still hidden."""

    status: int
    body: bytes


class Decided(NamedTuple):
    """A *reply*, what there is to wait for before it is given, and the streams concerned."""

    reply: Reply
    settling: asyncio.Future[None] | None = None
    streams: tuple[str, ...] = ()


class Keyed(Value, frozen=True):
    """A request's Idempotency-Key, digested, and the fingerprint of what it asked for."""

    digest: bytes
    fingerprint: bytes


class Caller(Value, frozen=True):
    """Who asks, at what instant (Unix seconds), and under which Idempotency-Key."""

    owner: Owner
    actor: Actor
    at: int
    keyed: Keyed | None = None

    def answer(self, reply: Reply) -> Answer | None:
        """Return *reply* as it is kept under the key, or None where there is no key."""
        if self.keyed is None:
            return None
        return Answer(
            digest=self.keyed.digest,
            fingerprint=self.keyed.fingerprint,
            request=self.actor.request or "",
            status=reply.status,
            body=reply.body,
            at=self.at,
        )


Work = Callable[[Unit], Awaitable[Reply]]
RefusalReply = Callable[[Refused, Unit], Awaitable[Reply]]


class CommandPath:
    """Carries commands out, one straight line each."""

    def __init__(self, store: EventStore, views: Projector, folds_max: int) -> None:
        self.store = store
        self._folds = Folds(folds_max)
        self._loading = Loading(store, self._folds)
        self._settling = Settling(store, self._folds, views)
        self._turns = Turns()

    def let_go(self, streams: Iterable[str]) -> None:
        """Keep no fold of *streams* in memory: the next command reads them anew."""
        self._folds.evict(streams)

    def unit(self, caller: Caller) -> Unit:
        """Return an empty unit of work for *caller*."""
        return Unit(self._loading, caller.owner, caller.actor)

    async def carry_out(self, caller: Caller, work: Work, refused: RefusalReply) -> Reply:
        """
        Do *work*, append what it decided with its reply, project it, and return the reply.

        *refused* turns a refusal into the reply that is kept in its place; nothing that the
        refused work decided is appended. Raise `KeyUsed` if the caller's key has an answer
        already, `LockTimeout` if every race was lost.
        """
        decided = await self.decide(caller, work, refused)
        return await self.see_through(decided, lambda: self.decide(caller, work, refused))

    async def decide(self, caller: Caller, work: Work, refused: RefusalReply) -> Decided:
        """
        Do *work* and hand over what it decided, without waiting for that: see `carry_out`.

        Whoever waits holds on to nothing but what is returned. All else that the work was
        done with goes while it is still in the processor's caches, and its memory serves
        the next request.
        """
        unit = self.unit(caller)
        try:
            reply = await work(unit)
        except Refused as refusal:
            unit.forget()
            reply = await refused(refusal, unit)
        answer = caller.answer(reply)
        if not unit.decided and answer is None:
            return Decided(reply)
        commit = Commit(unit.appends(), caller.actor, answer)
        return Decided(reply, self._settling.settle(unit, commit), tuple(unit.streams))

    async def see_through(
        self, decided: Decided, again: Callable[[], Awaitable[Reply | Decided]]
    ) -> Reply:
        """
        Return the reply once what was *decided* holds; where a race is lost, decide *again*.

        Raise as `carry_out` does.
        """
        try:
            return await self._held(decided)
        except WrongExpectedVersion as race:
            lost = race
        for _ in range(RACES_MAX - 1):
            async with self._turns.on(lost.stream):
                try:
                    came_to = await again()
                    return came_to if isinstance(came_to, Reply) else await self._held(came_to)
                except WrongExpectedVersion as race:
                    lost = race
        raise LockTimeout

    async def _held(self, decided: Decided) -> Reply:
        if decided.settling is not None:
            try:
                await decided.settling
            except (WrongExpectedVersion, StoreUnavailable):
                # Where the store does not answer it may have been written all the same. Either
                # way, the log has to be asked.
                self._folds.evict(decided.streams)
                raise
        return decided.reply
