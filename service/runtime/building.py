"""The API's house, put together from what is running."""

from aiohttp import web

from projections.model import ReadModel
from service import config
from service.api.authentication import Keys
from service.api.delivery_room import DeliveryRoom
from service.api.directory import Directory
from service.api.growth import Growth
from service.api.house import EndpointsHealth, House, Pending, Trails, UrlCheck, Wipe
from service.api.rate_limits import RateLimits
from service.api.reading import Reader
from service.commands.configurations import Configurations
from service.commands.instruments import Instruments
from service.commands.path import CommandPath
from service.commands.setup_attempts import SetupAttempts
from service.commands.setup_intents import SetupIntents
from service.config import Settings
from service.gateways.simulator import Simulator
from service.ids import IdMaker
from service.keyring import Keyring
from service.pages.house import Pages
from service.pages.routes import routes
from service.reveal import Reveal
from service.runtime.parts import Clock
from service.store.sqlite import SqliteLog
from service.webhooks.guard import Guard
from service.webhooks.urls import check_url


def make_house(  # noqa: PLR0913 - the composition's one constructor
    settings: Settings,
    *,
    log: SqliteLog,
    model: ReadModel,
    keyring: Keyring,
    pending: Pending,
    health: EndpointsHealth,
    wipe: Wipe,
    trails: Trails,
    deliveries: DeliveryRoom,
    clock: Clock,
) -> House:
    """Return everything that the API works with."""
    new_id = IdMaker()
    growth = Growth()
    log.listen(growth.grew)
    gateway = Simulator(keyring.fingerprint)
    instruments = Instruments(gateway, new_id)
    configurations = Configurations(keyring)
    return House(
        store=log,
        path=CommandPath(log, model.views, config.FOLDS_CACHED_MAX),
        views=model.views,
        reader=Reader(log, model.views),
        keys=Keys(Directory(keyring.application_id)),
        rate_limits=RateLimits(settings.rate_limit_test, settings.rate_limit_live),
        keyring=keyring,
        reveal=Reveal(keyring, settings.base_url),
        gateway=gateway,
        instruments=instruments,
        configurations=configurations,
        setup_intents=SetupIntents(gateway, instruments, configurations),
        setup_attempts=SetupAttempts(gateway, instruments),
        new_id=new_id,
        clock=clock,
        pending=pending,
        check_url=_url_check(settings),
        health=health,
        wipe=wipe,
        growth=growth,
        trails=trails,
        deliveries=deliveries,
    )


def _url_check(settings: Settings) -> UrlCheck:
    guards = {
        livemode: Guard.of_mode(settings.webhook_allow, livemode=livemode)
        for livemode in (False, True)
    }
    return lambda url, livemode: check_url(url, guards[livemode], livemode=livemode)


def pages_of(house: House) -> list[web.RouteDef]:
    """Return the routes of what people see."""
    pages = Pages(
        path=house.path,
        setup_attempts=house.setup_attempts,
        keyring=house.keyring,
        addresses=house.reveal.addresses,
        new_id=house.new_id,
        clock=house.clock,
    )
    return routes(pages)
