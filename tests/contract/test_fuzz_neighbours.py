"""Whatever is sent to the rest of the operations, the answer is one that the document allows."""

from service.api.operation import Operation
from service.api.routes import EVERY_OPERATION
from tests.contract.fuzzing import Fuzzer, Way, every_way_of

ELSEWHERE = ("/v1/setup_", "/v1/payment_methods", "/v1/customers")


@every_way_of(*{one.path for one in EVERY_OPERATION if not one.path.startswith(ELSEWHERE)})
def test_is_answered_as_declared(fuzzer: Fuzzer, operation: Operation, way: Way) -> None:
    """No request makes the server fail, and every answer fits its schema."""
    fuzzer.fuzz(operation, way)
