"""How much is asked: of every operation, and as many requests as are promised."""

from collections.abc import Iterator

from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from tests.contract import test_fuzz_neighbours, test_fuzz_saved, test_fuzz_setups
from tests.contract.fuzzing import REQUESTS, Way


def asked() -> Iterator[tuple[Operation, Way]]:
    """Tell what each file asks: which operation, in which way."""
    for file in (test_fuzz_neighbours, test_fuzz_saved, test_fuzz_setups):
        (mark,) = file.test_is_answered_as_declared.pytestmark
        for param in mark.args[1]:
            yield param.values


def test_every_operation_is_asked_in_every_way_once() -> None:
    """No operation is left out, but those whose answers never end, and none is asked twice."""
    found = [(operation.name, way) for operation, way in asked()]
    ends = [one.name for one in EVERY_OPERATION if one.shape != "lines"]
    assert sorted(found, key=str) == sorted(((name, way) for name in ends for way in Way), key=str)


def test_as_many_requests_are_made_up_as_are_promised() -> None:
    """Each test asserts how many it has sent; together they are all that there are to be."""
    assert sum(way.examples for _, way in asked()) >= REQUESTS
