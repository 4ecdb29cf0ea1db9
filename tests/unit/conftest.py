"""What the unit tests share."""

from hypothesis import HealthCheck, settings

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
