"""
The floor: what aiohttp and uvloop do with a request before anybody does anything with it.

One handler, a constant JSON body of 960 bytes. Every rate is given as a ratio to this one,
taken in the same run, so that figures of two machines can be compared.
"""

import sys
from typing import Final

import uvloop
from aiohttp import web

BODY: Final = (b'{"id":"seti_floor","object":"setup_intent","pad":"' + b"x" * 960)[:958] + b'"}'


async def _answer(_: web.Request) -> web.Response:
    return web.Response(body=BODY, content_type="application/json")


def main() -> None:
    """Serve on the port that the command line names."""
    app = web.Application()
    app.router.add_get("/v1/floor", _answer)
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)


if __name__ == "__main__":
    main()
