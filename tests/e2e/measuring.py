"""What a server tells of itself at `/metrics`, for tests that ask for one number of it."""

import urllib.request

from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.server import Server


def measured(server: Server, name: str, **labels: str) -> float:
    """Return the value of the series *name* with exactly *labels*; nothing yet is 0."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=5) as answer:  # noqa: S310 - our own URL
        families = list(text_string_to_metric_families(answer.read().decode()))
    samples = (sample for family in families for sample in family.samples)
    return next((one.value for one in samples if (one.name, one.labels) == (name, labels)), 0)
