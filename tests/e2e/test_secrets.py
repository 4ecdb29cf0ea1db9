"""No secret and no card number is kept, logged, or told to anybody but whom it belongs to."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from service.keyring import Keyring
from tests.described import form
from tests.e2e.client import Answer, Api
from tests.e2e.intents import INTENTS, authenticate, challenged, path_of
from tests.e2e.redis_of import held, redis_of
from tests.e2e.server import MASTER_KEY, PUBLISHABLE_KEY, SECRET_KEY, Server, until
from tests.e2e.subscriber import subscriber
from tests.e2e.visiting import visit

NUMBERS = (
    "4242424242424242",
    "4000000000000002",
    "5555555555554444",
    "4000000000003220",
    "4242424242424241",
    "4539578763621486",
)
# Of bank accounts, by type: the part that holds the number, and the number.
ACCOUNTS = (
    ("acss_debit", "account_number", "000123456789"),
    ("au_becs_debit", "account_number", "900123456"),
    ("bacs_debit", "account_number", "90012345"),
    ("payto", "account_number", "922222227"),
    ("sepa_debit", "iban", "DE89370400440532013000"),
    ("sepa_debit", "iban", "FR1420041010050500013M02606"),
    ("sepa_debit", "iban", "DE02120300000000202051"),
    ("us_bank_account", "account_number", "000123456789"),
    ("us_bank_account", "account_number", "000999999991"),
)
# A number this long is seen for what it is wherever it is sent by mistake.
RECOGNISED = 12
SPACED = "4242 4242 4242 4242"
DASHED = "4242-4242-4242-4242"
ACCEPTED = {
    "customer_acceptance": {
        "type": "online",
        "online": {"ip_address": "203.0.113.7", "user_agent": "a browser"},
    }
}
# Of an endpoint: what its owner chose.
CREDENTIAL = "aVeryLongCredentialOfAnOwner"
CHOSEN = "TheOwnersChosenSigningSecret1234"
KEYRING = Keyring(bytes.fromhex(MASTER_KEY))
LIVE_KEYS = tuple(
    KEYRING.api_key(KEYRING.first_account(), kind, livemode=True) for kind in ("sk", "pk")
)


def _card(number: str) -> dict[str, Any]:
    return {"number": number, "exp_month": 12, "exp_year": 2034, "cvc": "987"}


def _calls(api: Api) -> Iterable[Answer]:
    """Send cards and accounts to where they belong and to where they do not."""
    for number in (*NUMBERS, SPACED, DASHED):
        yield from _told(api, {"type": "card", "card": _card(number)})
        yield from _astray(api, number)
        yield api.post("/v1/tokens", {"card": _card(number)})
        yield api.post("/v1/payment_methods", {"type": "card", "card": {"token": number}})
    for type_, part, number in ACCOUNTS:
        account = {"bsb_number": "000000", "pay_id": None} if type_ == "payto" else {}
        yield from _told(api, form(type_, **account, **{part: number}))
        account = {"country": "US", "routing_number": "110000000", "account_number": number}
        yield api.post("/v1/tokens", {"bank_account": account})
        if len(number) >= RECOGNISED:
            yield from _astray(api, number)


def _told(api: Api, method: dict[str, Any]) -> Iterable[Answer]:
    """Send an instrument to where it belongs."""
    types = [method["type"]]
    yield api.post("/v1/payment_methods", method)
    whole = {"payment_method_types": types, "payment_method_data": method, "confirm": True}
    yield api.post(INTENTS, {**whole, "mandate_data": ACCEPTED})
    yield api.post(INTENTS, {"payment_method_data": {**method, "wat": "wat"}})
    yield api.post("/v1/test_helpers/confirmation_tokens", {"payment_method_data": method})


def _astray(api: Api, number: str) -> Iterable[Answer]:
    """Send a number to where none belongs."""
    yield api.post(INTENTS, {"payment_method_data": {"type": "card", "wat": number}})
    yield api.post(INTENTS, {number: number})
    yield api.post(INTENTS, {"usage": number, "metadata": {f"[{number}": "x"}})
    yield api.post(INTENTS, {"confirm": number})
    yield api.post("/v1/customers", {"balance": f"{number}x"})
    yield api.get(f"/v1/{number.replace(' ', '%20')}")
    yield api.get(INTENTS, {"created": f"{number}x"})
    yield api.get("/v1/customers/search", {"query": f"phone:{number}"})
    yield api.get("/v1/customers/search", {"query": f"created>{number}x"})
    yield api.get("/v1/customers/search", {"query": "phone:1", "page": number})
    yield api.post(INTENTS, {"confirm": "true", "confirmation_token": number})
    yield api.post(INTENTS, {"payment_method_configuration": number})
    yield api.get(INTENTS, Stripe_Version=number)
    yield api.get(INTENTS, Stripe_Account=number)
    yield api.call("POST", INTENTS, f'{{"card":"{number}"}}'.encode(), {"Content-Type": "a/b"})


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, "Found"]:
    """A server that has seen cards and secrets, and all that could be found about it."""
    server = Server(tmp_path_factory.mktemp("lived") / "data").start()
    found = Found()
    try:
        with Api(server.url, SECRET_KEY) as api, Api(server.url, PUBLISHABLE_KEY) as browser:
            found.refusals = [one for one in _calls(api) if one.status >= 400]
            found.secrets = list(_live(api, browser))
            found.kept |= dict(_audited(api))
        with redis_of(server) as client:
            found.kept["redis"] = repr(held(client)).encode()
        found.kept |= _files(server.data_dir, "running")
    finally:
        server.close()
    found.kept |= _files(server.data_dir, "stopped")
    found.kept["stdout"] = "\n".join(server.output.lines).encode()
    return server, found


class Found:
    """What was told and what is kept, by the place that it was found in."""

    def __init__(self) -> None:
        self.refusals: list[Answer] = []
        self.secrets: list[str] = []
        self.kept: dict[str, bytes] = {}


def _audited(api: Api) -> Iterable[tuple[str, bytes]]:
    """Give what is told to auditors: the log, and the history of each object in it."""
    log = api.get("/seti/v1/log").body
    yield "the log as a stream", log
    shown = {"seti_": "setup_intents", "pm_": "payment_methods", "we_": "webhook_endpoints"}
    for stream in {json.loads(line)["stream"] for line in log.splitlines()}:
        for prefix, kind in shown.items():
            if stream.startswith(prefix):
                yield f"history of {stream}", api.get(f"/seti/v1/{kind}/{stream}/history").body


def _files(directory: Path, when: str) -> dict[str, bytes]:
    names = [path for path in directory.rglob("*") if path.is_file()]
    return {f"{when} {path.relative_to(directory)}": path.read_bytes() for path in names}


def _addresses(api: Api) -> Iterable[str]:
    """Give the address of every other page that there is, and of both images."""
    scanned = _confirmed(api, "pix")["next_action"]["pix_display_qr_code"]
    for name in ("hosted_instructions_url", "image_url_png", "image_url_svg"):
        yield scanned[name]
    deposited = _confirmed(api, "us_bank_account")["next_action"]["verify_with_microdeposits"]
    yield deposited["hosted_verification_url"]
    mandate = api.get(f"/v1/mandates/{_confirmed(api, 'sepa_debit')['mandate']}").object
    yield mandate["payment_method_details"]["sepa_debit"]["url"]


def _confirmed(api: Api, type_: str) -> dict[str, Any]:
    whole = {"payment_method_types": [type_], "payment_method_data": form(type_), "confirm": True}
    return api.post(INTENTS, {**whole, "mandate_data": ACCEPTED}, Idempotency_Key=type_).object


def _live(api: Api, browser: Api) -> Iterable[str]:
    """Go through everything that has a secret, and give each secret."""
    endpoint = {"url": "http://127.0.0.1:9/hook", "enabled_events": ["*"]}
    yield api.post("/v1/webhook_endpoints", endpoint, Idempotency_Key="endpoint").object["secret"]
    yield from _of_an_endpoint(api)
    intent = challenged(api, return_url="https://shop.example/back")
    url: str = intent["next_action"]["redirect_to_url"]["url"]
    yield url.partition("signature=")[2]
    authenticate(intent, "complete")
    for address in _addresses(api):
        visit(address)
        visit(address, {"code": "SM99ZZ"})
        yield address.partition("signature=")[2]
    kept = api.post(INTENTS, {"payment_method": "pm_card_visa"}, Idempotency_Key="intent").object
    query = {"client_secret": kept["client_secret"]}
    browser.get(path_of(kept), query)
    browser.get(path_of(kept), {"client_secret": kept["client_secret"] + "x"})
    browser.post(path_of(kept, "/confirm"), {**query, "key": browser.key, "return_url": "a://b"})
    api.get(f"{INTENTS}/{kept['client_secret']}")
    api.get(f"/v1/{kept['client_secret']}")
    api.get(INTENTS, Authorization=f"Bearer {SECRET_KEY}x")
    for one in (intent, kept):
        yield one["client_secret"].partition("_secret_")[2]


def _of_an_endpoint(api: Api) -> Iterable[str]:
    """Give what an endpoint's owner chose, and a secret that was rolled, once all was sent."""
    own = "/seti/v1/webhook_endpoints"
    with subscriber() as there:
        headers = {"Authorization": f"Bearer {CREDENTIAL}"}
        form = {"url": there.url, "enabled_events": ["mandate.updated"], "headers": headers}
        path = f"{own}/{api.post(own, form, Idempotency_Key='own').object['id']}"
        for number, more in enumerate(({}, {"secret": f"whsec_{CHOSEN}"})):
            roll = api.post(f"{path}/roll_secret", more, Idempotency_Key=f"roll {number}").object
            yield roll["secret"].removeprefix("whsec_")
        there.secret = roll["secret"]
        api.post(f"{path}/roll_secret", {"secret": CREDENTIAL})
        api.post(path, {"headers": {"X A": CREDENTIAL, "X-B": f"{CREDENTIAL}\n"}})
        api.post(f"{path}/ping")
        until(lambda: there.heard)
    yield CREDENTIAL


def _assert_nowhere(found: Found, secrets: Iterable[str], at_least: int = 12) -> None:
    for secret in secrets:
        assert len(secret) >= at_least
        places = [name for name, text in found.kept.items() if secret.encode() in text]
        assert places == [], secret


def test_no_card_number_is_kept(lived: tuple[Server, Found]) -> None:
    """No number is in the log, the views, the answers' table, the dump, or a line."""
    _assert_nowhere(lived[1], (*NUMBERS, SPACED, DASHED))


def test_no_account_number_is_kept(lived: tuple[Server, Found]) -> None:
    """The number of no bank account is anywhere but in its last four digits."""
    for *_, number in ACCOUNTS:
        _assert_nowhere(lived[1], (number,), at_least=8)


def test_no_security_code_is_kept(lived: tuple[Server, Found]) -> None:
    """The code on the back of a card is kept nowhere in a card's own place."""
    shapes = re.compile(rb'"cvc"\s*:\s*"?987|cvc=987|card\[cvc\]')
    assert [name for name, text in lived[1].kept.items() if shapes.search(text)] == []


def test_no_number_is_told_back(lived: tuple[Server, Found]) -> None:
    """A refusal tells what is wrong, and not the number."""
    refusals = lived[1].refusals
    assert len(refusals) > 50
    for refused in refusals:
        told = re.sub(rb"[ -]", b"", refused.body)
        numbers = (*NUMBERS, *(number for *_, number in ACCOUNTS))
        assert [number for number in numbers if number.encode() in told] == [], refused.body


def test_no_derived_secret_is_kept(lived: tuple[Server, Found]) -> None:
    """Client secrets, signing secrets, headers and signatures of pages are in answers only."""
    assert len(lived[1].secrets) == 12
    _assert_nowhere(lived[1], lived[1].secrets)


def test_no_key_is_kept(lived: tuple[Server, Found]) -> None:
    """API keys are kept as digests, and shown masked."""
    _assert_nowhere(lived[1], (SECRET_KEY, PUBLISHABLE_KEY, *LIVE_KEYS, MASTER_KEY))


def test_everything_was_looked_at(lived: tuple[Server, Found]) -> None:
    """The log, the ledger, the dump and the lines were there to be looked at."""
    server, found = lived
    for name in ("stopped seti.sqlite3", "stopped ledger.sqlite3", "running seti.sqlite3-wal"):
        assert name in found.kept
    assert b"seti_" in found.kept["redis"]
    assert b"EndpointSecretRolled" in found.kept["the log as a stream"]
    assert any("history of we_" in name for name in found.kept)
    assert b"command.handled" in found.kept["stdout"]
    assert any("views.rdb" in name for name in found.kept), server.data_dir


def test_nobody_else_reads_the_files(tmp_path: Path) -> None:
    """What a server writes is for its owner alone, though its directory is open to others."""
    directory = tmp_path / "data"
    directory.mkdir()
    directory.chmod(0o755)
    server = Server(directory).start()
    with Api(server.url, SECRET_KEY) as client:
        client.post("/v1/customers", {"name": "Jane"})
    server.stop()
    written = [file for file in directory.rglob("*") if file.is_file()]
    assert written
    assert [file for file in written if file.stat().st_mode & 0o077] == []
