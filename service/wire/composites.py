"""Form values to lists, maps and hashes, each member read by a reader of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from service.wire import bad_param
from service.wire.bad_param import BadParam, child, shown
from service.wire.form import Node
from service.wire.hashes import Hash
from service.wire.left_out import why_left_out
from service.wire.scalars import Reader

_INDEX: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Many:
    """
    A list: `a[0]`, `a[1]` in the order of their numbers, then `a[]` as they came.

    An element is named by the number it was sent with, or else by its place.
    """

    element: Reader
    most: int

    def __call__(self, node: Node, name: str) -> tuple[Any, ...]:
        if not isinstance(node, dict):
            raise bad_param.empty(name) if node == "" else bad_param.not_a_list(name)
        elements = _in_order(node, name)
        if len(elements) > self.most:
            raise bad_param.too_many(name, len(elements), self.most)
        read = self.element
        return tuple([read(element, f"{name}[{at}]") for at, element in elements])


def _in_order(node: Mapping[str, Node], name: str) -> list[tuple[str | int, Node]]:
    unnumbered = node.get("")
    tail = unnumbered if isinstance(unnumbered, list) else []
    if tail and len(node) == 1:
        return list(enumerate(tail))
    indexes = [key for key in node if key]
    if not all(map(_INDEX.fullmatch, indexes)):
        raise bad_param.not_a_list(name)
    indexes.sort(key=int)
    return [(index, node[index]) for index in indexes] + list(enumerate(tail, len(indexes)))


@dataclass(frozen=True, slots=True)
class Entries:
    """Free keys with text values (metadata), each within its bounds."""

    longest_key: int
    value: Reader
    most: int

    def __call__(self, node: Node, name: str) -> dict[str, str]:
        if not isinstance(node, dict) or "" in node:
            raise bad_param.empty(name) if node == "" else bad_param.not_a_hash(name)
        if len(node) > self.most:
            raise bad_param.too_many(name, len(node), self.most)
        for key in node:
            if len(key) > self.longest_key:
                raise bad_param.too_long(child(name, shown(key)), len(key), self.longest_key)
        read = self.value
        try:
            return {key: read(below, name) for key, below in node.items()}
        except BadParam:
            # Only now does it matter which: how a key may be shown takes longer than reading all.
            return {key: read(below, child(name, shown(key))) for key, below in node.items()}


@dataclass(frozen=True, slots=True)
class HashOr:
    """A hash, or one scalar in its place (`created=1` and `created[gte]=1`)."""

    hash: Reader
    scalar: Reader

    def __call__(self, node: Node, name: str) -> Any:
        return self.hash(node, name) if isinstance(node, dict) else self.scalar(node, name)


@dataclass(frozen=True, slots=True)
class HashOf:
    """
    A hash of declared fields, each read by its own reader.

    *fields* maps the name on the wire to (attribute, reader). What is unknown is refused
    before what is missing, and every unknown name of this hash is told at once.
    """

    declared: type[Hash]
    fields: Mapping[str, tuple[str, Reader]]
    required: tuple[str, ...]

    def __call__(self, node: Node, name: str) -> Hash:
        if not isinstance(node, dict):
            raise bad_param.empty(name) if node == "" else bad_param.not_a_hash(name)
        fields = self.fields
        if not node.keys() <= fields.keys():
            raise self._unknown([child(name, key) for key in node if key not in fields])
        values = {}
        for key, below in node.items():
            attribute, read = fields[key]
            values[attribute] = read(below, f"{name}[{key}]" if name else key)
        for key in self.required:
            if key not in node:
                raise bad_param.missing(child(name, key))
        made = self.declared(**values)
        made.check(name)
        return made

    def _unknown(self, names: list[str]) -> BadParam:
        room = self.declared.__module__.rpartition(".")[2]
        reasons = (why_left_out(room, one) for one in names)
        return bad_param.unknown(names, dict.fromkeys(filter(None, reasons)))
