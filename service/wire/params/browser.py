"""What Stripe.js sends along by itself. It is taken, so that its requests pass, and dropped."""

from msgspec import UNSET

from service.wire.hashes import Hash, Ignored
from service.wire.params.lists import Expandable


class Browser(Hash, frozen=True, kw_only=True):
    """What Stripe.js tells about the page wherever it describes a payment method."""

    client_attribution_metadata: Ignored = UNSET
    guid: Ignored = UNSET
    muid: Ignored = UNSET
    pasted_fields: Ignored = UNSET
    payment_user_agent: Ignored = UNSET
    referrer: Ignored = UNSET
    sid: Ignored = UNSET
    time_on_page: Ignored = UNSET


class BrowserCall(Expandable, frozen=True, kw_only=True):
    """What Stripe.js tells at the top. Whose the call is, it has said before (`introduction`)."""

    client_attribution_metadata: Ignored = UNSET
    expected_payment_method_type: Ignored = UNSET
