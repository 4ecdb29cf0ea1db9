"""Lists, expansion and metadata, with the official SDK."""

from collections.abc import Iterator

import pytest
import stripe

from tests.e2e.client import Api
from tests.e2e.sdk import Sdk
from tests.e2e.server import SECRET_KEY, Server

PAGE = 3
MADE = 8
TOO_MANY = {f"key_{number}": "value" for number in range(51)}


@pytest.fixture(scope="class")
def customer(server: Server) -> Iterator[str]:
    """A customer with `MADE` intents, so that a list of them is a test's own."""
    with Api(server.url, SECRET_KEY) as api:
        name = api.post("/v1/customers").object["id"]
        for number in range(MADE):
            api.post("/v1/setup_intents", {"customer": name, "description": number})
        yield name


class TestLists:
    def test_pages_forward(self, sdk: Sdk, customer: str) -> None:
        """Walking forward meets every object once, newest first."""
        listed = sdk.v1.setup_intents.list({"customer": customer, "limit": PAGE})
        assert listed.has_more is True
        met = [one.description for one in listed.auto_paging_iter()]
        assert met == [str(number) for number in reversed(range(MADE))]

    def test_pages_backward(self, sdk: Sdk, customer: str) -> None:
        """Walking back from the oldest meets every other object once, oldest first."""
        oldest = list(sdk.v1.setup_intents.list({"customer": customer}).data)[-1]
        listed = sdk.v1.setup_intents.list(
            {"customer": customer, "limit": PAGE, "ending_before": oldest.id}
        )
        met = [one.description for one in listed.auto_paging_iter()]
        assert met == [str(number) for number in range(1, MADE)]

    def test_a_page_before_is_newest_first(self, sdk: Sdk, customer: str) -> None:
        """A page before a cursor holds the objects next to it, newest first."""
        every = [one.id for one in sdk.v1.setup_intents.list({"customer": customer}).data]
        page = sdk.v1.setup_intents.list(
            {"customer": customer, "limit": 2, "ending_before": every[4]}
        )
        assert [one.id for one in page.data] == every[2:4]
        assert page.has_more is True
        first = sdk.v1.setup_intents.list({"customer": customer, "ending_before": every[2]})
        assert ([one.id for one in first.data], first.has_more) == (every[:2], False)

    @pytest.mark.parametrize(("limit", "shown"), [(-1, 1), (0, 1), (2, 2), (1000, MADE)])
    def test_bends_absurd_limits(self, sdk: Sdk, customer: str, limit: int, shown: int) -> None:
        """A limit outside of 1 to 100 counts as the nearest that is inside."""
        listed = sdk.v1.setup_intents.list({"customer": customer, "limit": limit})
        assert len(listed.data) == shown

    def test_filters_by_time(self, sdk: Sdk, customer: str) -> None:
        """Times filter exactly or by ranges, which combine with the other filters."""
        listed = sdk.v1.setup_intents.list
        every = [one.created for one in listed({"customer": customer}).data]
        for wanted, among in [
            (every[0], [at for at in every if at == every[0]]),
            ({"gt": every[0]}, []),
            ({"gte": every[-1], "lte": every[0]}, every),
            ({"lt": every[-1]}, []),
        ]:
            found = listed({"customer": customer, "created": wanted}).data
            assert [one.created for one in found] == among

    def test_filters_by_payment_method(self, sdk: Sdk, customer: str) -> None:
        """The filters combine: both have to hold."""
        intent = sdk.v1.setup_intents.create({"payment_method": "pm_card_visa"})
        listed = sdk.v1.setup_intents.list({"payment_method": intent.payment_method})
        assert [one.id for one in listed.data] == [intent.id]
        both = {"payment_method": intent.payment_method, "customer": customer}
        assert sdk.v1.setup_intents.list(both).data == []

    def test_takes_a_deleted_object_as_cursor(self, sdk: Sdk) -> None:
        """The place of an object that is deleted is still a place."""
        older, gone = sdk.v1.customers.create(), sdk.v1.customers.create()
        newer = sdk.v1.customers.create()
        sdk.v1.customers.delete(gone.id)
        after = sdk.v1.customers.list({"starting_after": gone.id, "limit": 1})
        before = sdk.v1.customers.list({"ending_before": gone.id, "limit": 1})
        assert (after.data[0].id, before.data[0].id) == (older.id, newer.id)

    def test_of_attempts_never_fails(self, sdk: Sdk) -> None:
        """An intent that is none has no attempts."""
        listed = sdk.v1.setup_attempts.list({"setup_intent": "seti_none"})
        assert (listed.data, listed.has_more, listed.url) == ([], False, "/v1/setup_attempts")

    def test_of_attempts_pages(self, sdk: Sdk) -> None:
        """Attempts are paged as all else is."""
        intent = sdk.v1.setup_intents.create()
        for _ in range(PAGE + 1):
            with pytest.raises(stripe.CardError):
                sdk.v1.setup_intents.confirm(
                    intent.id,
                    {"payment_method": "pm_card_chargeDeclined", "use_stripe_sdk": True},
                )
        listed = sdk.v1.setup_attempts.list({"setup_intent": intent.id, "limit": 2})
        met = [one.id for one in listed.auto_paging_iter()]
        assert met == [f"setatt_{intent.id[5:]}{number}" for number in (4, 3, 2, 1)]


class TestExpand:
    def test_shows_whole_objects(self, sdk: Sdk) -> None:
        """What expands is shown whole, through several levels."""
        customer = sdk.v1.customers.create({"name": "Jenny"})
        intent = sdk.v1.setup_intents.create(
            {
                "allowed_payment_method_types": ["card"],
                "customer": customer.id,
                "payment_method": "pm_card_visa",
                "confirm": True,
                "expand": ["customer", "latest_attempt.payment_method.customer"],
            }
        )
        assert intent.customer.name == "Jenny"
        assert intent.latest_attempt.payment_method.customer.name == "Jenny"

    def test_shows_whole_objects_in_lists(self, sdk: Sdk, customer_of_one: str) -> None:
        """In a list, paths begin with data."""
        listed = sdk.v1.setup_intents.list(
            {"customer": customer_of_one, "expand": ["data.customer", "data.payment_method"]}
        )
        assert listed.data[0].customer.id == customer_of_one
        assert listed.data[0].payment_method.card.brand == "visa"

    @pytest.mark.parametrize(
        "path", ["customer.nothing", "wat", "data.customer", "customer.a.b.c.d"]
    )
    def test_refuses_what_does_not_expand(self, sdk: Sdk, path: str) -> None:
        """A path that leads nowhere, or too deep, is refused and nothing is made."""
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.setup_intents.create({"expand": [path]})
        assert refused.value.http_status == 400

    @pytest.fixture
    def customer_of_one(self, sdk: Sdk) -> str:
        name: str = sdk.v1.customers.create().id
        sdk.v1.setup_intents.create({"customer": name, "payment_method": "pm_card_visa"})
        return name


class TestMetadata:
    def test_merges(self, sdk: Sdk) -> None:
        """Keys are added and replaced; an empty value takes its key away; others stay."""
        intent = sdk.v1.setup_intents.create({"metadata": {"a": "1", "b": "2", "c": 3}})
        changed = sdk.v1.setup_intents.update(intent.id, {"metadata": {"a": "", "b": "3"}})
        assert changed.metadata.to_dict() == {"b": "3", "c": "3"}

    def test_clears(self, sdk: Sdk) -> None:
        """Empty metadata takes everything away."""
        intent = sdk.v1.setup_intents.create({"metadata": {"a": "1"}})
        assert sdk.v1.setup_intents.update(intent.id, {"metadata": ""}).metadata.to_dict() == {}

    def test_keeps_any_text(self, sdk: Sdk) -> None:
        """Whatever is text is kept as it came, to the limits of length and number."""
        told = {f"{'k' * 37}{number:03}": "é☕" * 250 for number in range(50)}
        made = sdk.v1.customers.create({"metadata": told})
        assert sdk.v1.customers.retrieve(made.id).metadata.to_dict() == told

    @pytest.mark.parametrize(
        "told",
        [{"k" * 41: "v"}, {"k": "v" * 501}, {"a[b": "v"}, TOO_MANY],
        ids=["long key", "long value", "bracket", "51 keys"],
    )
    def test_is_refused_over_its_limits(self, sdk: Sdk, told: dict[str, str]) -> None:
        """What is too long or too many is refused whole."""
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sdk.v1.setup_intents.create({"metadata": told})
        assert refused.value.http_status == 400

    def test_is_refused_when_it_grows_over_its_limit(self, sdk: Sdk) -> None:
        """Fifty keys are the limit of the object, not of a request."""
        fifty = dict(list(TOO_MANY.items())[:50])
        intent = sdk.v1.setup_intents.create({"metadata": fifty})
        with pytest.raises(stripe.InvalidRequestError):
            sdk.v1.setup_intents.update(intent.id, {"metadata": {"one_more": "1"}})
        assert sdk.v1.setup_intents.retrieve(intent.id).metadata.to_dict() == fifty
