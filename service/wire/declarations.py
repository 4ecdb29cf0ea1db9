"""
From the declaration of an operation's params to the reader of its requests.

This is the only place that looks at msgspec's description of types. A declaration that it
does not understand fails where it is compiled, which a test does for all of them.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, TypeVar, cast

from msgspec import inspect

from service.wire import bad_param
from service.wire.bad_param import BadParam
from service.wire.composites import Entries, HashOf, HashOr, Many
from service.wire.form import Branch
from service.wire.hashes import MAX_LIST_LENGTH, Hash
from service.wire.scalars import (
    MAX_CHARACTERS,
    Choice,
    Clearable,
    Integer,
    Matching,
    Reader,
    SmallLetters,
    Text,
    read_boolean,
    read_ignored,
)

Params = TypeVar("Params", bound=Hash)

# How a text is refused that is not written as its format says.
_REFUSED_AS: Final = {"email": bad_param.not_an_email, "uri": bad_param.not_a_url}
_CLEAR: Final = inspect.LiteralType(values=("",))


def read_params(declared: type[Params], tree: Branch) -> Params:
    """Return the params that *tree* holds, as *declared*. Raise `BadParam` where it does not."""
    return cast("Params", hash_reader(declared)(tree, ""))


@cache
def hash_reader(declared: type[Hash]) -> HashOf:
    """Return the reader of one declared hash, made once."""
    info = inspect.type_info(declared)
    assert isinstance(info, inspect.StructType)  # noqa: S101 (A Hash is a Struct.)
    return HashOf(
        declared=declared,
        fields={f.encode_name: (f.name, _reader(f.type)) for f in info.fields},
        required=tuple(f.encode_name for f in info.fields if f.required),
    )


def _reader(declared: inspect.Type) -> Reader:
    match declared:
        case inspect.StructType(cls=cls):
            return hash_reader(cls)
        case inspect.VarTupleType(item_type=item, max_length=most):
            return Many(_reader(item), most or MAX_LIST_LENGTH)
        case inspect.DictType(key_type=inspect.StrType(max_length=longest), max_length=most):
            return Entries(
                longest or MAX_CHARACTERS, _reader(declared.value_type), most or MAX_CHARACTERS
            )
        case inspect.UnionType(types=types):
            return _union_reader(types)
        case _:
            return _scalar_reader(declared)


def _scalar_reader(declared: inspect.Type) -> Reader:
    match declared:
        case inspect.Metadata(type=choices, extra={"small_letters": True}):
            return SmallLetters(_scalar_reader(choices))
        case inspect.Metadata(
            type=inspect.StrType() as text, extra_json_schema={"format": str(written)}
        ):
            return _text_reader(text, _REFUSED_AS[written])
        case inspect.StrType():
            return _text_reader(declared, bad_param.invalid_characters)
        case inspect.IntType(ge=least, le=most):
            bounds = {"least": least, "most": most}
            return Integer(**{name: at for name, at in bounds.items() if at is not None})
        case inspect.BoolType():
            return read_boolean
        case inspect.LiteralType(values=values):
            return Choice({str(value): str(value) for value in values})
        case inspect.AnyType():
            return read_ignored
        case _:
            raise TypeError(f"Parameters are not declared with {declared}")


def _text_reader(declared: inspect.StrType, refusal: Callable[[str], BadParam]) -> Reader:
    text = Text(declared.min_length or 0, declared.max_length or MAX_CHARACTERS)
    pattern = declared.pattern
    return text if pattern is None else Matching(text, re.compile(pattern), refusal)


def _union_reader(types: Sequence[inspect.Type]) -> Reader:
    if _CLEAR in types:
        return Clearable(_one_reader([one for one in types if one != _CLEAR]))
    return _one_reader(types)


def _one_reader(types: Sequence[inspect.Type]) -> Reader:
    hashes = [one for one in types if isinstance(one, inspect.StructType)]
    scalars = [one for one in types if not isinstance(one, inspect.StructType)]
    if len(hashes) == len(scalars) == 1:
        return HashOr(_reader(hashes[0]), _reader(scalars[0]))
    (only,) = types
    return _reader(only)
