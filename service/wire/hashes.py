"""What every declared hash of parameters is: frozen, closed, and absent where not sent."""

from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

MAX_METADATA_KEYS: Final = 50
MAX_METADATA_KEY_LENGTH: Final = 40
MAX_METADATA_VALUE_LENGTH: Final = 500
MAX_TEXT_LENGTH: Final = 5000
MAX_LIST_LENGTH: Final = 500
# The last second of the year 9999, beyond which no calendar of ours can show a date.
MAX_TIMESTAMP: Final = 253_402_300_799

Sent = TypeVar("Sent")

# A parameter that may be left out, which is `UNSET`.
Maybe: TypeAlias = Sent | UnsetType
# A parameter that may be sent as an empty string, to unset what it names.
Clearable: TypeAlias = Sent | Literal[""]

Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT_LENGTH)]
ClearableText: TypeAlias = Annotated[str, Meta(max_length=MAX_TEXT_LENGTH)]
Timestamp: TypeAlias = Annotated[int, Meta(ge=0, le=MAX_TIMESTAMP)]
# In the currency's smallest unit, within the eight digits that card networks carry.
Amount: TypeAlias = Annotated[int, Meta(ge=0, le=99_999_999)]
# One at, and no blanks: whether anybody reads what arrives there, nobody can tell.
EMAIL: Final = Meta(pattern=r"^[^\s@]+@[^\s@]+$", extra_json_schema={"format": "email"})
# Where a browser may be sent back to: any app's own scheme, but nothing that runs or reads files.
# No blanks, no control characters: it goes into a header.
ReturnUrl: TypeAlias = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=MAX_TEXT_LENGTH,
        pattern=r"^(?!(?i:javascript|vbscript|data|file|blob|about):)"
        r"[A-Za-z][A-Za-z0-9+.-]*://[^\x00-\x20\x7f]+$",
        extra_json_schema={"format": "uri"},
    ),
]
# Where we call ourselves.
WebUrl: TypeAlias = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=MAX_TEXT_LENGTH,
        pattern=r"^(?i:https?)://[^\x00-\x20\x7f/?#]+[^\x00-\x20\x7f]*$",
        extra_json_schema={"format": "uri"},
    ),
]
# What is taken and dropped, whatever it is.
Ignored: TypeAlias = Any
# An empty value asks for its key to be removed.
Metadata: TypeAlias = Annotated[
    dict[
        Annotated[str, Meta(max_length=MAX_METADATA_KEY_LENGTH)],
        Annotated[str, Meta(max_length=MAX_METADATA_VALUE_LENGTH)],
    ],
    Meta(max_length=MAX_METADATA_KEYS),
]


class Hash(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Declared parameters that are sent together, under one name or at the top."""

    def __repr__(self) -> str:
        """Tell which fields are set and never their values: cards and secrets are among them."""
        sent = (name for name in self.__struct_fields__ if getattr(self, name) is not UNSET)
        return f"{type(self).__name__}({', '.join(sent)})"

    def check(self, name: str) -> None:
        """Raise `BadParam` where the fields do not go together. *name* is this hash's own."""


class Empty(Hash, frozen=True, kw_only=True):
    """A hash that takes nothing: its presence says it all."""
