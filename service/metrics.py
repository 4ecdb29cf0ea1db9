"""
What is counted and measured, each thing named once. `GET /metrics` shows it.

Names end in their unit. Labels are few and bounded: never an id, never anything of a caller's.
"""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

# When a series began is a second series for each, and nobody's question.
disable_created_metrics()  # type: ignore[no-untyped-call] # It declares no types at all.

# The read model.
VIEWS_READ: Final = Counter("seti_views_read", "Views asked of Redis and answered by it.")
VIEWS_WRITTEN: Final = Counter("seti_views_written", "Views written to Redis.")
VIEWS_LOST: Final = Counter(
    "seti_views_lost", "Batches of reads or writes that Redis did not answer."
)
PROJECTION_LAG: Final = Gauge(
    "seti_projection_lag_events", "Events in the log that are not known to be in the views yet."
)
VIEWS_WHOLE: Final = Gauge("seti_views_whole", "Whether the views are believed: 1 or 0.")
EVENTS_CAUGHT_UP: Final = Counter(
    "seti_events_caught_up", "Events that the runner projected because no request had."
)
REBUILDS: Final = Counter("seti_rebuilds", "Generations of views that the runner built.")

# The log.
LOG_REFUSES: Final = Gauge(
    "seti_log_refuses", "Whether the last write of the log was refused, as calls are: 1 or 0."
)

# What comes in.
REQUESTS: Final = Counter("seti_requests", "Calls answered.", ["operation", "status"])
REQUEST_SECONDS: Final = Histogram(
    "seti_request_seconds",
    "From a call's arrival to its answer.",
    ["operation"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0),
)

RATE_LIMITED: Final = Counter(
    "seti_rate_limited", "Calls refused because their account made too many.", ["mode"]
)

# What goes out.
ATTEMPTS: Final = Counter(
    "seti_delivery_attempts",
    "Attempts to deliver an event to an endpoint, by what came of it.",
    ["kind"],
)
# From the commit of what happened to the endpoint's 2xx: apart for those that the first attempt
# reached. Each counts once, so the sum is of all that were reached.
DELIVERY_SECONDS: Final = Histogram(
    "seti_delivery_seconds",
    "From an event's commit to its acknowledgement, by how many attempts that took.",
    ["attempts"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0, 300.0, 3600.0, 86_400.0),
)
DELIVERIES_OPEN: Final = Gauge(
    "seti_deliveries_open", "Deliveries that are still to be made, counted now and then."
)
OLDEST_DUE: Final = Gauge(
    "seti_oldest_due_seconds",
    "How long the first delivery in memory has been due, to endpoints that are well or failing.",
    ["endpoints"],
)
BREAKERS: Final = Gauge("seti_breakers", "Endpoints by the state of their breakers.", ["state"])
WINDOWS: Final = Gauge(
    "seti_delivery_windows", "Attempts that all endpoints' windows together would allow."
)
ATTEMPTS_UNDER_WAY: Final = Gauge(
    "seti_attempts_under_way",
    "Attempts under way, by the standing of their endpoints.",
    ["standing"],
)
FLUSH_SECONDS: Final = Histogram(
    "seti_outcomes_flush_seconds",
    "How long the ledger took to write a batch of outcomes.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0),
)
LEDGER_STUCK: Final = Gauge(
    "seti_ledger_stuck", "Whether outcomes cannot be written down, so that none is sent: 1 or 0."
)
DELIVERIES_HELD: Final = Gauge(
    "seti_deliveries_held", "Open deliveries that are held in memory, of those in the ledger."
)
DELIVERIES_GIVEN_UP: Final = Counter(
    "seti_deliveries_given_up", "Deliveries that waited too long for an endpoint that is down."
)
OUTCOMES_WAITING: Final = Gauge(
    "seti_outcomes_waiting", "Outcomes of attempts that the ledger has not taken yet."
)
ENDPOINTS_DISABLED: Final = Counter(
    "seti_endpoints_disabled", "Endpoints disabled since they heard nothing, by reason.", ["reason"]
)

# Proof of the log.
SEALED: Final = Gauge("seti_sealed_position", "The last position of the log that is sealed.")
SEALS_DELAYED: Final = Gauge(
    "seti_seals_delayed", "Whether the last seal could not be written, and is tried again: 1 or 0."
)
SEALS_BROKEN: Final = Gauge(
    "seti_seals_broken", "Whether log and seals disagree, so that nothing is sealed: 1 or 0."
)

# The process.
LOOP_LAG: Final = Histogram(
    "seti_loop_lag_seconds",
    "How much later than it was ready something ran.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0),
)
