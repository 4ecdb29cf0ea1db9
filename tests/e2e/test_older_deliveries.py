"""Deliveries that were kept without the type of their event, as they once were."""

import sqlite3
from contextlib import closing

from tests.e2e.client import Api
from tests.e2e.endpoints import made_at
from tests.e2e.intents import a_customer
from tests.e2e.replaying import DELIVERIES, states
from tests.e2e.server import SECRET_KEY, Server, until
from tests.e2e.subscriber import subscriber


def test_tell_their_types(own_server: Server) -> None:
    """Listed, retrieved and sent again, they have the types that the log tells."""
    with subscriber() as there:
        with Api(own_server.url, SECRET_KEY) as api:
            endpoint = made_at(api, there, "customer.created", "customer.deleted")["id"]
            api.delete(f"/v1/customers/{a_customer(api)}")
            until(lambda: states(api, endpoint) == ["delivered"] * 2)
        own_server.stop()
        with closing(sqlite3.connect(own_server.data_dir / "ledger.sqlite3")) as ledger, ledger:
            ledger.execute("UPDATE deliveries SET type = NULL")
        own_server.start()
        with Api(own_server.url, SECRET_KEY) as api:
            found = api.all(DELIVERIES, {"endpoint": endpoint})
            assert [each["event_type"] for each in found] == [
                "customer.deleted",
                "customer.created",
            ]
            one = f"{DELIVERIES}/{found[0]['id']}"
            assert api.get(one).object == found[0]
            assert api.post(f"{one}/resend").object["event_type"] == "customer.deleted"
