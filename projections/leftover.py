"""
Ends a server that a killed predecessor has left behind.

Its process id is not known for sure, so it is asked over its own socket, which nobody but
the owner of the data directory can open.
"""

import asyncio
from pathlib import Path
from typing import Final

import structlog

from service.config import CannotStart

# The second forgets what it holds; it is for a server that cannot write its snapshot.
_REQUESTS: Final = (b"SHUTDOWN SAVE\r\n", b"SHUTDOWN NOSAVE FORCE\r\n")

log = structlog.get_logger()


async def shut_down_leftover(socket: Path, wait_max_s: float) -> None:
    """
    End the server that answers at *socket*, if there is one.

    Raise `CannotStart` where it does not end within *wait_max_s*.
    """
    try:
        reader, writer = await asyncio.open_unix_connection(str(socket))
    except OSError:
        # Nobody listens. A socket file without a listener is replaced by the next server.
        return
    log.warning("redis.leftover", socket=str(socket))
    try:
        async with asyncio.timeout(wait_max_s):
            for request in _REQUESTS:
                writer.write(request)
                if not await reader.readline():
                    return
    except ConnectionError:
        return
    except TimeoutError:
        raise CannotStart(f"A Redis of an earlier run at {socket} does not end.") from None
    finally:
        writer.close()
