"""The table of operations against the handlers that it names."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from service.api.call import Call
from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from service.domain.permissions import RESOURCES as RESTRICTABLE
from service.domain.permissions import granted
from service.wire.hashes import Hash
from service.wire.resources import RESOURCES
from service.wire.versions import DEFAULT_VERSION


class Read(Exception):
    """A handler has read its parameters, as *declared*."""

    def __init__(self, declared: type[Hash]) -> None:
        self.declared = declared


def read_by(operation: Operation, *, publishable: bool) -> type[Hash]:
    """Tell as what *operation*'s handler reads the parameters of a call."""

    def params(declared: type[Hash]) -> None:
        raise Read(declared)

    call = SimpleNamespace(
        params=params,
        named=lambda part: f"the_{part}",
        version=DEFAULT_VERSION,
        tree={"expand": ""},
        is_publishable=publishable,
    )
    with pytest.raises(Read) as read:
        asyncio.run(cast("Any", operation.handler)(cast("Call", call)))
    return read.value.declared


@pytest.mark.parametrize("operation", EVERY_OPERATION, ids=lambda operation: operation.name)
def test_takes_what_its_handler_reads(operation: Operation) -> None:
    """What an operation says that it takes is what its handler reads, whoever calls."""
    assert read_by(operation, publishable=False) is operation.takes
    if operation.publishable:
        expected = operation.browser or operation.takes
        assert read_by(operation, publishable=True) is expected


@pytest.mark.parametrize("operation", EVERY_OPERATION, ids=lambda operation: operation.name)
def test_gives_what_is_declared(operation: Operation) -> None:
    """What an operation says that it gives is a declared kind of object."""
    assert operation.gives in RESOURCES


@pytest.mark.parametrize("operation", EVERY_OPERATION, ids=lambda operation: operation.name)
def test_needs_a_permission_that_can_be_given(operation: Operation) -> None:
    """A restricted key may be allowed each operation, and none is open to all of them."""
    assert operation.permission in granted(dict.fromkeys(RESTRICTABLE, "write"))


def test_no_two_are_the_same() -> None:
    """Each operation has a method and a path of its own."""
    names = [operation.name for operation in EVERY_OPERATION]
    assert len(set(names)) == len(names)
