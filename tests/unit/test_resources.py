"""The declarations of answers are themselves in order, and strict."""

from typing import Any

import msgspec
import pytest

from service.wire.resources import RESOURCES, conform
from service.wire.resources.shape import Resource
from tests.shapes import assert_shaped

METHOD: dict[str, Any] = {
    "id": "pm_1",
    "object": "payment_method",
    "allow_redisplay": "unspecified",
    "billing_details": {
        "address": {
            "city": None,
            "country": None,
            "line1": None,
            "line2": None,
            "postal_code": None,
            "state": None,
        },
        "email": None,
        "name": None,
        "phone": None,
        "tax_id": None,
    },
    "created": 1,
    "customer": None,
    "customer_account": None,
    "link": {"email": None},
    "livemode": False,
    "metadata": {},
    "radar_options": {},
    "shared_payment_granted_token": None,
    "type": "link",
}


def all_resources(base: type[Resource] = Resource) -> list[type[Resource]]:
    return [one for below in base.__subclasses__() for one in (below, *all_resources(below))]


@pytest.mark.parametrize("declared", all_resources(), ids=lambda declared: declared.__name__)
def test_keys_are_in_stripes_order(declared: type[Resource]) -> None:
    """The id and the kind come first, and the rest by the alphabet."""
    names = [name for name in declared.__struct_encode_fields__ if name not in ("id", "object")]
    assert names == sorted(names)
    if declared in RESOURCES.values() and "id" in declared.__struct_fields__:
        assert declared.__struct_fields__[:2] == ("id", "object")


def test_a_whole_answer_conforms() -> None:
    """What has every key, in order, is what is declared."""
    assert_shaped(METHOD)
    assert_shaped({"object": "list", "data": [METHOD], "has_more": False, "url": "/v1/x"})
    assert_shaped({"id": "cus_1", "object": "customer", "deleted": True})


@pytest.mark.parametrize(
    "wrong",
    [
        {key: value for key, value in METHOD.items() if key != "customer"},
        {**METHOD, "wat": 1},
        {**METHOD, "created": "1"},
        {**METHOD, "type": "wat"},
        {"error": {"type": "invalid_request_error", "param": None}},
    ],
)
def test_another_answer_does_not(wrong: dict[str, Any]) -> None:
    """A key that is missing, unknown, null where it may not be, or ill-typed is told."""
    with pytest.raises(msgspec.ValidationError):
        conform(wrong)


def test_the_order_of_keys_is_held() -> None:
    """An answer with its keys in another order is not what is declared."""
    with pytest.raises(AssertionError):
        assert_shaped(dict(reversed(METHOD.items())))
