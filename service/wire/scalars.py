"""
Form values to single values: texts, numbers, choices.

A reader is a function of (node, name) that returns the value, or raises `BadParam` with the
bracketed *name* and Stripe's code. Compiling readers from the declaration, instead of calling
`msgspec.convert`, gives every error its own code and keeps what was sent out of messages.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from msgspec import UNSET, UnsetType

from service.wire import bad_param
from service.wire.bad_param import BadParam
from service.wire.form import Node

Reader: TypeAlias = Callable[[Node, str], Any]

MAX_CHARACTERS: Final = 1 << 20
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
# As the official SDKs write them, and as those for Python did for many years.
_BOOLEANS: Final = {"true": True, "false": False, "True": True, "False": False}
_UNBOUNDED: Final = 10**18


@dataclass(frozen=True, slots=True)
class Text:
    """A string of *least* to *most* characters. Where *least* is 0 it may be unset."""

    least: int = 0
    most: int = MAX_CHARACTERS

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
class Matching:
    """A text of the declared *pattern*; one that is not is refused with *refusal*."""

    text: Text
    pattern: re.Pattern[str]
    refusal: Callable[[str], BadParam]

    def __call__(self, node: Node, name: str) -> str:
        text = self.text(node, name)
        if not self.pattern.fullmatch(text):
            raise self.refusal(name)
        return text


@dataclass(frozen=True, slots=True)
class SmallLetters:
    """A choice that is sent in letters of any size, and kept in small ones."""

    choice: Reader

    def __call__(self, node: Node, name: str) -> Any:
        return self.choice(node.lower() if isinstance(node, str) else node, name)


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
