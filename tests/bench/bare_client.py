"""
The floor of deliveries: what aiohttp's client and uvloop do to POST a body to a receiver.

So many in flight at any time, the same bytes each time, and nothing that anybody would need
besides: no ledger, no signature, no choice of whom to tell. Prints how many a second it sent.
"""

import asyncio
import sys
import time
from itertools import repeat
from typing import Final

import aiohttp
import uvloop

IN_FLIGHT: Final = 64
_ADDED: Final = frozenset({"Host", "Content-Length"})


async def _posts_per_s(url: str, headers: dict[str, str], body: bytes, posts: int) -> float:
    left = repeat(body, posts)
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), auto_decompress=False
    ) as session:

        async def post() -> None:
            for each in left:
                async with session.post(url, data=each, headers=headers) as response:
                    await response.read()

        started = time.perf_counter()
        await asyncio.gather(*(post() for _ in range(IN_FLIGHT)))
        return posts / (time.perf_counter() - started)


def _taken_apart(request: bytes) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of *request*, but for what the client adds itself."""
    head, _, body = request.partition(b"\r\n\r\n")
    lines = [line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")[1:]]
    return {name: value for name, value in lines if name not in _ADDED}, body


def main() -> None:
    """POST to the URL what comes in, as often as the command line says."""
    url, posts = sys.argv[1:]
    headers, body = _taken_apart(sys.stdin.buffer.read())
    sys.stdout.write(f"{uvloop.run(_posts_per_s(url, headers, body, int(posts)))}\n")


if __name__ == "__main__":
    main()
