"""
Form text (a body, or a query) to a tree of names and values.

The tree follows the brackets and nothing else: what is a list and what a hash is said by
the declaration that reads it (`declarations`), since `metadata[0]=x` and `expand[0]=x` look
alike. `a[]` collects under the empty key. Where one scalar is sent twice, the last one
counts. A name that is sent both as a value and with brackets is refused.

Every bound here is a promise about memory and depth: a form is untrusted to its last byte.
"""

import re
from functools import lru_cache
from typing import Final, TypeAlias
from urllib.parse import unquote

from service.wire.bad_param import BadParam, shown

MAX_PARAMETERS: Final = 10_000
MAX_DEPTH: Final = 8
MAX_NAME_LENGTH: Final = 500
# A character is at most four bytes, of three characters each where they are escaped.
_MAX_ESCAPED_LENGTH: Final = 12 * MAX_NAME_LENGTH

Node: TypeAlias = "str | list[Node] | Branch"
Branch: TypeAlias = "dict[str, Node]"
Path: TypeAlias = tuple[str, ...]

_NAME: Final = re.compile(r"[^\[\]]+(?:\[[^\[\]]*\])*")


def parse_form(encoded: bytes) -> Branch:
    """Return the tree of *encoded* form text. Raise `BadParam` where it is none."""
    text = _text(encoded)
    root: Branch = {}
    for pair in text.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            if "%" in value or "+" in value:
                value = _unescaped(value)
            _plant(root, _path(name), value)
    return root


def _text(encoded: bytes) -> str:
    try:
        text = encoded.decode()
    except UnicodeDecodeError:
        raise BadParam("The request is not valid UTF-8.") from None
    if "\0" in text or "%00" in text:
        raise BadParam("The request contains a NUL character.")
    if text.count("&") >= MAX_PARAMETERS:
        raise BadParam(f"The request has more than {MAX_PARAMETERS} parameters.")
    return text


def _unescaped(text: str) -> str:
    try:
        return unquote(text.replace("+", " "), errors="strict")
    except UnicodeDecodeError:
        raise BadParam("The request is not valid UTF-8.") from None


@lru_cache(maxsize=2048)
def _path(raw: str) -> Path:
    """Return the segments of a still escaped name: callers send the same few names for ever."""
    name = _unescaped(raw) if len(raw) <= _MAX_ESCAPED_LENGTH else raw
    if len(name) > MAX_NAME_LENGTH:
        raise BadParam(f"A parameter's name is longer than {MAX_NAME_LENGTH} characters.")
    if not name:
        raise BadParam("A parameter has a value, but no name.")
    if not _NAME.fullmatch(name):
        raise BadParam(f"The brackets of this parameter's name do not pair: {shown(name)}")
    path = tuple(name.replace("]", "").split("["))
    if len(path) > MAX_DEPTH:
        raise BadParam(f"Parameters are nested more than {MAX_DEPTH} levels deep: {shown(name)}")
    return path


def _plant(root: Branch, path: Path, value: str) -> None:
    branch = root
    for depth in range(len(path) - 1):
        branch = _descend(branch, path, depth)
    leaf = path[-1]
    if leaf == "":
        _elements(branch).append(value)
    elif isinstance(branch.get(leaf), dict):
        raise _both(path)
    else:
        branch[leaf] = value


def _descend(branch: Branch, path: Path, depth: int) -> Branch:
    key = path[depth]
    if key == "":
        return _element(_elements(branch), path[depth + 1 :])
    below = branch.setdefault(key, {})
    if not isinstance(below, dict):
        raise _both(path[: depth + 1])
    return below


def _elements(branch: Branch) -> "list[Node]":
    elements = branch.setdefault("", [])
    assert isinstance(elements, list)  # noqa: S101 (Only lists are ever put under the empty key.)
    return elements


def _element(elements: "list[Node]", rest: Path) -> Branch:
    """Return the hash that *rest* goes into: `a[][b]=1&a[][b]=2` are two, `[b]` and `[c]` one."""
    last = elements[-1] if elements else None
    if isinstance(last, dict) and not _holds(last, rest):
        return last
    fresh: Branch = {}
    elements.append(fresh)
    return fresh


def _holds(node: Node, path: Path) -> bool:
    for key in path:
        if not isinstance(node, dict) or key not in node:
            return False
        node = node[key]
    return True


def _both(path: Path) -> BadParam:
    name = path[0] + "".join(f"[{key}]" for key in path[1:])
    return BadParam(
        f"'{shown(name)}' was sent both as a value and with brackets.", param=shown(name)
    )
