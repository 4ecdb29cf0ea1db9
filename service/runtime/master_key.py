"""
The master key: from the settings, or made once and kept in the data directory.

Whoever has it can derive every client secret and every signing secret, and read what endpoints'
owners chose, so its file is for its owner alone. Whoever loses it has to give out all anew.
"""

import secrets
from pathlib import Path
from typing import Final

from service.config import CannotStart, Settings
from service.runtime.files import write_privately

FILE: Final = "master.key"
_BYTES: Final = 32


def master_key(settings: Settings) -> bytes:
    """Return the master key, making it where there is none yet. Raise `CannotStart`."""
    return found_master_key(settings) or _made(settings.data_dir / FILE)


def found_master_key(settings: Settings) -> bytes | None:
    """Return the master key, None where there is none yet. Raise `CannotStart`."""
    if settings.master_key is not None:
        return settings.master_key
    file = settings.data_dir / FILE
    try:
        return bytes.fromhex(file.read_text().strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CannotStart(f"The master key in {file} cannot be read: {error}.") from error


def _made(file: Path) -> bytes:
    """Make the key and have it on the disk before anything is derived from it."""
    key = secrets.token_bytes(_BYTES)
    try:
        write_privately(file, key.hex().encode() + b"\n")
    except OSError as error:
        raise CannotStart(f"The master key cannot be written to {file}: {error}.") from error
    return key
