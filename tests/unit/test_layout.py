"""Views of a log that was there before: who changes them has every installation build anew."""

from hashlib import sha256
from typing import Final

import pytest

from projections.documents import tell
from projections.keys import LAYOUT
from service.domain import events as e
from service.domain.values import MandateStatus, replace
from tests import agreements as m
from tests import histories as a

WITH_OPTIONS: Final = (
    "acss_debit",
    "amazon_pay",
    "bacs_debit",
    "bizum",
    "blik",
    "card",
    "klarna",
    "link",
    "paypal",
    "payto",
    "pix",
    "sepa_debit",
    "upi",
    "us_bank_account",
)
STREAMS: Final[dict[str, tuple[e.Event, ...]]] = {
    "setup intent": (
        replace(a.INTENT_CREATED, payment_method_types=WITH_OPTIONS),
        a.INTENT_UPDATED,
        a.ATTEMPT_STARTED,
        a.ACTION_REQUIRED,
        a.SUCCEEDED,
    ),
    "failed setup intent": (a.INTENT_CREATED, a.ATTEMPT_STARTED, a.SETUP_FAILED, a.CANCELED),
    "payment method": (
        a.METHOD_CREATED,
        a.METHOD_UPDATED,
        a.METHOD_CHECKED,
        a.ATTACHED,
        a.DETACHED,
    ),
    "customer": (
        a.CUSTOMER_CREATED,
        a.CUSTOMER_UPDATED,
        a.METHOD_ADDED,
        a.TAX_ID_ADDED,
        a.METHOD_REMOVED,
        a.CUSTOMER_DELETED,
    ),
    "endpoint": (a.ENDPOINT_CREATED, a.ENDPOINT_UPDATED, a.ENDPOINT_DISABLED, a.ENDPOINT_DELETED),
    "confirmation token": (a.CONFIRMATION_CREATED, a.CONFIRMATION_USED),
    "mandate": (m.created(), m.updated(MandateStatus.INACTIVE)),
    "configuration": (a.CONFIGURATION_CREATED, a.CONFIGURATION_UPDATED),
}

# What of each is kept on its way, in the layout beside it. Who changes a digest raises the
# layout (`projections.keys`), or nobody sees the change where views were built before.
KEPT: Final[tuple[str, dict[str, str]]] = (
    "3",
    {
        "setup intent": "a4fa8d507427efe7",
        "failed setup intent": "6132782b002f7338",
        "payment method": "3bad04850ad582a2",
        "customer": "3a5dd6a872218e1d",
        "endpoint": "f2b05229074bd8cb",
        "confirmation token": "aa08ac594e1d2e39",
        "mandate": "3392bb0cb772c27e",
        "configuration": "1eb42ca3a0b9a9b8",
    },
)


def digest(stream: tuple[e.Event, ...]) -> str:
    """Return a digest of all documents that *stream* leads to, one event after another."""
    kept = sha256()
    for version in range(1, len(stream) + 1):
        told = tell(a.recorded(*stream[:version]))
        assert told is not None
        document = told.document
        lists = [[index.name for index in each] for each in (document.add, document.remove)]
        kept.update(repr((document.body, lists, document.due_at)).encode())
    return kept.hexdigest()[:16]


@pytest.mark.parametrize("name", STREAMS)
def test_is_raised_with_what_is_kept(name: str) -> None:
    """Whatever changes of views that an older log led to, changes the layout as well."""
    layout, kept = KEPT
    assert (LAYOUT, digest(STREAMS[name])) == (layout, kept[name])
