"""
Which operation may follow which: what an object is given, its own operations take.

A tool that follows the links walks from create to confirm to cancel by itself.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from service.api.operation import Operation
from service.reference.naming import name_of


def links_of(operation: Operation, operations: Sequence[Operation]) -> dict[str, Any]:
    """Return a link to each operation that takes the id of what *operation* gives."""
    if operation.shape != "object":
        return {}
    return {
        name_of(other): {
            "operationId": name_of(other),
            "parameters": {part: "$response.body#/id"},
        }
        for other, part in _below(_collection_of(operation), operations)
        if other is not operation
    }


def _collection_of(operation: Operation) -> str:
    """Return the path below which the objects are that *operation* is about."""
    before, _, _ = operation.path.partition("/{")
    return before


def _below(collection: str, operations: Sequence[Operation]) -> Iterator[tuple[Operation, str]]:
    """Tell the operations on single objects of *collection*, and what they call the id."""
    start = f"{collection}/{{"
    for operation in operations:
        if operation.path.startswith(start):
            yield operation, operation.path.removeprefix(start).partition("}")[0]
