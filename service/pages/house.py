"""What pages work with, put together by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass

from service.addresses import Addresses
from service.commands.path import CommandPath
from service.commands.setup_attempts import SetupAttempts
from service.ids import IdMaker
from service.keyring import Keyring


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Every collaborator of the room. *clock* gives Unix seconds."""

    path: CommandPath
    setup_attempts: SetupAttempts
    keyring: Keyring
    addresses: Addresses
    new_id: IdMaker
    clock: Callable[[], float]
