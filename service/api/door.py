"""
What happens to every call: it is named, authenticated, versioned, read, carried out, and
answered; and whatever the outcome is, it is rendered in one place.

There is no middleware. `Door.guard` wraps a handler once, when the routes are made, and the
steps stand below in the order in which they happen.
"""

import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from service.api.answers import Answered, respond
from service.api.authentication import admit
from service.api.call import Call
from service.api.house import House
from service.api.idempotency import InFlight, key_of_request, keyed_request, replay, shown_key
from service.api.operation import Operation
from service.api.outside import version_asked_for
from service.api.refusals import reply_to
from service.api.requests import tree_of
from service.api.telling import Telling
from service.domain.values import replace
from service.store.protocol import KeyUsed
from service.wire.versions import parse_version


class Door:
    """Lets calls in, and answers out."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._in_flight = InFlight()

    def guard(self, operation: Operation) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Return *operation* as an aiohttp handler that answers whatever happens."""
        tell = Telling(operation.name, operation.method)

        async def handle(request: web.Request) -> web.Response:
            started = time.perf_counter()
            at_ms = int(self._house.clock() * 1000)
            request_id = self._house.new_id("req", at_ms)
            answered = await self._answer(operation, request, request_id, at_ms)
            tell(request_id, answered.reply, time.perf_counter() - started)
            return respond(answered, request_id, self._house.reveal, request.headers)

        return handle

    async def _answer(
        self, operation: Operation, request: web.Request, request_id: str, at_ms: int
    ) -> Answered:
        call: Call | None = None
        try:
            call = await self._enter(operation, request, request_id, at_ms)
            self._in_flight.hold(call)
            try:
                return await self._carry_out(operation, call)
            finally:
                self._in_flight.release(call)
        except Exception as reason:  # noqa: BLE001 (The one place where every no is rendered.)
            version = str(call.version) if call else version_asked_for(request)
            answered = reply_to(reason, version, request_id)
            return replace(answered, idempotency_key=shown_key(request))

    async def _enter(
        self, operation: Operation, request: web.Request, request_id: str, at_ms: int
    ) -> Call:
        headers = request.headers
        principal = self._house.keys.authenticate(
            headers.get("Authorization"), headers.get("Stripe-Account")
        )
        if principal.kind != "secret" or principal.expires_at is not None:
            admit(principal, operation.permission, at_ms // 1000, publishable=operation.publishable)
        version = headers.get("Stripe-Version")
        call = Call(
            house=self._house,
            request=request,
            request_id=request_id,
            principal=principal,
            version=principal.api_version if version is None else parse_version(version),
            at_ms=at_ms,
        )
        call.tree, fingerprint = await tree_of(request, self._house.keyring)
        call.idempotency_key = key_of_request(request)
        call.keyed = keyed_request(call, fingerprint)
        return call

    async def _carry_out(self, operation: Operation, call: Call) -> Answered:
        """Carry *call* out, or answer as its Idempotency-Key was answered before."""
        try:
            reply = await operation.handler(call)
        except KeyUsed as used:
            return replay(call, used.answer)
        except Exception:
            # Whatever this refusal says, an earlier answer under the same key comes first.
            earlier = call.keyed and await self._house.store.answer(call.keyed.digest)
            if earlier and not earlier.outlived(call.at):
                return replay(call, earlier)
            raise
        return Answered(reply, str(call.version), call.idempotency_key)
