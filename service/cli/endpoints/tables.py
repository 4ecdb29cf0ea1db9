"""Webhook endpoints as a person reads them. A secret goes to stdout alone, where a script is."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from service.console import print_table, rfc3339

Endpoint = Mapping[str, Any]

_TYPES_SHOWN: Final = 3
_COUNTED: Final = {"failures": "failed in a row", "open": "open", "parked": "parked"}
_REASONS: Final = {
    "failing": "heard nothing for three days",
    "gone": "answered that it is gone",
    "requested": "by request",
}


def print_endpoints(endpoints: Iterable[Endpoint]) -> None:
    """Print a few lines for each."""
    table = Table("endpoint", "status, last success", "events", "deliveries")
    for endpoint in endpoints:
        table.add_row(
            Text(f"{endpoint['id']}\n{endpoint['url']}", overflow="fold"),
            Text.assemble(_status(endpoint), "\n", _instant(endpoint["health"]["last_success_at"])),
            _types(endpoint["enabled_events"]),
            _counts(endpoint["health"]),
        )
    print_table(table, empty="There are no endpoints. `seti endpoints create URL` makes one.")


def print_endpoint(endpoint: Endpoint, *, stderr: bool = False) -> None:
    """Print all that there is to one."""
    table = Table(show_header=False)
    table.add_column("what", style="bold")
    table.add_column("is", overflow="fold")
    for name, value in _rows(endpoint):
        table.add_row(name, value)
    print_table(table, stderr=stderr)


def print_with_secret(endpoint: Endpoint) -> None:
    """Print what was made on stderr, and its signing secret on stdout."""
    print_endpoint(endpoint, stderr=True)
    sys.stderr.write("The signing secret is shown this once:\n")
    sys.stderr.flush()
    sys.stdout.write(f"{endpoint['secret']}\n")


def _rows(endpoint: Endpoint) -> Iterator[tuple[str, Text]]:
    yield "id", Text(endpoint["id"])
    yield "status", _status(endpoint)
    if endpoint["status_details"]:
        yield from _why(endpoint["status_details"])
    yield "URL", Text(endpoint["url"])
    yield "events", Text("\n".join(endpoint["enabled_events"]))
    for name in ("description", "api_version", "application"):
        if endpoint[name]:
            yield name.replace("_", " "), Text(endpoint[name])
    yield "ordered", Text("yes" if endpoint["ordered"] else "no")
    for name, value in endpoint["headers"].items():
        yield "header", Text(f"{name}: {value}")
    for secret in endpoint["secrets"]:
        yield "secret", _secret(secret)
    yield from _health(endpoint["health"])


def _health(health: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    yield "last success", _instant(health["last_success_at"])
    yield "last failure", _instant(health["last_failure_at"])
    if health["last_outcome"]:
        status = f" ({health['last_status']})" if health["last_status"] else ""
        yield "last outcome", Text(health["last_outcome"] + status)
    if health["failures"]:
        since = f"{health['failures']} since {rfc3339(health['failing_since'])}"
        yield "failures", Text(since, style="red")
    yield "open", Text(str(health["open"]))
    yield "parked", Text(str(health["parked"]))


def _status(endpoint: Endpoint) -> Text:
    if endpoint["status_details"] is not None:
        return Text(f"disabled, {endpoint['status_details']['reason']}", style="red")
    if endpoint["health"]["failures"]:
        return Text("enabled, failing", style="yellow")
    return Text("enabled", style="green")


def _types(types: list[str]) -> Text:
    more = len(types) - _TYPES_SHOWN
    shown = types[:_TYPES_SHOWN] + ([f"and {more} more"] if more > 0 else [])
    return Text("\n".join(shown), overflow="fold")


def _counts(health: Mapping[str, Any]) -> Text:
    counts = ((health[of], name) for of, name in _COUNTED.items())
    return Text("\n".join(f"{count} {name}" for count, name in counts if count))


def _why(details: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    yield "disabled", Text(f"{rfc3339(details['at'])}: {_REASONS[details['reason']]}", style="red")
    if details["failing_since"] is not None:
        yield "failed since", Text(rfc3339(details["failing_since"]))


def _secret(secret: Mapping[str, Any]) -> Text:
    made = f"made {rfc3339(secret['created'])}"
    if secret["expires_at"] is None:
        return Text(made)
    return Text(f"{made}, signs until {rfc3339(secret['expires_at'])}", style="yellow")


def _instant(at: int | None) -> Text:
    return Text("never", style="dim") if at is None else Text(rfc3339(at))
