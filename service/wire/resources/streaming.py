"""What streams are made of beside entries of the log, and what listeners sign with."""

from typing import Literal

from service.wire.resources.shape import Json, Resource


class Announcement(Resource, frozen=True, kw_only=True):
    """An *event* as a webhook would be told of it, and its *position*, to go on after."""

    object: Literal["announcement"]
    event: Json
    position: int


class Heartbeat(Resource, frozen=True, kw_only=True):
    """There was nothing to tell up to *position*, and the connection lives."""

    object: Literal["heartbeat"]
    position: int


class Listener(Resource, frozen=True, kw_only=True):
    """
    Somebody who forwards events while developing, and signs them with *secret*.

    It is the same whenever the same account listens in the same mode.
    """

    object: Literal["listener"]
    account: str
    livemode: bool
    secret: str
