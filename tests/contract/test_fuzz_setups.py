"""Whatever is sent to the operations on setups, the answer is one that the document allows."""

from service.api.operation import Operation
from tests.contract.fuzzing import Fuzzer, Way, every_way_of


@every_way_of("/v1/setup_")
def test_is_answered_as_declared(fuzzer: Fuzzer, operation: Operation, way: Way) -> None:
    """No request makes the server fail, and every answer fits its schema."""
    fuzzer.fuzz(operation, way)
