"""What the form of a page says, read with bounds: anybody may post anything."""

from typing import Final

from aiohttp import web

from service import config
from service.pages.problem import Problem
from service.wire.bad_param import BadParam
from service.wire.form import Branch, parse_form

_FORM: Final = "application/x-www-form-urlencoded"


async def form_of(request: web.Request) -> Branch:
    """Return the names and values of the posted form. Raise `Problem` where it is none."""
    if request.content_type != _FORM:
        raise Problem(415, "This is not a form", f"The body must be {_FORM}.")
    try:
        return parse_form(await _body(request))
    except BadParam as bad:
        raise Problem(400, "This form cannot be read", bad.message) from None
    except web.RequestPayloadError:
        raise Problem(400, "This form cannot be read", "It was not sent whole.") from None


async def _body(request: web.Request) -> bytes:
    """Read no more than may come, whatever the request says of its length."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > config.PAGE_FORM_BYTES_MAX:
            raise Problem(
                413,
                "This form is too large",
                f"A form here has at most {config.PAGE_FORM_BYTES_MAX} bytes.",
            )
    return bytes(body)
