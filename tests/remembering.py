"""A shop that writes down every answer it gets, with the moment that it was true at."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import aiohttp

from service.keyring import Keyring
from service.operating.asking import ask
from service.operating.protocol import SOCKET, UpdateAccount
from service.runtime.serving import Served
from service.sockets import socket_in
from tests.e2e.client import encoded
from tests.e2e.server import MASTER_KEY, SECRET_KEY

__all__ = ["MASTER_KEY", "SECRET_KEY", "Shop", "Way"]

PATHS: Final = {
    "seti": "setup_intents",
    "cus": "customers",
    "pm": "payment_methods",
    "mandate": "mandates",
    "we": "webhook_endpoints",
}
_EXPANDED: Final = {
    "cus": ("invoice_settings.default_payment_method",),
    "seti": ("latest_attempt", "payment_method.customer", "mandate", "customer"),
    "pm": ("customer",),
    "mandate": ("payment_method",),
}
VERSIONS: Final = (None, "2022-11-15", "2026-10-28.endive")
_BANK: Final = {
    "payment_method_data": {
        "type": "sepa_debit",
        "sepa_debit": {"iban": "DE89370400440532013000"},
        "billing_details": {"name": "Jenny", "email": "jenny@example.com"},
    },
    "payment_method_types": ["sepa_debit"],
    "mandate_data": {"customer_acceptance": {"type": "offline"}},
}


class Way(NamedTuple):
    """A way to look at an object: in a version of the API, or none, and with what expanded."""

    name: str
    version: str | None
    expand: tuple[str, ...]


class Told(NamedTuple):
    """An answer, as far as it is one of the object's."""

    status: int
    version: str
    body: bytes


@dataclass
class Shop:
    """
    A caller of *served*, whose clock says *now*.

    *then* holds what was answered, by the way of asking, at the end of each second and as of
    each version.
    """

    served: Served
    session: aiohttp.ClientSession
    now: float
    names: list[str] = field(default_factory=list)
    then: dict[tuple[Way, str], Told] = field(default_factory=dict)

    def of(self, kind: str) -> list[str]:
        return [name for name in self.names if name.startswith(f"{kind}_")]

    async def does(self, step: str, choice: int) -> None:
        """Do *step* with whichever objects *choice* falls on, if it may be done."""
        made = await getattr(self, f"_{step}")(choice)
        for name in _named(made):
            if name not in self.names:
                self.names.append(name)

    async def look(self) -> None:
        """Ask for everything in every way, and write it down."""
        for name in self.names:
            version = f"v{await self._version(name)}"
            for way in ways(name):
                told = await self.see(way)
                self.then[way, str(int(self.now))] = told
                self.then.setdefault((way, version), told)

    async def see(self, way: Way, at: str | None = None) -> Told:
        """Return what is answered now, or by looking back *at* a moment."""
        own = "" if at is None else "/seti"
        path = f"{own}/v1/{PATHS[way.name.partition('_')[0]]}/{way.name}"
        asked = {"expand": list(way.expand)} | ({} if at is None else {"at": at})
        headers = {} if way.version is None else {"Stripe-Version": way.version}
        async with self._call("GET", f"{path}?{encoded(asked)}", headers=headers) as answer:
            return Told(answer.status, answer.headers["Stripe-Version"], await answer.read())

    async def _version(self, name: str) -> int:
        path = f"/seti/v1/{PATHS[name.partition('_')[0]]}/{name}/history?limit=1"
        async with self._call("GET", path) as answer:
            (entry,) = (await answer.json())["data"]
            version: int = entry["version"]
            return version

    def _call(self, method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {SECRET_KEY}"} | more.pop("headers", {})
        url = f"http://127.0.0.1:{self.served.settings.port}{path}"
        return self.session.request(method, url, headers=headers, **more)

    async def _post(self, path: str, form: dict[str, Any]) -> dict[str, Any]:
        content = {"Content-Type": "application/x-www-form-urlencoded"}
        async with self._call("POST", path, data=encoded(form), headers=content) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    def _any(self, kind: str, choice: int) -> str:
        names = self.of(kind)
        return names[choice % len(names)] if names else f"{kind}_none"

    async def _customer(self, choice: int) -> Any:
        return await self._post("/v1/customers", {"name": f"Customer {choice}"})

    async def _owner(self, choice: int) -> Any:
        """Make a customer who begins with a payment method, which is attached after that."""
        method = self._any("pm", choice)
        default = {"invoice_settings": {"default_payment_method": method}}
        return await self._post("/v1/customers", {"payment_method": method, **default})

    async def _rename(self, choice: int) -> Any:
        form = {"name": f"Name {choice}", "metadata": {"order": str(choice)}}
        return await self._post(f"/v1/customers/{self._any('cus', choice)}", form)

    async def _delete(self, choice: int) -> Any:
        async with self._call("DELETE", f"/v1/customers/{self._any('cus', choice)}") as answer:
            return await answer.json()

    async def _method(self, _: int) -> Any:
        return await self._post(
            "/v1/payment_methods", {"type": "card", "card": {"token": "tok_visa"}}
        )

    async def _attach(self, choice: int) -> Any:
        path = f"/v1/payment_methods/{self._any('pm', choice)}/attach"
        return await self._post(path, {"customer": self._any("cus", choice)})

    async def _detach(self, choice: int) -> Any:
        return await self._post(f"/v1/payment_methods/{self._any('pm', choice)}/detach", {})

    async def _intent(self, choice: int) -> Any:
        customer = {"customer": self._any("cus", choice)} if choice % 2 else {}
        return await self._post("/v1/setup_intents", {"usage": "off_session", **customer})

    async def _mandated(self, choice: int) -> Any:
        path, customer = "/v1/setup_intents", {"customer": self._any("cus", choice)}
        form = {**_BANK, "confirm": "true", **(customer if choice % 2 else {})}
        told = await self._post(path, form)
        assert "error" not in told or "customer" in form, told
        return told

    async def _banked(self, _: int) -> Any:
        """Begin with a bank account, whose mandate holds once its deposits are named."""
        form = {
            "confirm": "true",
            "mandate_data": {"customer_acceptance": {"type": "offline"}},
            "payment_method_data": {
                "type": "us_bank_account",
                "us_bank_account": {
                    "account_holder_type": "individual",
                    "account_number": "000123456789",
                    "routing_number": "110000000",
                },
                "billing_details": {"name": "Jenny"},
            },
            "payment_method_options": {"us_bank_account": {"verification_method": "microdeposits"}},
            "payment_method_types": ["us_bank_account"],
        }
        told = await self._post("/v1/setup_intents", form)
        assert told["status"] == "requires_action", told
        return told

    async def _verify(self, choice: int) -> Any:
        path = f"/v1/setup_intents/{self._any('seti', choice)}/verify_microdeposits"
        return await self._post(path, {"amounts": [32, 45]})

    async def _update(self, choice: int) -> Any:
        form = {"description": f"Order {choice}", "metadata": {f"key {choice % 3}": choice}}
        return await self._post(f"/v1/setup_intents/{self._any('seti', choice)}", form)

    async def _confirm(self, choice: int) -> Any:
        cards = ("visa", "visa_chargeDeclined", "authenticationRequired")
        form = {
            "payment_method": f"pm_card_{cards[choice % len(cards)]}",
            "return_url": "https://shop.example/back",
        }
        return await self._post(f"/v1/setup_intents/{self._any('seti', choice)}/confirm", form)

    async def _cancel(self, choice: int) -> Any:
        return await self._post(f"/v1/setup_intents/{self._any('seti', choice)}/cancel", {})

    async def _endpoint(self, choice: int) -> Any:
        form = {"url": f"http://127.0.0.1:9/{choice}", "enabled_events": ["mandate.updated"]}
        return await self._post("/v1/webhook_endpoints", form)

    async def _disable(self, choice: int) -> Any:
        path = f"/v1/webhook_endpoints/{self._any('we', choice)}"
        return await self._post(path, {"disabled": "true" if choice % 2 else "false"})

    async def _remove(self, choice: int) -> Any:
        path = f"/v1/webhook_endpoints/{self._any('we', choice)}"
        async with self._call("DELETE", path) as answer:
            return await answer.json()

    async def _speak(self, choice: int) -> Any:
        """Change the version that the account is spoken to in by default."""
        named = (None, "2022-11-15", "2025-09-30.clover", "2026-10-28.endive")
        changes = {"api_version": named[choice % len(named)]}
        account = Keyring(bytes.fromhex(MASTER_KEY)).first_account()
        socket = socket_in(self.served.settings.data_dir, SOCKET)
        await asyncio.to_thread(ask, socket, UpdateAccount(account=account, changes=changes))
        return {}


STEPS: Final = (
    *("customer", "owner", "rename", "delete", "method", "attach", "detach", "intent", "intent"),
    *("mandated", "banked", "verify", "update", "update", "confirm", "confirm", "cancel"),
    *("endpoint", "disable", "remove", "speak"),
)


def ways(name: str) -> list[Way]:
    """Return the ways to look at the object *name*."""
    expand = _EXPANDED.get(name.partition("_")[0], ())
    return [*(Way(name, version, ()) for version in VERSIONS), Way(name, None, expand)]


def _named(told: Any) -> list[str]:
    """Return the ids in an answer, of objects that can be asked for."""
    if isinstance(told, dict):
        return [name for value in told.values() for name in _named(value)]
    is_id = isinstance(told, str) and told.partition("_")[0] in PATHS and "_secret_" not in told
    return [told] if is_id and len(told.partition("_")[2]) == 24 else []
