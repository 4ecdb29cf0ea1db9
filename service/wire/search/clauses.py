"""What a search query is made of."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct

Operator: TypeAlias = Literal[":", "~", ">", "<", ">=", "<="]
# A text may be searched for parts of it, a token not; a number may be compared.
Kind: TypeAlias = Literal["text", "token", "number"]
# The fields of one kind of object that may be searched for.
Fields: TypeAlias = Mapping[str, Kind]

OPERATORS: Final[Mapping[Kind, tuple[Operator, ...]]] = {
    "text": (":", "~"),
    "token": (":",),
    "number": (":", ">", "<", ">=", "<="),
}
METADATA: Final = "metadata"

CUSTOMER_FIELDS: Final[Fields] = {
    "created": "number",
    "email": "text",
    METADATA: "token",
    "name": "text",
    "phone": "text",
}


class Clause(Struct, frozen=True, kw_only=True):
    """
    One condition. *key* is that of the metadata which is asked for.

    The *value* is a number for a field that is one, None for `null`, else a text.
    """

    field: str
    key: str | None = None
    operator: Operator
    value: str | int | None
    negated: bool = False


class Query(Struct, frozen=True, kw_only=True):
    """All of *clauses*, or with *either* any one of them."""

    clauses: tuple[Clause, ...]
    either: bool = False
