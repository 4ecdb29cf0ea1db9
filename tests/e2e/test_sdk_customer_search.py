"""Customers found by what they are, with the official SDK."""

from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from service.keyring import Keyring
from tests.e2e.client import Api
from tests.e2e.sdk import Sdk
from tests.e2e.server import MASTER_KEY, SECRET_KEY, Server

PATH = "/v1/customers/search"


@pytest.fixture(scope="module", autouse=True)
def crowd(server: Server) -> Iterator[None]:
    """Thirty customers, one like the other."""
    with Api(server.url, SECRET_KEY) as api:
        for number in range(30):
            form = {
                "name": f"Search Crowd {number}",
                "email": f"crowd{number}@search.example",
                "phone": f"555{number:04}",
                "metadata": {"crowd": "thirty", "number": number},
            }
            api.post("/v1/customers", form)
        yield


def search(sdk: Sdk, query: str, **more: Any) -> Any:
    return sdk.v1.customers.search({"query": query, **more})


def names(sdk: Sdk, query: str) -> list[str]:
    return [one.name for one in search(sdk, query).data]


class TestFinding:
    @pytest.mark.parametrize(
        "query",
        [
            "email:'crowd7@search.example'",
            'email:"CROWD7@SEARCH.EXAMPLE"',
            "name:'search crowd 7'",
            "phone:5550007",
            "metadata['crowd']:'thirty' AND metadata['number']:'7'",
            "email~'crowd7@'",
            "name~'Crowd 7' -metadata['crowd']:null",
            "email:'nobody@search.example' OR phone:'5550007'",
            "phone:'5550007' OR name~'no such crowd'",
        ],
    )
    def test_finds_one(self, sdk: Sdk, query: str) -> None:
        """A customer is found by any of what it is."""
        assert names(sdk, query) == ["Search Crowd 7"]

    @pytest.mark.parametrize(
        "query",
        [
            "name:'Search'",
            "metadata['crowd']:'thirty' created<1000",
            "name~'Search Crowd' -metadata['crowd']:'thirty'",
            "created>253402300799",
        ],
    )
    def test_finds_nothing(self, sdk: Sdk, query: str) -> None:
        """Nothing found is an empty page."""
        found = search(sdk, query)
        assert (found.data, found.has_more, found.next_page) == ([], False, None)

    def test_finds_what_was_just_written(self, sdk: Sdk) -> None:
        """A customer is found at once as it now is, and never as it was."""
        made = sdk.v1.customers.create({"name": "Search Soon", "metadata": {"soon": "1"}})
        assert names(sdk, "metadata['soon']:'1'") == ["Search Soon"]
        sdk.v1.customers.update(made.id, {"metadata": {"soon": "2"}, "name": "Search Later"})
        assert names(sdk, "metadata['soon']:'1'") == []
        assert names(sdk, "metadata['soon']:'2' name:'Search Later'") == ["Search Later"]
        sdk.v1.customers.delete(made.id)
        assert names(sdk, "metadata['soon']:'2'") == []

    def test_finds_by_the_second_of_making(self, sdk: Sdk) -> None:
        """`created` is compared as a number."""
        made = sdk.v1.customers.create({"name": "Search Second"})
        at = made.created
        query = f"name:'Search Second' created>={at} created<{at + 1}"
        assert names(sdk, query) == ["Search Second"]


class TestPages:
    def test_are_walked_by_the_sdk(self, sdk: Sdk) -> None:
        """Every page follows the last, newest first."""
        pages = search(sdk, "metadata['crowd']:'thirty'", limit=7).auto_paging_iter()
        found = [one.name for one in pages]
        assert found == [f"Search Crowd {number}" for number in reversed(range(30))]

    def test_are_walked_where_everything_is_looked_at(self, sdk: Sdk) -> None:
        """A search for parts pages as well."""
        pages = search(sdk, "name~'search crowd'", limit=11).auto_paging_iter()
        assert len(list(pages)) == 30

    def test_tell_what_follows(self, sdk: Sdk) -> None:
        """The envelope is a search result's, and counts only where it is asked to."""
        page = search(sdk, "metadata['crowd']:'thirty'")
        assert (page.object, page.url, page.has_more) == ("search_result", PATH, True)
        assert len(page.data) == 10
        assert isinstance(page.next_page, str)
        assert "total_count" not in page
        counted = search(sdk, "metadata['crowd']:'thirty'", expand=["total_count"], limit=1)
        assert (counted.total_count, len(counted.data)) == (30, 1)

    def test_expand_what_they_show(self, sdk: Sdk) -> None:
        """Objects on a page are expanded as in a list."""
        path = "data.invoice_settings.default_payment_method"
        assert len(search(sdk, "metadata['crowd']:'thirty'", expand=[path]).data) == 10


class TestRefusals:
    @pytest.mark.parametrize(
        ("form", "code", "param"),
        [
            ({}, "parameter_missing", "query"),
            ({"query": "name:Jenny"}, None, "query"),
            ({"query": "currency:'eur'"}, None, "query"),
            ({"query": "created~'1'"}, None, "query"),
            ({"query": "name:'a' AND phone:1 OR phone:2"}, None, "query"),
            ({"query": ""}, "parameter_invalid_empty", "query"),
            ({"query": "phone:1", "page": "wat"}, None, "page"),
            ({"query": "phone:1", "limit": "ten"}, "parameter_invalid_integer", "limit"),
            (
                {"query": "phone:1", "starting_after": "cus_1"},
                "parameter_unknown",
                "starting_after",
            ),
            ({"query": "phone:1", "expand": ["data.wat"]}, None, None),
        ],
        ids=[
            "none",
            "bare",
            "field",
            "operator",
            "both",
            "empty",
            "page",
            "limit",
            "cursor",
            "path",
        ],
    )
    def test_of_what_is_no_search(
        self, api: Api, form: dict[str, Any], code: str | None, param: str | None
    ) -> None:
        """A search that cannot be made is told by its parameter."""
        refused = api.get(PATH, form).refusal
        assert refused == (400, "invalid_request_error", code, param)

    def test_of_another_searchs_page(self, sdk: Sdk) -> None:
        """A cursor belongs to its query."""
        page = search(sdk, "metadata['crowd']:'thirty'").next_page
        with pytest.raises(stripe.InvalidRequestError) as refused:
            search(sdk, "name~'crowd'", page=page)
        assert refused.value.param == "page"

    def test_of_an_older_version(self, api: Api) -> None:
        """Searches came with a release."""
        answer = api.get(PATH, {"query": "phone:1"}, Stripe_Version="2019-12-03")
        assert answer.status == 400

    def test_of_a_publishable_key(self, browser: Api) -> None:
        """Customers are nothing for a page."""
        assert browser.get(PATH, {"query": "phone:1"}).status == 403


def test_nothing_of_another_mode_is_found(server: Server, sdk: Sdk) -> None:
    """A live key finds no test customers."""
    assert names(sdk, "email:'crowd7@search.example'")
    keyring = Keyring(bytes.fromhex(MASTER_KEY))
    live = keyring.api_key(keyring.first_account(), "sk", livemode=True)
    with Api(server.url, live) as api:
        found = api.get(PATH, {"query": "email:'crowd7@search.example'"})
        assert found.object["data"] == []
