"""Whatever is sent to what customers have saved, the answer is one that the document allows."""

from service.api.operation import Operation
from tests.contract.fuzzing import Fuzzer, Way, every_way_of


@every_way_of("/v1/payment_methods", "/v1/customers")
def test_is_answered_as_declared(fuzzer: Fuzzer, operation: Operation, way: Way) -> None:
    """No request makes the server fail, and every answer fits its schema."""
    fuzzer.fuzz(operation, way)
