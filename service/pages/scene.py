"""Who asks, and for what: what a page tells beside the step itself."""

from service.commands.path import Caller
from service.domain.account import Account
from service.domain.payment_method import PaymentMethod
from service.domain.values import SYSTEM, JsonObject, Owner, Value
from service.pages.house import Pages


class Scene(Value, frozen=True, kw_only=True):
    """
    The *merchant*'s name, if it has one, and the payment method in the hands of its *holder*.

    *instrument* is the hash that the payment method shows under its type.
    """

    merchant: str | None
    holder: str | None
    instrument: JsonObject


async def scene_of(
    pages: Pages, owner: Owner, payment_method: str, *, on_behalf_of: str | None, at: int
) -> Scene:
    """
    Return the scene of a *payment_method* of *owner*'s as the log has it now.

    Customers know the account that the *owner* acts *on_behalf_of*, where it does.
    """
    unit = pages.path.unit(Caller(owner, SYSTEM, at))
    merchant = on_behalf_of or owner.account
    await unit.load(merchant, payment_method)
    account: Account = unit.state(merchant)
    held: PaymentMethod = unit.state(payment_method)
    return Scene(
        merchant=account.attributes.get("name"),
        holder=held.billing_details.get("name"),
        instrument=held.details,
    )
