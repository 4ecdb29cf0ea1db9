"""
The short way to an operation: a call's method and its plain path are looked up in one table.

aiohttp's router tries one resource after the other, and makes an account of the match that
nobody here reads. It stays the one that decides: whatever is not in the table (a page, the
reference, a path with an escape in it, an unknown URL or method, a request that expects to be
told to go on) is left to it, and answered as it always was.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from aiohttp import web

# Takes a request and what its path holds for each of the path's names.
Answer: TypeAlias = Callable[[web.Request, Mapping[str, str]], Awaitable[web.StreamResponse]]
Router: TypeAlias = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

_PLAIN: Final = re.compile(r"[/0-9A-Za-z_-]+", re.ASCII)
_NAME: Final = re.compile(r"\{(\w+)\}")
_ANY: Final = "{}"


class Route(NamedTuple):
    """What answers *method* at *path* (`/v1/setup_intents/{intent}`)."""

    method: str
    path: str
    answer: Answer


class _Found(NamedTuple):
    answer: Answer
    names: tuple[str, ...]


class Shortcut:
    """Answers what is among *routes*, and leaves the rest to *router*."""

    def __init__(self, routes: Iterable[Route], router: Router) -> None:
        self._router = router
        self._table: dict[tuple[str, str], _Found] = {}
        self._words: set[str] = set()
        for method, path, answer in routes:
            template = _NAME.sub(_ANY, path)
            self._table[method, template] = _Found(answer, tuple(_NAME.findall(path)))
            self._words.update(template.split("/"))
        self._words.discard(_ANY)

    def __call__(self, request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        """Answer *request*."""
        if not isinstance(request, web.Request) or "Expect" in request.headers:
            return self._router(request)
        path = request.raw_path.partition("?")[0]
        if _PLAIN.fullmatch(path) is None:
            return self._router(request)
        values: list[str] = []
        parts = path.split("/")
        for place, part in enumerate(parts):
            if part not in self._words:
                values.append(part)
                parts[place] = _ANY
        found = self._table.get((request.method, "/".join(parts)))
        if found is None:
            return self._router(request)
        return found.answer(request, dict(zip(found.names, values, strict=True)))
