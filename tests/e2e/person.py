"""Somebody of whom something is told in every kind of object, and who looks for it in any byte."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tests.e2e.client import Api
from tests.e2e.intents import INTENTS
from tests.e2e.redis_of import held, redis_of
from tests.e2e.server import Server

CUSTOMERS: Final = "/v1/customers"
BILLING: Final = {
    "name": "Zaphodine",
    "email": "Zaphodine@example.org",
    "phone": "+1 555 0142 4242",
    "address": {"line1": "Magrathea-Street 42", "city": "Betelgeuse"},
}
CARD: Final = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2040, "cvc": "123"}
DECLINED: Final = {**CARD, "number": "4000000000000002"}
ONLINE: Final = {"ip_address": "203.0.113.142", "user_agent": "Magrathea/1.0"}
MANDATE: Final = {"customer_acceptance": {"type": "online", "online": ONLINE}}
TOLD: Final = (b"zaphodine", b"magrathea", b"betelgeuse", b"0142 4242", b"203.0.113.142")


def a_person(api: Api, browser: Api) -> str:
    """Return a customer of whom something is told in every kind of object there is."""
    person: str = api.post(
        CUSTOMERS,
        {
            **BILLING,
            "description": "Magrathea-note",
            "metadata": {"who": "Zaphodine"},
            "tax": {"ip_address": ONLINE["ip_address"]},
            "tax_id_data": [{"type": "eu_vat", "value": "DE-BETELGEUSE"}],
        },
        Idempotency_Key="a-person",
    ).object["id"]
    api.post(
        f"{CUSTOMERS}/{person}", {"shipping": {"name": "Zaphodine", "address": {"line1": "x"}}}
    )
    method = browser.post(
        "/v1/payment_methods", {"type": "card", "card": CARD, "billing_details": BILLING}
    ).object["id"]
    api.post(f"/v1/payment_methods/{method}/attach", {"customer": person})
    api.post(f"/v1/payment_methods/{method}", {"metadata": {"who": "Zaphodine"}})
    intent_of(api, person, "card", DECLINED)
    intent_of(api, person, "sepa_debit", {"iban": "DE89370400440532013000"})
    confirmed_with_a_token(api, person)
    return person


def intent_of(api: Api, person: str, type_: str, instrument: dict[str, Any]) -> None:
    form = {
        "customer": person,
        "confirm": True,
        "description": "Betelgeuse-note",
        "metadata": {"note": "Zaphodine"},
        "payment_method_types": [type_],
        "payment_method_data": {"type": type_, type_: instrument, "billing_details": BILLING},
    }
    api.post(INTENTS, form if type_ == "card" else {**form, "mandate_data": MANDATE})


def confirmed_with_a_token(api: Api, person: str) -> None:
    token = api.post(
        "/v1/tokens", {"card": {**CARD, "name": "Zaphodine", "address_city": "Betelgeuse"}}
    ).object["id"]
    described = {"type": "card", "card": {"token": token}, "billing_details": BILLING}
    confirmation = api.post(
        "/v1/test_helpers/confirmation_tokens",
        {
            "payment_method_data": described,
            "shipping": {"name": "Zaphodine", "address": {"line1": "Magrathea-Street 42"}},
        },
    ).object["id"]
    form = {"customer": person, "confirm": True, "confirmation_token": confirmation}
    assert api.post(INTENTS, form).object["status"] == "succeeded"


def words_in(directory: Path) -> list[tuple[str, bytes]]:
    """Return which of the words any file below *directory* tells, in any case of letters."""
    files = [file for file in directory.rglob("*") if file.is_file()]
    return [
        (file.name, word)
        for file in files
        for content in [file.read_bytes().lower()]
        for word in TOLD
        if word in content
    ]


def words_in_redis(server: Server) -> list[bytes]:
    with redis_of(server) as client:
        everything = repr(held(client)).lower().encode()
    return [word for word in TOLD if word in everything]


def delivered_all(server: Server) -> bool:
    with closing(sqlite3.connect(server.data_dir / "ledger.sqlite3")) as ledger:
        ((waiting,),) = ledger.execute("SELECT count(*) FROM deliveries WHERE state = 'open'")
        ((position,),) = ledger.execute("SELECT position FROM tracking")
    return bool(waiting == 0 and position == server.health["log"]["position"])
