"""Who listens while developing: nobody is kept, only told what to sign with."""

from typing import Final

from service.api.answers import json_reply
from service.api.call import Call
from service.commands.path import Reply
from service.wire.params.log import ListenerCreateParams

KIND: Final = "listener"


async def create(call: Call) -> Reply:
    """
    Create a listener, which may forward the event stream as webhooks would tell of it.

    Nothing is kept of it. Its signing secret is always the same for an account and a mode.
    """
    call.params(ListenerCreateParams)
    account, livemode = call.owner.account, call.owner.livemode
    secret = call.house.keyring.listener_secret(account, livemode=livemode)
    return json_reply({"object": KIND, "account": account, "livemode": livemode, "secret": secret})
