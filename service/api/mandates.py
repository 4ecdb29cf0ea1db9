"""The operation on Mandates: to look at one. They come and go with setups."""

from typing import Final

from service.api import presenting
from service.api.call import Call
from service.commands.path import Reply
from service.domain.errors import ResourceMissing
from service.wire.expand import expansion_of
from service.wire.params.mandates import MandateRetrieveParams

KIND: Final = "mandate"


async def retrieve(call: Call) -> Reply:
    given = call.params(MandateRetrieveParams)
    expansion = expansion_of(KIND, given.expand)
    name = call.named("mandate")
    body = await call.house.reader.body(call.owner, name) if name.startswith("mandate_") else None
    if body is None:
        raise ResourceMissing("mandate", name, param="mandate", absent=True)
    return await presenting.of_body(call, body, KIND, expansion)
