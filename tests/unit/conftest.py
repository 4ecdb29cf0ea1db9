"""What the unit tests share."""

from hypothesis import HealthCheck, settings

# How fast a machine is that others share says nothing of what is tested.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
# With small faults put in, one process runs the tests again and again.
settings.register_profile(
    "mutants", database=None, suppress_health_check=[HealthCheck.differing_executors]
)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name cases shortly, in plain characters: whatever runs some of them cannot say others."""
    text = val.decode("latin-1") if isinstance(val, bytes) else val
    if not isinstance(text, str):
        return None
    plain = (one if one.isascii() and one.isprintable() and one != "\\" else "_" for one in text)
    return "".join(plain)[:60]
