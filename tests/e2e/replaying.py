"""Replays, as a test starts them over HTTP and waits for their end."""

from typing import Any, Final

from tests.e2e.client import Api
from tests.e2e.server import until

DELIVERIES: Final = "/seti/v1/deliveries"
REPLAYS: Final = "/seti/v1/replays"


def asked(endpoint: str, *states: str, **form: Any) -> dict[str, Any]:
    """Return what asks for a replay of all that ever happened."""
    return {"endpoint": endpoint, "since": 1, "states": states or ("all",), **form}


def started(api: Api, endpoint: str, *states: str, **form: Any) -> dict[str, Any]:
    """Start a replay of all that ever happened."""
    return api.post(REPLAYS, asked(endpoint, *states, **form)).object


def shown(api: Api, replay: dict[str, Any]) -> dict[str, Any]:
    return api.get(f"{REPLAYS}/{replay['id']}").object


def ended(api: Api, replay: dict[str, Any]) -> dict[str, Any]:
    """Return *replay* once it has come to its end."""
    until(lambda: shown(api, replay)["status"] == "completed")
    return shown(api, replay)


def states(api: Api, endpoint: str, **wanted: Any) -> list[str]:
    """Return the states of the deliveries to an endpoint, the newest first."""
    found = api.all(DELIVERIES, {"endpoint": endpoint, **wanted})
    return [each["state"] for each in found]
