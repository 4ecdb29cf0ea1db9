"""
A tree of form values to params, as the declaration of the params says.

Each declared type is compiled once to a reader: a function of (node, name) that returns the
value, or raises `BadParam` with the bracketed *name* and Stripe's code. Compiling by hand,
instead of calling `msgspec.convert`, gives every error its own code and keeps what was
sent out of the messages; it accepts exactly the types that the declarations use.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from msgspec import UNSET, UnsetType

from service.wire import bad_param
from service.wire.bad_param import BadParam, child, shown
from service.wire.form import Node
from service.wire.hashes import Hash

Reader: TypeAlias = Callable[[Node, str], Any]

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_INDEX: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_BOOLEANS: Final = {"true": True, "false": False}
_UNBOUNDED: Final = 10**18


@dataclass(frozen=True, slots=True)
class Text:
    """A string of *least* to *most* characters. Where *least* is 0 it may be unset."""

    least: int = 0
    most: int = 1 << 20

    def __call__(self, node: Node, name: str) -> str:
        if not isinstance(node, str):
            raise bad_param.not_a_text(name)
        length = len(node)
        if self.least <= length <= self.most:
            return node
        if not node:
            raise bad_param.empty(name)
        if length > self.most:
            raise bad_param.too_long(name, length, self.most)
        raise bad_param.too_short(name, length, self.least)


@dataclass(frozen=True, slots=True)
class Url:
    """An address of the declared *pattern*, of at most *most* characters."""

    pattern: re.Pattern[str]
    most: int

    def __call__(self, node: Node, name: str) -> str:
        text = Text(1, self.most)(node, name)
        if not self.pattern.fullmatch(text):
            raise bad_param.not_a_url(name)
        return text


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number from *least* to *most*, in decimal digits."""

    least: int = -_UNBOUNDED
    most: int = _UNBOUNDED

    def __call__(self, node: Node, name: str) -> int:
        if not isinstance(node, str):
            raise bad_param.not_a_text(name)
        if not node:
            raise bad_param.empty(name)
        if not _INTEGER.fullmatch(node):
            raise bad_param.not_an_integer(name, node)
        value = int(node)
        if not self.least <= value <= self.most:
            raise bad_param.out_of_range(name, value, self.least, self.most)
        return value


def read_ignored(node: Node, name: str) -> UnsetType:  # noqa: ARG001 (It is a reader like the others.)
    """Read what is taken and dropped: it goes no further than this."""
    return UNSET


def read_boolean(node: Node, name: str) -> bool:
    """Read `true` or `false`."""
    if not isinstance(node, str):
        raise bad_param.not_a_text(name)
    value = _BOOLEANS.get(node)
    if value is None:
        raise bad_param.not_a_boolean(name, node) if node else bad_param.empty(name)
    return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed set of strings, listed in the order of the declaration."""

    allowed: Mapping[str, str]

    def __call__(self, node: Node, name: str) -> str:
        if not isinstance(node, str):
            raise bad_param.not_a_text(name)
        value = self.allowed.get(node)
        if value is None:
            raise self._refusal(node, name)
        return value

    def _refusal(self, value: str, name: str) -> BadParam:
        if not value:
            return bad_param.empty(name)
        return bad_param.not_one_of(name, value, filter(None, self.allowed))


@dataclass(frozen=True, slots=True)
class Clearable:
    """What may be unset: the empty string stands for that and is kept."""

    reader: Reader

    def __call__(self, node: Node, name: str) -> Any:
        return "" if node == "" else self.reader(node, name)


@dataclass(frozen=True, slots=True)
class Many:
    """A list: `a[0]`, `a[1]` in the order of their numbers, then `a[]` as they came."""

    element: Reader
    most: int

    def __call__(self, node: Node, name: str) -> tuple[Any, ...]:
        if not isinstance(node, dict):
            raise bad_param.empty(name) if node == "" else bad_param.not_a_list(name)
        elements = _in_order(node, name)
        if len(elements) > self.most:
            raise bad_param.too_many(name, len(elements), self.most)
        read = self.element
        return tuple([read(element, f"{name}[{at}]") for at, element in enumerate(elements)])


def _in_order(node: Mapping[str, Node], name: str) -> list[Node]:
    indexes = [key for key in node if key]
    if not all(map(_INDEX.fullmatch, indexes)):
        raise bad_param.not_a_list(name)
    indexes.sort(key=int)
    unnumbered = node.get("", [])
    tail = unnumbered if isinstance(unnumbered, list) else []
    return [node[index] for index in indexes] + tail


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
        return {key: self._value(key, below, name) for key, below in node.items()}

    def _value(self, key: str, below: Node, name: str) -> Any:
        name = child(name, shown(key))
        if len(key) > self.longest_key:
            raise bad_param.too_long(name, len(key), self.longest_key)
        return self.value(below, name)


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
            raise bad_param.unknown([child(name, key) for key in node if key not in fields])
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
