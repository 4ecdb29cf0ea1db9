"""What handlers work with, put together by the composition root."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from projections.views import Views
from service.api.authentication import Keys
from service.api.delivery_room import DeliveryRoom
from service.api.growth import Growth
from service.api.rate_limits import RateLimits
from service.api.reading import Reader
from service.commands.configurations import Configurations
from service.commands.instruments import Instruments
from service.commands.path import CommandPath
from service.commands.setup_attempts import SetupAttempts
from service.commands.setup_intents import SetupIntents
from service.domain.endpoint_health import Fared
from service.domain.recorded import Recorded
from service.domain.trails import Trail
from service.domain.values import Owner
from service.gateways.port import Gateway
from service.ids import IdMaker
from service.keyring import Keyring
from service.reveal import Reveal
from service.store.protocol import EventStore

Clock = Callable[[], float]
Pending = Callable[[Owner, Sequence[Recorded]], Awaitable[dict[str, int]]]
UrlCheck = Callable[[str, bool], None]
# Told the streams that were forgotten, and how long they are.
Wipe = Callable[[Mapping[str, int]], Awaitable[None]]
Trails = Callable[[Sequence[str]], Awaitable[Mapping[str, Sequence[Trail]]]]
EndpointsHealth = Callable[[Sequence[str]], Awaitable[Mapping[str, Fared]]]


@dataclass(frozen=True, kw_only=True)
class House:
    """
    Every collaborator of the API.

    *clock* gives Unix seconds. *pending* tells of an owner's announced events, by the ids
    they are announced under, how many endpoints have still to acknowledge each. *check_url*
    raises `ValueError` with a sentence for a URL that no webhook endpoint may have in a mode
    (live: true). *health* tells how endpoints have fared, by their ids; *trails* where events
    went, by theirs. *wipe* leaves nothing of what was forgotten in any copy of it; it raises
    `StoreUnavailable` where it cannot. *growth* is what those wait for who follow the log.
    *deliveries* shows what was delivered, and sends it again.
    """

    store: EventStore
    path: CommandPath
    views: Views
    reader: Reader
    keys: Keys
    rate_limits: RateLimits
    keyring: Keyring
    reveal: Reveal
    gateway: Gateway
    instruments: Instruments
    configurations: Configurations
    setup_attempts: SetupAttempts
    setup_intents: SetupIntents
    new_id: IdMaker
    clock: Clock
    pending: Pending
    check_url: UrlCheck
    health: EndpointsHealth
    wipe: Wipe
    growth: Growth
    trails: Trails
    deliveries: DeliveryRoom
