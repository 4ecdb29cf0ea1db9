"""Sends parameters that are to be refused."""

import pytest

from service.wire.bad_param import BadParam
from service.wire.declarations import read_params
from service.wire.form import parse_form
from service.wire.hashes import Hash


def refusal_of(declared: type[Hash], sent: str) -> BadParam:
    """Return how the form *sent* is refused as *declared*."""
    with pytest.raises(BadParam) as refusal:
        read_params(declared, parse_form(sent.encode()))
    return refusal.value
