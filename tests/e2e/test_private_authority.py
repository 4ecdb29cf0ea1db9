"""Receivers whose certificates come from an authority of the operator's own."""

from pathlib import Path

import pytest

from tests.e2e.client import Api
from tests.e2e.endpoints import made_at
from tests.e2e.intents import a_customer
from tests.e2e.replaying import DELIVERIES
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.subscriber import subscriber
from tests.misbehaving import CA, serving


@pytest.mark.parametrize(
    ("is_named", "outcome"), [(True, "delivered"), (False, "tls")], ids=["named", "not_named"]
)
def test_private_authority(tmp_path: Path, outcome: str, *, is_named: bool) -> None:
    """What `SSL_CERT_FILE` names at the start is trusted; else the attempt says what is missing."""
    authorities = tmp_path / "authorities.pem"
    CA.cert_pem.write_to_path(authorities)
    settings = {"SSL_CERT_FILE": str(authorities)} if is_named else {}
    server = Server(tmp_path / "data", **settings).start()
    tls = serving(CA.issue_cert("127.0.0.1"))
    with subscriber(tls=tls) as there, Api(server.url, SECRET_KEY) as api:
        endpoint = made_at(api, there)["id"]
        a_customer(api)
        asked = {"endpoint": endpoint, "outcome": outcome}
        until(lambda: len(api.all(DELIVERIES, asked)) == 1)
        (delivery,) = api.all(DELIVERIES, asked)
        (attempt,) = api.all(f"{DELIVERIES}/{delivery['id']}/attempts")
    server.close()
    assert is_named or "an authority that is trusted here" in attempt["detail"]
