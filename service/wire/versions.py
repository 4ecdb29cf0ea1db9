"""
The versions of Stripe's API, as data: which there are, and what differs between them.

Seti speaks the newest and shows older callers what they knew. Only fields that came later
are taken out of an answer; a parameter that came later is taken from anybody, since a
caller who sends it knows it. A beta or a preview counts as the release of its day.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from service.wire.bad_param import BadParam, shown
from service.wire.form import Branch
from service.wire.hashes import Hash
from service.wire.params.setup_intents import SetupIntentCreateParams, SetupIntentUpdateParams

# Oldest to newest. The table reads better in rows than a version a line.
# fmt: off
KNOWN: Final = (
    "2011-01-01", "2011-06-21", "2011-06-28", "2011-08-01", "2011-09-15", "2011-11-17",
    "2012-02-23", "2012-03-25", "2012-06-18", "2012-06-28", "2012-07-09", "2012-09-24",
    "2012-10-26", "2012-11-07", "2013-02-11", "2013-02-13", "2013-07-05", "2013-08-12",
    "2013-08-13", "2013-10-29", "2013-12-03", "2014-01-31", "2014-03-13", "2014-03-28",
    "2014-05-19", "2014-06-13", "2014-06-17", "2014-07-22", "2014-07-26", "2014-08-04",
    "2014-08-20", "2014-09-08", "2014-10-07", "2014-11-05", "2014-11-20", "2014-12-08",
    "2014-12-17", "2014-12-22", "2015-01-11", "2015-01-26", "2015-02-10", "2015-02-16",
    "2015-02-18", "2015-03-24", "2015-04-07", "2015-06-15", "2015-07-07", "2015-07-13",
    "2015-07-28", "2015-08-07", "2015-08-19", "2015-09-03", "2015-09-08", "2015-09-23",
    "2015-10-01", "2015-10-12", "2015-10-16", "2016-02-03", "2016-02-19", "2016-02-22",
    "2016-02-23", "2016-02-29", "2016-03-07", "2016-06-15", "2016-07-06", "2016-10-19",
    "2017-01-27", "2017-02-14", "2017-04-06", "2017-05-25", "2017-06-05", "2017-08-15",
    "2017-12-14", "2018-01-23", "2018-02-05", "2018-02-06", "2018-02-28", "2018-05-21",
    "2018-07-27", "2018-08-23", "2018-09-06", "2018-09-24", "2018-10-31", "2018-11-08",
    "2019-02-11", "2019-02-19", "2019-03-14", "2019-05-16", "2019-08-14", "2019-09-09",
    "2019-10-08", "2019-10-17", "2019-11-05", "2019-12-03", "2020-03-02", "2020-08-27",
    "2022-08-01", "2022-11-15", "2023-08-16", "2023-10-16", "2024-04-10", "2024-06-20",
    "2024-09-30.acacia", "2024-10-28.acacia", "2024-11-20.acacia", "2024-12-18.acacia",
    "2025-01-27.acacia", "2025-02-24.acacia", "2025-03-01.dashboard", "2025-03-31.basil",
    "2025-04-30.basil", "2025-05-28.basil", "2025-06-30.basil", "2025-07-30.basil",
    "2025-08-27.basil", "2025-09-30.clover", "2025-10-29.clover", "2025-11-17.clover",
    "2025-12-15.clover", "2026-01-28.clover", "2026-02-25.clover", "2026-03-25.dahlia",
    "2026-04-22.dahlia", "2026-05-27.dahlia", "2026-06-24.dahlia", "2026-07-29.dahlia",
    "2026-08-26.dahlia", "2026-09-30.endive", "2026-10-28.endive",
)
# fmt: on

_PLACES: Final = {name: place for place, name in enumerate(KNOWN)}
# What is sent names a release, or previews the one of its day.
_PLACES_SENT: Final = _PLACES | {f"{name[:10]}.preview": at for name, at in _PLACES.items()}
_BETAS: Final = re.compile(r"(?:; ?[a-z0-9_]+=v[0-9]+)*", re.ASCII)
_MAX_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class Version:
    """A version that a caller speaks: *name* as it was sent, *place* in the order of all."""

    name: str
    place: int

    def __str__(self) -> str:
        return self.name

    def is_since(self, release: str) -> bool:
        """Tell whether this is *release* (`"2023-08-16"`) or a later one."""
        return self.place >= _PLACES[release]


_VERSIONS: Final = {name: Version(name, place) for name, place in _PLACES.items()}

DEFAULT_VERSION: Final = _VERSIONS["2026-08-26.dahlia"]

# From this release on, an intent that names no types takes all that are enabled.
AUTOMATIC_METHODS_BY_DEFAULT: Final = "2023-08-16"
# The first release that searches.
SEARCH: Final = "2020-08-27"

# Which parameters an operation lost: (operation's params, name) to (release, code).
_LOST_PARAMS: Final[Mapping[tuple[type[Hash], str], tuple[str, str]]] = {
    (declared, "payment_method_types"): (
        "2026-09-30.endive",
        "payment_method_types_no_longer_supported",
    )
    for declared in (SetupIntentCreateParams, SetupIntentUpdateParams)
}
_DECLARED_WITH_LOSSES: Final = frozenset(declared for declared, _ in _LOST_PARAMS)

# Which fields an object gained, and with which release. An error has no `object` of its own.
_ERROR: Final = "error"
_ERROR_FIELDS: Final = frozenset({"error", "last_setup_error", "setup_error"})
_GAINED_FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "customer": {"customer_account": "2025-12-15.clover"},
    "payment_method": {"customer_account": "2025-12-15.clover"},
    "setup_attempt": {"customer_account": "2025-12-15.clover"},
    "setup_intent": {
        "allowed_payment_method_types": "2026-07-29.dahlia",
        "customer_account": "2025-12-15.clover",
        "excluded_payment_method_types": "2025-10-29.clover",
        "managed_payments": "2026-04-22.dahlia",
    },
    _ERROR: {
        "advice_code": "2025-01-27.acacia",
        "network_advice_code": "2024-12-18.acacia",
        "network_decline_code": "2024-12-18.acacia",
    },
}
# Objects that hold no other object and never changed.
_UNCHANGED: Final = frozenset({"webhook_endpoint"})
# The first release that is shown everything as it is.
_SETTLED: Final = max(
    _PLACES[release] for fields in _GAINED_FIELDS.values() for release in fields.values()
)


def parse_version(header: str) -> Version:
    """Return the version that a `Stripe-Version` header asks for. Raise `BadParam` if none."""
    known = _VERSIONS.get(header)
    if known is not None:
        return known
    release, semicolon, betas = header[:_MAX_LENGTH].partition(";")
    place = _PLACES_SENT.get(release)
    if place is None or not _BETAS.fullmatch(semicolon + betas):
        raise BadParam(f"Invalid Stripe API version: {shown(header)}")
    return Version(header[:_MAX_LENGTH], place)


def check_request(version: Version, declared: type[Hash], tree: Branch) -> None:
    """Raise `BadParam` where *tree* holds a parameter that *declared* lost before *version*."""
    if declared not in _DECLARED_WITH_LOSSES:
        return
    for name in tree:
        release, code = _LOST_PARAMS.get((declared, name), (None, None))
        if release is not None and version.is_since(release):
            raise BadParam(
                f"'{name}' is no longer taken since API version {release}. "
                "Send allowed_payment_method_types instead.",
                code=code,
                param=name,
            )


def needs_rendering(version: Version, kind: str) -> bool:
    """Tell whether an object of *kind* (its `object`) has to pass through `render` at all."""
    return version.place < _SETTLED and kind not in _UNCHANGED


def render(version: Version, shown_now: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object, with all that it holds, as *version* knew it. The original is kept."""
    if version.place >= _SETTLED:
        return dict(shown_now)
    return _render(version, shown_now, str(shown_now.get("object")))


def _render(version: Version, current: Mapping[str, Any], kind: str) -> dict[str, Any]:
    gained = _GAINED_FIELDS.get(kind, {})
    return {
        # Metadata is the caller's own: whatever it holds, it is no object of ours.
        name: value if name == "metadata" else _rendered(version, name, value)
        for name, value in current.items()
        if name not in gained or version.is_since(gained[name])
    }


def _rendered(version: Version, name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        kind = _ERROR if name in _ERROR_FIELDS else str(value.get("object"))
        return _render(version, value, kind)
    if isinstance(value, list):
        return [_rendered(version, "", one) for one in value]
    return value
