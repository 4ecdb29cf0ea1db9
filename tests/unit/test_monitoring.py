"""What is deployed to watch Seti asks only for what Seti tells."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml  # type: ignore[import-untyped] # It comes with no types.
from prometheus_client.metrics import MetricWrapperBase

from service import metrics

DEPLOY: Final = Path(__file__).parents[2] / "deploy"
RUNBOOK: Final = (DEPLOY / "RUNBOOK.md").read_text()
RULES: Final[list[dict[str, Any]]] = [
    rule
    for group in yaml.safe_load((DEPLOY / "prometheus-rules.yaml").read_text())["groups"]
    for rule in group["rules"]
]
PANELS: Final[list[dict[str, Any]]] = json.loads((DEPLOY / "grafana-dashboard.json").read_text())[
    "panels"
]
EXPRESSIONS: Final = [
    *(pytest.param(rule["expr"], id=rule["alert"]) for rule in RULES),
    *(
        pytest.param(target["expr"], id=f"{panel['title']} {target['refId']}")
        for panel in PANELS
        for target in panel["targets"]
    ),
]


def told() -> dict[str, set[str]]:
    """Return the labels of every series that is told, by its name."""
    found: dict[str, set[str]] = {}
    for metric in vars(metrics).values():
        for family in metric.describe() if isinstance(metric, MetricWrapperBase) else ():
            labels = set(metric._labelnames)
            for suffix in {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(
                family.type, ("",)
            ):
                found[family.name + suffix] = labels | ({"le"} if suffix == "_bucket" else set())
    return found


TOLD: Final = told()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_asks_for_what_is_told(expression: str) -> None:
    """Every metric that is named is told, with every label that it is asked by."""
    names = re.findall(r"\bseti_\w+", expression)
    assert names
    assert set(names) <= TOLD.keys()
    asked = set(re.findall(r"(\w+)\s*[!=]=?~?\s*\"", expression))
    for by in re.findall(r"by \(([^)]*)\)", expression):
        asked |= {label.strip() for label in by.split(",")}
    assert asked <= set.union(*(TOLD[name] for name in names))
    assert expression.count("(") == expression.count(")")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_alerts_lead_somewhere(rule: dict[str, Any]) -> None:
    """Every alert says what is wrong, how badly, and which entry of the runbook to read."""
    titles = re.findall(r"^## (.+)$", RUNBOOK, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-") for title in titles}
    file, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert (file, anchor in anchors) == ("RUNBOOK.md", True)
    assert rule["labels"]["severity"] in {"page", "warn"}
    assert rule["annotations"]["summary"].endswith(".")


def test_everything_that_goes_out_is_watched() -> None:
    """Each metric of deliveries, of seals and of the loop is in an alert or on the dashboard."""
    shown = " ".join(str(param.values[0]) for param in EXPRESSIONS)
    wanted = {name for name in TOLD if re.search(r"deliver|outcomes|breaker|due|loop|seals", name)}
    missed = {
        name for name in wanted if not name.endswith(("_sum", "_count")) and name not in shown
    }
    assert missed == set()
