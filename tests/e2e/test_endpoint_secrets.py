"""A signing secret is rolled: what its owner is told, and what a receiver takes meanwhile."""

import base64
from collections.abc import Iterator
from typing import Final

import pytest

from tests.e2e.client import Api
from tests.e2e.endpoints import OWN, leaving_no_endpoint, made_at, shown_of
from tests.e2e.intents import a_customer
from tests.e2e.server import Server, until
from tests.e2e.subscriber import Subscriber

CHOSEN: Final = "whsec_" + base64.b64encode(b"chosen by the owner, 24+").decode()


@pytest.fixture
def api(quiet_server: Server) -> Iterator[Api]:
    yield from leaving_no_endpoint(quiet_server)


def _await_signed(api: Api, there: Subscriber, *secrets: str) -> None:
    """Send until a delivery is heard under each of *secrets*."""
    for secret in secrets:
        there.secret = secret
        customer = a_customer(api)
        until(lambda: ("customer.created", customer) in there.types)  # noqa: B023 - awaited within the round


def test_both_sign_while_they_overlap(api: Api, there: Subscriber) -> None:
    """The official SDK takes a delivery under the old secret and under the new one."""
    made = made_at(api, there)
    rolled = api.post(f"{OWN}/{made['id']}/roll_secret", {"expires_in": 3600}).object
    new, old = rolled["secrets"]
    assert (new["expires_at"], old["expires_at"]) == (None, new["created"] + 3600)
    assert rolled["secret"] != made["secret"]
    _await_signed(api, there, made["secret"], rolled["secret"])


def test_only_the_new_one_signs_after_it(api: Api, there: Subscriber) -> None:
    """Without an overlap the old secret ends at once, and is shown no more."""
    made = made_at(api, there)
    rolled = api.post(f"{OWN}/{made['id']}/roll_secret", {"expires_in": 0}).object
    assert len(rolled["secrets"]) == 1
    until(lambda: a_customer(api) and there.refused)
    assert "SignatureVerificationError" in there.refused[0]
    there.secret = rolled["secret"]
    _await_signed(api, there, rolled["secret"])


def test_a_secret_may_be_chosen(api: Api, there: Subscriber) -> None:
    """Whoever moves here keeps the secret that their receivers have."""
    made = made_at(api, there)
    form = {"secret": CHOSEN, "expires_in": 0}
    rolled = api.post(f"{OWN}/{made['id']}/roll_secret", form).object
    assert rolled["secret"] == CHOSEN
    _await_signed(api, there, CHOSEN)


def test_is_done_once_for_a_key(api: Api, there: Subscriber) -> None:
    """A roll that is repeated under its key answers with the same secret."""
    made = made_at(api, there)
    for form in ({}, {"secret": CHOSEN}):
        key = f"roll {len(form)} {made['id']}"
        path = f"{OWN}/{made['id']}/roll_secret"
        first = api.post(path, form, Idempotency_Key=key)
        again = api.post(path, form, Idempotency_Key=key)
        assert again.object["secret"] == first.object["secret"]
        assert again.body == first.body
    assert len(shown_of(api, made)["secrets"]) == 3


def test_is_bounded(api: Api, there: Subscriber) -> None:
    """So many secrets overlap and no more, until all old ones are ended."""
    made = made_at(api, there)
    path = f"{OWN}/{made['id']}/roll_secret"
    assert [api.post(path).status for _ in range(4)] == [200, 200, 200, 400]
    assert api.post(path).error["param"] == "expires_in"
    assert len(api.post(path, {"expires_in": 0}).object["secrets"]) == 1


def test_is_in_the_history_without_the_secret(api: Api, there: Subscriber) -> None:
    """The log tells of a roll, and not what it was to."""
    made = made_at(api, there)
    api.post(f"{OWN}/{made['id']}/roll_secret", {"secret": CHOSEN})
    lines = api.get("/seti/v1/log").body
    assert b"EndpointSecretRolled" in lines
    assert CHOSEN.removeprefix("whsec_").encode() not in lines
