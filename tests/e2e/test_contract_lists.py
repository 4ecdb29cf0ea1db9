"""Lists, expansion and metadata (contract, lists and expand): row by row."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.client import Api
from tests.e2e.intents import INTENTS, a_customer, saved

CUSTOMERS = "/v1/customers"
METHODS = "/v1/payment_methods"
MANY = 4


@pytest.fixture(scope="module")
def mail() -> str:
    return "lists@contract.example"


@pytest.fixture
def ours(api: Api, mail: str) -> Iterator[list[str]]:
    """Some customers of this test alone, newest first; the second is deleted at the end."""
    made = [a_customer(api, email=mail) for _ in range(MANY)]
    yield made[::-1]
    for name in made:
        api.delete(f"{CUSTOMERS}/{name}")


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page["data"]]


class TestPages:
    def test_have_an_envelope(self, api: Api, ours: list[str], mail: str) -> None:
        """A page says that it is a list, of what address, and whether there is more."""
        page = api.get(CUSTOMERS, {"email": mail, "limit": 2}).object
        assert page.keys() == {"object", "data", "has_more", "url"}
        assert (page["object"], page["url"], page["has_more"]) == ("list", CUSTOMERS, True)
        assert ids(page) == ours[:2]

    @pytest.mark.parametrize(
        ("limit", "shown"), [(None, 4), (0, 1), (-5, 1), (1, 1), (3, 3), (100, 4), (101, 4)]
    )
    def test_are_as_long_as_asked(
        self, api: Api, ours: list[str], mail: str, limit: int | None, shown: int
    ) -> None:
        """A limit is bent into 1 to 100, and never an error."""
        query = {"email": mail} | ({} if limit is None else {"limit": limit})
        page = api.get(CUSTOMERS, query).object
        assert ids(page) == ours[:shown]
        assert page["has_more"] is (shown < MANY)

    def test_have_ten_by_default(self, api: Api) -> None:
        """A page that names no limit has ten objects."""
        for _ in range(11):
            api.post(INTENTS)
        page = api.get(INTENTS).object
        assert (len(page["data"]), page["has_more"]) == (10, True)

    def test_go_on_after_a_cursor(self, api: Api, ours: list[str], mail: str) -> None:
        """After a cursor come the older ones; has_more tells of still older ones."""
        after = {"email": mail, "starting_after": ours[0]}
        assert ids(api.get(CUSTOMERS, {**after, "limit": 2}).object) == ours[1:3]
        assert api.get(CUSTOMERS, {**after, "limit": 2}).object["has_more"] is True
        assert api.get(CUSTOMERS, {**after, "limit": 3}).object["has_more"] is False

    def test_go_back_before_a_cursor(self, api: Api, ours: list[str], mail: str) -> None:
        """Before a cursor come the newer ones next to it, newest first; has_more looks back."""
        before = {"email": mail, "ending_before": ours[3]}
        page = api.get(CUSTOMERS, {**before, "limit": 2}).object
        assert (ids(page), page["has_more"]) == (ours[1:3], True)
        page = api.get(CUSTOMERS, {**before, "limit": 3}).object
        assert (ids(page), page["has_more"]) == (ours[:3], False)

    def test_end_in_an_empty_page(self, api: Api, ours: list[str], mail: str) -> None:
        """After the last one there is nothing, and no error."""
        page = api.get(CUSTOMERS, {"email": mail, "starting_after": ours[-1]}).object
        assert (page["data"], page["has_more"]) == ([], False)

    @pytest.mark.parametrize(
        ("cursor", "shown"), [("starting_after", slice(2, None)), ("ending_before", slice(0, 1))]
    )
    def test_take_the_id_of_what_is_deleted(
        self, api: Api, ours: list[str], mail: str, cursor: str, shown: slice
    ) -> None:
        """Where an object was, the list goes on from there, either way."""
        api.delete(f"{CUSTOMERS}/{ours[1]}")
        page = api.get(CUSTOMERS, {"email": mail, cursor: ours[1]}).object
        assert ids(page) == ours[shown]

    def test_refuse_the_cursor_of_another_kind(self, api: Api, ours: list[str]) -> None:
        """The id of an object of another kind is no place in the list."""
        refused = api.get(INTENTS, {"starting_after": ours[0]})
        assert refused.refusal == (
            400,
            "invalid_request_error",
            "resource_missing",
            "starting_after",
        )

    def test_are_walked_in_one_direction(self, api: Api, ours: list[str]) -> None:
        """Both cursors at once are refused, without a code or a param."""
        query = {"starting_after": ours[0], "ending_before": ours[1]}
        assert api.get(CUSTOMERS, query).refusal == (400, "invalid_request_error", None, None)


NARROWED = {
    "setup intents of a customer": (INTENTS, "customer", "cus_aaa"),
    "setup intents of a payment method": (INTENTS, "payment_method", "pm_aaa"),
    "setup intents of what is no payment method": (INTENTS, "payment_method", "cus_aaa"),
    "setup intents of an account": (INTENTS, "customer_account", "acct_aaa"),
    "payment methods of a customer": (METHODS, "customer", "cus_aaa"),
    "payment methods of an account": (METHODS, "customer_account", "acct_aaa"),
}


class TestNarrowing:
    @pytest.mark.parametrize(("path", "param", "name"), NARROWED.values(), ids=NARROWED)
    def test_refuses_what_is_not_there(self, api: Api, path: str, param: str, name: str) -> None:
        """A list of what belongs to nobody is a mistake, and names the parameter."""
        refused = api.get(path, {param: name})
        assert refused.refusal == (400, "invalid_request_error", "resource_missing", param)

    def test_refuses_whatever_is_not_there(self, api: Api) -> None:
        """A customer who is there, and has saved something, makes up for no account."""
        customer = str(saved(api, customer=a_customer(api))["customer"])
        assert len(ids(api.get(METHODS, {"customer": customer}).object)) == 1
        refused = api.get(METHODS, {"customer": customer, "customer_account": "acct_aaa"})
        assert refused.refusal[2:] == ("resource_missing", "customer_account")

    def test_refuses_what_the_path_names_and_is_not_there(self, api: Api) -> None:
        """Nobody's payment methods are not found: 404."""
        refused = api.get(f"{CUSTOMERS}/cus_aaa/payment_methods", {"type": "card"})
        assert refused.refusal == (404, "invalid_request_error", "resource_missing", "customer")

    def test_finds_nothing_of_a_customer_who_has_saved_nothing(self, api: Api) -> None:
        """Whoever is there, and has set nothing up, has an empty list."""
        customer = a_customer(api)
        assert ids(api.get(INTENTS, {"customer": customer}).object) == []
        assert ids(api.get(METHODS, {"customer": customer}).object) == []
        assert ids(api.get(f"{CUSTOMERS}/{customer}/payment_methods").object) == []

    def test_finds_what_a_deleted_customer_set_up(self, api: Api) -> None:
        """A customer who is deleted is still somebody that a list may be narrowed down to."""
        name = a_customer(api)
        intent = api.post(INTENTS, {"customer": name}).object["id"]
        for narrowed, shown in ((name, [intent]), (a_customer(api), [])):
            api.delete(f"{CUSTOMERS}/{narrowed}")
            assert ids(api.get(INTENTS, {"customer": narrowed}).object) == shown


EXPANDABLE = (
    "application",
    "customer",
    "latest_attempt",
    "mandate",
    "on_behalf_of",
    "payment_method",
    "single_use_mandate",
)


class TestExpand:
    @pytest.mark.parametrize("field", EXPANDABLE)
    def test_takes_every_expandable_field(self, api: Api, field: str) -> None:
        """Each field that the contract calls expandable may be named, also where it is null."""
        assert api.post(INTENTS, {"expand": [field]}).object["object"] == "setup_intent"

    @pytest.mark.parametrize("field", ["next_action", "last_setup_error", "payment_method_options"])
    def test_takes_what_is_whole_already(self, api: Api, field: str) -> None:
        """A hash that is never an id may be named, and is shown as it is."""
        assert api.post(INTENTS, {"expand": [field]}).status == 200

    def test_shows_objects_in_the_place_of_ids(self, api: Api) -> None:
        """What is expanded is the whole object, and what is below it if asked for."""
        customer = a_customer(api)
        intent = saved(
            api, customer=customer, expand=["customer", "latest_attempt.payment_method.customer"]
        )
        assert intent["customer"]["id"] == customer
        attempt = intent["latest_attempt"]
        assert attempt["object"] == "setup_attempt"
        assert attempt["payment_method"]["customer"]["id"] == customer

    def test_works_on_updates_and_in_lists(self, api: Api) -> None:
        """A POST expands as a GET does; a list expands below its data."""
        customer = a_customer(api)
        intent = api.post(INTENTS, {"customer": customer}).object["id"]
        updated = api.post(f"{INTENTS}/{intent}", {"expand": ["customer"]}).object
        assert updated["customer"]["id"] == customer
        (listed,) = api.get(INTENTS, {"customer": customer, "expand": ["data.customer"]}).object[
            "data"
        ]
        assert listed["customer"]["id"] == customer

    @pytest.mark.parametrize(
        "path", ["wat", "customer.wat", "id", "metadata", "data.customer", "customer.", "", "."]
    )
    def test_refuses_what_is_not_there(self, api: Api, path: str) -> None:
        """A path that leads to nothing is refused, and the intent is not made."""
        before = api.get(INTENTS, {"limit": 1}).body
        assert api.post(INTENTS, {"expand": [path]}).status == 400
        assert api.get(INTENTS, {"limit": 1}).body == before

    def test_goes_four_levels_deep(self, api: Api) -> None:
        """Four names in a path are the most, `data` included."""
        path = f"{INTENTS}/{saved(api)['id']}"
        four = "latest_attempt.setup_intent.latest_attempt.payment_method"
        shown = api.get(path, {"expand": [four]}).object
        within = shown["latest_attempt"]["setup_intent"]["latest_attempt"]
        assert within["payment_method"]["object"] == "payment_method"
        refusal = (400, "invalid_request_error", None, None)
        assert api.get(path, {"expand": [f"{four}.customer"]}).refusal == refusal
        assert api.get(INTENTS, {"expand": [f"data.{four}"]}).refusal == refusal


class TestMetadata:
    def test_has_fifty_keys(self, api: Api) -> None:
        """Fifty keys are kept, and one more is refused, also where they come in two parts."""
        fifty = {f"k{n}": "v" for n in range(50)}
        customer = a_customer(api, metadata=fifty)
        path = f"{CUSTOMERS}/{customer}"
        assert api.post(path, {"metadata": {"more": "v"}}).refusal[:2] == (
            400,
            "invalid_request_error",
        )
        assert api.post(path, {"metadata": {"k0": "", "more": "v"}}).status == 200
        refused = api.post(CUSTOMERS, {"metadata": {**fifty, "more": "v"}})
        assert (refused.status, refused.error["param"]) == (400, "metadata")

    @pytest.mark.parametrize(
        ("key", "value", "status"),
        [
            ("k" * 40, "v" * 500, 200),
            ("k" * 41, "v", 400),
            ("k", "v" * 501, 400),
            ("k", "☃" * 500, 200),
            ("☃" * 40, "v", 200),
        ],
    )
    def test_has_its_bounds(self, api: Api, key: str, value: str, status: int) -> None:
        """A key has 40 characters at most and a value 500, whatever they are."""
        assert api.post(CUSTOMERS, {"metadata": {key: value}}).status == status

    @pytest.mark.parametrize(
        "name", ["metadata[a[b]]", "metadata[[a]]", "metadata[a]]", "metadata[]"]
    )
    def test_has_no_brackets_in_its_keys(self, api: Api, name: str) -> None:
        """A key cannot have brackets."""
        assert api.call("POST", CUSTOMERS, f"{name}=x".encode()).status == 400

    def test_is_merged_unset_and_cleared(self, api: Api) -> None:
        """An update adds and replaces, an empty value unsets, empty metadata clears all."""
        path = f"{CUSTOMERS}/{a_customer(api, metadata={'a': '1', 'b': '2'})}"

        def kept(form: bytes) -> Any:
            return api.call("POST", path, form).object["metadata"]

        assert kept(b"metadata[b]=3&metadata[c]=true") == {"a": "1", "b": "3", "c": "true"}
        assert kept(b"metadata[a]=") == {"b": "3", "c": "true"}
        assert kept(b"name=x") == {"b": "3", "c": "true"}
        assert kept(b"metadata=") == {}
