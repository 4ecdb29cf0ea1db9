"""
What happens to every call: it is named, authenticated, versioned, read, carried out, and
answered; and whatever the outcome is, it is rendered in one place.

There is no middleware. `Door.guard` wraps a handler once, when the routes are made, and the
steps stand below in the order in which they happen.
"""

import time
from collections.abc import Mapping
from functools import partial

from aiohttp import web

from service.api.answers import Answered, respond
from service.api.authentication import admit
from service.api.call import Call
from service.api.carrying import look_elsewhere
from service.api.house import House
from service.api.idempotency import InFlight, key_of_request, keyed_request, replay, shown_key
from service.api.introduction import Introduction, drop, of_form, of_headers
from service.api.lines import Lines, send
from service.api.operation import Operation
from service.api.outside import version_asked_for
from service.api.refusals import reply_to
from service.api.requests import Asked, asked_in, asks_something
from service.api.shortcut import Answer
from service.api.telling import Telling
from service.commands.path import Reply
from service.domain.errors import ResourceMissing
from service.domain.values import replace
from service.store.protocol import KeyUsed
from service.wire.versions import parse_version


class Door:
    """Lets calls in, and answers out."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._in_flight = InFlight()

    def guard(self, operation: Operation) -> Answer:
        """Return what carries *operation* out, and answers whatever happens."""
        tell = Telling(operation.name, operation.method)

        async def handle(request: web.Request, named: Mapping[str, str]) -> web.StreamResponse:
            started, at = time.perf_counter(), self._house.clock()
            at_ms = int(at * 1000)
            request_id = self._house.new_id("req", at_ms)
            answered = await self._answer(operation, request, named, request_id, at_ms)
            tell(request_id, answered.reply, at, time.perf_counter() - started)
            if isinstance(answered.reply, Lines):
                return await send(answered.reply, answered, request, request_id)
            return respond(answered, request_id, self._house.reveal, request.headers)

        return handle

    async def _answer(
        self,
        operation: Operation,
        request: web.Request,
        named: Mapping[str, str],
        request_id: str,
        at_ms: int,
    ) -> Answered:
        call: Call | None = None
        try:
            said, asked = of_headers(request.headers), None
            if said.authorization is None:
                asked = await asked_in(request, self._house.keyring)
                said = of_form(asked.tree, said)
            call = self._known(said, request, named, request_id, at_ms)
            self._admit(operation, call)
            if asked is not None or asks_something(request):
                await self._read(operation, call, asked)
            self._in_flight.hold(call)
            try:
                return await self._carry_out(operation, call)
            finally:
                self._in_flight.release(call)
        except Exception as reason:  # noqa: BLE001 (The one place where every no is rendered.)
            version = str(call.version) if call else version_asked_for(request)
            answered = reply_to(reason, version, request_id)
            return replace(answered, idempotency_key=shown_key(request))

    def _known(
        self,
        said: Introduction,
        request: web.Request,
        named: Mapping[str, str],
        request_id: str,
        at_ms: int,
    ) -> Call:
        principal = self._house.keys.authenticate(said.authorization, said.account)
        return Call(
            house=self._house,
            request=request,
            path_parts=named,
            request_id=request_id,
            said=said,
            principal=principal,
            version=principal.api_version if said.version is None else parse_version(said.version),
            at_ms=at_ms,
            names_version=said.version is not None,
        )

    def _admit(self, operation: Operation, call: Call) -> None:
        principal = call.principal
        self._house.rate_limits.take(principal.owner, call.at_ms)
        if principal.kind != "secret" or principal.expires_at is not None:
            admit(principal, operation.permission, call.at, publishable=operation.publishable)

    async def _read(self, operation: Operation, call: Call, asked: Asked | None) -> None:
        if asked is None:
            asked = await asked_in(call.request, self._house.keyring)
            if operation.publishable:
                drop(asked.tree)
        call.tree = asked.tree
        call.idempotency_key = key_of_request(call.request)
        call.keyed = keyed_request(call, asked.fingerprint)

    async def _carry_out(self, operation: Operation, call: Call) -> Answered:
        """Carry *call* out, or answer as its Idempotency-Key was answered before."""
        try:
            # A handler that decides leaves the waiting to us, and may have to decide again.
            came_to = await operation.handler(call)
            if not isinstance(came_to, Reply):
                again = partial(operation.handler, call)
                came_to = await self._house.path.see_through(came_to, again)
            reply = came_to
        except KeyUsed as used:
            return replay(call, used.answer)
        except Exception as reason:
            # Whatever this refusal says, an earlier answer under the same key comes first.
            earlier = call.keyed and await self._house.store.answer(call.keyed.digest)
            if earlier and not earlier.outlived(call.at):
                return replay(call, earlier)
            if isinstance(reason, ResourceMissing):
                await look_elsewhere(call, reason)
            raise
        return Answered(reply, str(call.version), call.idempotency_key)
