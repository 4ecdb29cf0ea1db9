"""What the unit tests share."""

from hypothesis import HealthCheck, settings

# With small faults put in, one process runs the tests again and again.
settings.register_profile(
    "mutants", database=None, suppress_health_check=[HealthCheck.differing_executors]
)
